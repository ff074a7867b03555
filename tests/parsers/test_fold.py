"""Folding keeps the way back: what is found in the plain text can be shown in the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fold import fold


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ÉCOLE Brûlée", "ecole brulee"),
        ("Bamakɔ ɲɛ ŋɔni", "bamako nye ngoni"),
        ("ЕNF", "enf"),
        ("E\u200bN\ufeffF", "enf"),
        ("١٢/٣", "12/3"),
        ("１４／１１", "14/11"),
        ("l’école", "l'ecole"),
        ("14–15", "14-15"),
        ("cœur", "coeur"),
        ("a\u00a0b", "a b"),
        ("a\x00b", "a b"),
        ("Νο", "no"),
    ],
)
def test_a_text_is_folded_to_plain_letters(typed, plain):
    assert fold(typed).text == plain


def test_the_way_back_leads_to_the_original_characters():
    folded = fold("cœur É")
    assert (folded.start(0), folded.end(2), folded.end(3)) == (0, 2, 2)
    assert folded.start(6) == 5


def test_invisible_and_foreign_letters_are_remembered():
    assert fold("E\u200bNF").disguised == {1}
    assert fold("ÉNF").disguised == frozenset()


@given(st.text(max_size=80))
def test_every_plain_character_comes_from_one_of_the_text(text):
    folded = fold(text)
    starts = [folded.start(at) for at in range(len(folded.text))]
    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)
