"""The scorer itself: what counts as ok, flagged and silent."""

import pytest

from tests.parsers.scoring import Sample, score

SAMPLE = Sample(
    id="s1",
    text="ENF TUE 2G Ménaka 14/11",
    today="2026-11-20",
    lang="fr",
    area=None,
    kind="incident",
    fields={"violation": ["killing"], "boys": 2, "place": {"name": "Ménaka"}, "date_from": "2026-11-14"},
    must_check=False,
    why="a plain report",
)
READ = {
    "kind": "incident",
    "state": "complete",
    "fields": {
        "violation": ["killing"],
        "boys": 2,
        "girls": 0,
        "unknown": 0,
        "place": {"pcode": "ML10", "name": "Menaka", "level": "region"},
        "date_from": "2026-11-14",
        "urgent": False,
    },
    "note": "",
}


@pytest.mark.parametrize(
    ("changed", "state", "must_check", "outcome"),
    [
        ({}, "complete", False, "ok"),
        ({}, "check", False, "flagged"),
        ({}, "complete", True, "silent"),
        ({}, "unreadable", True, "ok"),
        ({"boys": 3}, "complete", False, "silent"),
        ({"boys": 3}, "check", False, "flagged"),
        ({"boys": 3}, "check", True, "ok"),
        ({"party": ["jnim"]}, "complete", False, "silent"),
        ({"party": []}, "complete", False, "ok"),
        ({"source": "witness"}, "complete", False, "ok"),
        ({"violation": ["killing", "maiming"]}, "complete", False, "silent"),
        ({"place": {"name": "Gao"}}, "complete", False, "silent"),
    ],
)
def test_an_outcome_follows_from_state_and_fields(changed, state, must_check, outcome):
    sample = Sample(**{**vars(SAMPLE), "must_check": must_check})
    read = {**READ, "state": state, "fields": {**READ["fields"], **changed}}
    assert score(sample, read).outcome == outcome


@pytest.mark.parametrize(("kind", "outcome"), [("answer", "ok"), ("incident", "flagged")])
def test_an_answer_is_right_in_any_state(kind, outcome):
    sample = Sample(**{**vars(SAMPLE), "kind": kind})
    assert score(sample, {**READ, "kind": kind, "state": "check"}).outcome == outcome


def test_another_kind_is_a_difference():
    assert score(SAMPLE, {**READ, "kind": "alert"}).differences == (("kind", "incident", "alert"),)
