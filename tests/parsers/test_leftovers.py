"""What nobody read, or not as it stands, is named: no value vanishes without a word."""

from datetime import date

import pytest

from parsers import parse

TODAY = date(2026, 11, 16)


def _checks(text):
    parsed = parse(text, received_on=TODAY)
    return {problem.code for problem in parsed.problems if problem.severity == "check"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("L5/11", {"ambiguous_date"}),
        ("L5/1L", {"ambiguous_date"}),
        ("d5/11", {"ambiguous_date"}),
        ("L5 nov", {"ambiguous_date"}),
        ("l5/11", set()),  # a small l is a one, and a note says so
        ("l'5/11", set()),
        ("le 5/11", set()),
        ("du5/11", set()),
        ("5=5/11", set()),
    ],
)
def test_a_letter_typed_onto_a_day_may_be_one_of_its_digits(day, expected):
    assert _checks(f"ENF TUE 2G TONKA {day} CMA VU") == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("ce, matin hommes armés", "ambiguous_date"),
        ("ce\nmatin hommes armés", "ambiguous_date"),
        ("ce matin hommes, armés", "ambiguous_party"),
        ("ce matin hommes\narmés", "ambiguous_party"),
        ("ce matin, hommes, armés, VU", "ambiguous_party"),
    ],
)
def test_a_phrase_parted_by_a_comma_or_a_new_line_is_for_a_person(rest, expected):
    assert expected in _checks(f"ALERTE ATTAQUE Bourem {rest}")


def test_commas_and_new_lines_between_values_part_nothing():
    assert not _checks("ALERTE ATTAQUE, Bourem, ce matin,\nhommes armés, URG")


@pytest.mark.parametrize("place", ["Sévaré", "SEVARE", "Mopti/Sevare", "Sévaré (Mopti)", "Mopti, Sévaré"])
def test_the_town_on_the_road_to_mopti_is_known(place):
    parsed = parse(f"ENF TUE 2G {place} 5/11 CMA", received_on=TODAY)
    assert (parsed.state, parsed.fields["place"]["name"]) == ("complete", "Sévaré")


def test_a_severe_wound_is_no_town():
    assert "place" not in parse("ENF BLE 2G blessure sévère 5/11 CMA", received_on=TODAY).fields
