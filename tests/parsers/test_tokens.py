"""Atoms: runs of letters, runs of digits, single signs; a letter typed for a digit is mended where it must be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fold import fold
from parsers.tokens import MOST_ATOMS, atomize


def _words(text):
    return [atom.word for atom in atomize(fold(text)).atoms]


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
    atoms = atomize(fold("enf 3g\ngao")).atoms
    assert [(atom.glued, atom.new_line) for atom in atoms] == [
        (False, True),
        (False, False),
        (True, False),
        (False, True),
    ]


def test_a_mended_number_is_marked():
    assert [atom.repaired for atom in atomize(fold("1O 10")).atoms] == [True, False]


def test_a_number_too_long_to_mean_anything_has_no_value():
    assert [atom.value for atom in atomize(fold("123 12345678901")).atoms] == [123, None]


def test_what_is_too_much_is_not_cut_but_told():
    tokens = atomize(fold("a " * (MOST_ATOMS + 5)))
    assert (len(tokens.atoms), tokens.read_to) == (MOST_ATOMS, 2 * MOST_ATOMS - 1)


@given(st.text(max_size=120))
def test_no_character_but_blanks_is_lost(text):
    folded = fold(text)
    tokens = atomize(folded)
    covered = {at for atom in tokens.atoms for at in range(atom.first, atom.last)}
    assert all(folded.text[at].isspace() for at in range(tokens.read_to) if at not in covered)
