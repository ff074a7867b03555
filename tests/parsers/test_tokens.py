"""Atoms: runs of letters, runs of digits, single signs; a letter typed for a digit is mended where it must be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fold import fold
from parsers.tokens import MOST_ATOMS, Tokens


def _words(text):
    tokens = Tokens(fold(text))
    return list(tokens.words[: tokens.size])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("VS1F14ans", ["vs", "1", "f", "14", "ans"]),
        ("Bourem14/11", ["bourem", "14", "/", "11"]),
        ("1OG2F", ["10", "g", "2", "f"]),
        ("l2/11", ["12", "/", "11"]),
        ("14/ll", ["14", "/", "11"]),
        ("I3 ans", ["13", "ans"]),
        ("O9/11", ["09", "/", "11"]),
        ("MLO701", ["ml", "0701"]),
        ("5filles", ["5", "filles"]),
        ("lib 3g", ["lib", "3", "g"]),
        ("tuel1g", ["tuel", "1", "g"]),
        ("oil 1", ["oil", "1"]),
    ],
)
def test_a_text_is_cut_into_atoms(text, words):
    assert _words(text) == words


def test_an_atom_knows_what_stands_before_it():
    tokens = Tokens(fold("enf 3g\ngao"))
    assert list(zip(tokens.glued, tokens.new_line, strict=True))[: tokens.size] == [
        ("", True),
        ("", False),
        ("n", False),
        ("", True),
    ]


def test_a_mended_number_is_marked():
    assert Tokens(fold("1O 10")).repaired == {0}


def test_a_number_too_long_to_mean_anything_has_no_value():
    assert Tokens(fold("123 12345678901")).numbers[:2] == [123, None]


def test_what_is_too_much_is_not_cut_but_told():
    tokens = Tokens(fold("a " * (MOST_ATOMS + 5)))
    assert (tokens.size, tokens.read_to) == (MOST_ATOMS, 2 * MOST_ATOMS - 1)


@given(st.text(max_size=120))
def test_no_character_but_blanks_is_lost(text):
    folded = fold(text)
    tokens = Tokens(folded)
    covered = {at for ends in zip(tokens.firsts, tokens.lasts, strict=True) for at in range(*ends)}
    assert all(folded.text[at].isspace() for at in range(tokens.read_to) if at not in covered)
