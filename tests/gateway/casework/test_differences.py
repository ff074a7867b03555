"""What differs between two readings: names and codes, whatever the values are."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.casework.differences import Turn, compare
from parsers import parse

BARE = {"kind": "incident", "state": "complete", "language": "fr", "fields": {}, "note": "", "problems": []}
DOUBT = {"code": "missing_place", "field": "place", "severity": "check", "start": 0, "end": 0, "detail": ""}


def _with(**changes):
    return {**BARE, **changes}


FIELDS = [
    ({}, {"boys": 3}, {"boys": Turn.GAINED}),
    ({"boys": 3}, {}, {"boys": Turn.LOST}),
    ({"boys": 3}, {"boys": 4}, {"boys": Turn.CHANGED}),
    ({"boys": 0}, {"boys": 3}, {"boys": Turn.CHANGED}),
    ({"boys": 3}, {"boys": 3}, {}),
    ({"urgent": False}, {}, {}),
    ({"needs": []}, {}, {}),
    ({"place": {"pcode": "A"}}, {"place": {"pcode": "B"}}, {"place": Turn.CHANGED}),
]


@pytest.mark.parametrize(("before", "after", "turns"), FIELDS)
def test_a_field_is_gained_lost_or_changed(before, after, turns):
    assert compare(_with(fields=before), _with(fields=after)).fields == turns


def test_kind_state_note_and_language_are_compared():
    found = compare(BARE, _with(kind="alert", state="check", note="at night", language="en"))
    assert (found.kind, found.state) == (("incident", "alert"), ("complete", "check"))
    assert found.fields == {"note": Turn.GAINED, "language": Turn.CHANGED}


def test_doubts_are_told_by_code_and_field_without_the_words_they_are_about():
    other = DOUBT | {"code": "unknown_place", "detail": "Zorobugu"}
    found = compare(_with(problems=[DOUBT]), _with(problems=[other]))
    assert (found.gained, found.lost) == ((("unknown_place", "place"),), (("missing_place", "place"),))
    assert "Zorobugu" not in str(found)


def test_other_candidates_for_the_same_doubt_are_a_difference():
    first, second = (DOUBT | {"code": "ambiguous_place", "detail": detail} for detail in ("A|B", "A|B|C"))
    assert not compare(_with(problems=[first]), _with(problems=[second])).is_none


def test_where_the_words_stand_makes_no_difference():
    moved = _with(problems=[DOUBT | {"start": 4, "end": 9}], spans={"place": [[4, 9]]})
    assert compare(_with(problems=[DOUBT], spans={}), moved).is_none


def test_of_what_left_no_reading_only_the_kind_is_compared():
    assert compare({"kind": "incident"}, BARE | {"fields": {"boys": 3}, "problems": [DOUBT]}).is_none
    assert compare({"kind": "command"}, BARE).kind == ("command", "incident")
    assert compare({"kind": "incident", "test": True}, BARE).fields == {"test": Turn.LOST}


@given(st.text(max_size=80))
def test_a_reading_never_differs_from_itself_as_it_was_kept(text):
    reading = parse(text, received_on=date(2026, 11, 20)).as_dict()
    kept = json.loads(json.dumps(reading))
    assert compare(kept, kept).is_none
