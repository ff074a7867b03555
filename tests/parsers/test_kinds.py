"""The first whole word decides; ordinary words are never taken for a misspelt keyword."""

import pytest

from parsers.codebook import reader
from parsers.fold import fold
from parsers.kinds import near_keyword, open_message, reference_at
from parsers.tokens import Tokens

BOOK = reader.load()


def _open(text):
    tokens = Tokens(fold(text))
    return open_message(tokens, tokens.size, BOOK), tokens


@pytest.mark.parametrize(
    ("text", "word", "after"),
    [
        ("ENF REC", "enf", "rec"),
        ("Bonjour chef, ENF REC", "enf", "rec"),
        ("@4821 TEST enf rec", "enf", "rec"),
        ("TEST @4821 enf rec", "enf", "rec"),
        ("Alerte! Alerte! attaque", "alerte", "attaque"),
        ("PR0JET GAO", "projet", "gao"),
        ("ENF3G", "enf", "3"),
        ("  ..enf rec", "enf", "rec"),
    ],
)
def test_the_keyword_is_found_past_what_comes_before_it(text, word, after):
    opening, tokens = _open(text)
    assert opening.keyword is not None
    following = next(tokens.words[at] for at in range(opening.after, tokens.size) if tokens.kinds[at] != "s")
    assert (opening.keyword.word, following) == (word, after)


@pytest.mark.parametrize("text", ["enfin", "ENFREC 3G", "le ENF", "", "4 Gao", "des enfants"])
def test_without_a_whole_keyword_in_front_there_is_none(text):
    assert _open(text)[0].keyword is None


@pytest.mark.parametrize(
    ("typed", "word"),
    [("enff", "enf"), ("enfnat", "enfant"), ("chlid", "child"), ("allerte", "alerte"), ("incdent", "incident")],
)
def test_one_slip_from_one_keyword_is_that_keyword(typed, word):
    keyword = near_keyword(typed, BOOK)
    assert keyword is not None
    assert keyword.word == word


@pytest.mark.parametrize("typed", ["des", "est", "alerter", "aider", "annuler", "sel", "lit", "en", "stat", "xyzzy"])
def test_ordinary_words_and_words_between_two_keywords_are_none(typed):
    assert near_keyword(typed, BOOK) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [("K7Q28 4", "K7Q28"), ("k7-q28", "K7Q28"), ("S3 PK2 2 3G", "S3PK2"), ("BRY62", "8RY62"), ("K7Q29", None)],
)
def test_a_reference_in_front_is_found_and_checked(text, holds):
    tokens = Tokens(fold(text))
    found = reference_at(tokens, 0, tokens.size, codes=BOOK.codes)
    assert found is not None
    assert found[2] == holds


@pytest.mark.parametrize("text", ["NF VS 4G", "3G2F4 Gao", "14NOV Gao", "VS 3G1", "Ansongo", "12345", "GAO22"])
def test_what_only_has_the_length_of_a_reference_is_none(text):
    tokens = Tokens(fold(text))
    assert reference_at(tokens, 0, tokens.size, codes=BOOK.codes) is None
