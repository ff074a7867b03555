"""Keys pressed in a call give the same parse as the text that says the same."""

from datetime import date

import pytest

from parsers import parse
from parsers.keypad import read_keys
from parsers.result import ReporterContext

TODAY = date(2026, 11, 20)


def _keys(form, pressed, **others):
    return read_keys(form, pressed, received_on=TODAY, **others)


def test_a_child_call_gives_what_the_text_gives():
    called = _keys("incident", {1: "3", 2: "4"}, ongoing=True)
    texted = parse("ENF 1=3 2=4 URG", received_on=TODAY)
    assert (called.kind, called.fields, called.problems) == (texted.kind, texted.fields, texted.problems)
    assert called.fields == {
        "violation": ["recruitment"],
        "boys": 0,
        "girls": 0,
        "unknown": 4,
        "children_approximate": False,
        "urgent": True,
    }


def test_where_and_when_are_told_after_the_tone_and_stay_open():
    assert {problem.code for problem in _keys("incident", {1: "3", 2: "4"}).problems} == {
        "missing_place",
        "missing_date",
    }


def test_the_zero_key_is_the_tenth_violation():
    assert _keys("incident", {1: "0", 2: "1"}).fields["violation"] == ["deprivation_liberty"]


def test_a_project_call_answers_the_questions_by_key():
    parsed = _keys("project", {1: "GAO-22-014", 2: "1", 3: "4", 4: "2", 5: "3", 6: "2", 7: "5"})
    assert parsed.state == "complete"
    assert parsed.fields == {
        "project": "GAO-22-014",
        "functional": "yes",
        "who_benefits": "one_group",
        "women_access": "less",
        "committee": "none",
        "tension": "same",
        "rating": 5,
    }


def test_a_beneficiary_of_one_project_need_not_name_it():
    parsed = _keys("project", {7: "4"}, reporter=ReporterContext(project="KID-23-011"))
    assert (parsed.state, parsed.fields["project"]) == ("complete", "KID-23-011")


@pytest.mark.parametrize("keys", ["9", "", "*", "#", "77", "99999999999999999999"])
def test_a_wrong_key_or_none_is_for_a_person(keys):
    assert _keys("project", {1: "GAO-22-014", 2: keys}).state == "check"
    assert "functional" not in _keys("project", {1: "GAO-22-014", 2: keys}).fields
