"""References: one wrong or two swapped characters are noticed; repairs are taken only when one holds."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import references

PAYLOADS = st.text(references.ALPHABET, min_size=4, max_size=5)


def test_the_published_example_holds():
    assert references.check_holds("K7Q28")


@given(PAYLOADS)
def test_a_completed_payload_holds(payload):
    assert references.check_holds(references.complete(payload))


@given(PAYLOADS, st.data())
def test_one_wrong_character_is_noticed(payload, data):
    reference = references.complete(payload)
    at = data.draw(st.integers(0, len(reference) - 1))
    other = data.draw(st.sampled_from(references.ALPHABET.replace(reference[at], "")))
    assert not references.check_holds(reference[:at] + other + reference[at + 1 :])


@given(PAYLOADS, st.data())
def test_two_swapped_characters_are_noticed(payload, data):
    reference = references.complete(payload)
    left, right = sorted(data.draw(st.lists(st.integers(0, len(reference) - 1), min_size=2, max_size=2, unique=True)))
    swapped = list(reference)
    swapped[left], swapped[right] = swapped[right], swapped[left]
    assert reference[left] == reference[right] or not references.check_holds("".join(swapped))


@pytest.mark.parametrize("length", references.LENGTHS)
def test_a_drawn_reference_has_a_digit_and_a_letter_and_holds(length):
    below = random.Random(7).randrange
    drawn = [references.draw(below, length=length) for _ in range(500)]
    assert all(references.is_reference(each) and len(each) == length for each in drawn)
    assert len(set(drawn)) > 490


def test_a_draw_that_is_all_letters_is_thrown_away():
    letters = [references.ALPHABET.index(letter) for letter in "AAAA"]
    assert references.complete("AAAA").isalpha()
    rolls = iter([*letters, *(references.ALPHABET.index(character) for character in "K7Q2")])
    assert references.draw(lambda _: next(rolls)) == "K7Q28"


@pytest.mark.parametrize("typed", ["k7q28", "K7-Q28", " k7 q2 8 "])
def test_case_blanks_and_dashes_do_not_matter(typed):
    assert references.is_reference(typed)


@pytest.mark.parametrize("typed", ["", "K7Q2", "K7Q29", "77777", "K7Q2ß", "K7Q288"])
def test_what_does_not_hold_is_no_reference(typed):
    assert not references.is_reference(typed)


@pytest.mark.parametrize(("typed", "meant"), [("BRY62", "8RY62"), ("cbpv2", "C8PV2")])
def test_one_look_alike_is_repaired(typed, meant):
    assert references.repair(typed) == meant


@pytest.mark.parametrize("typed", ["BBY62", "IRY62", "8RY62", "BRY63", "B"])
def test_nothing_else_is_repaired(typed):
    assert references.repair(typed) is None
