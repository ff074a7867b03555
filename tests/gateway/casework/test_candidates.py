"""What the machine saw and did not choose: offered to the officer, and only that is taken."""

import pytest

from gateway.casework import candidates, fields
from gateway.casework.candidates import Choice
from gateway.errors import Invalid, NotFound, Overtaken
from gateway.records.codes import AlertKind
from gateway.records.ids import new_id
from tests.make import alert as make_alert
from tests.make import officer as make_officer
from tests.make.alert import NOW


def doubt(code, field, detail):
    """A problem as the parse object has it."""
    return {"code": code, "field": field, "severity": "check", "start": 0, "end": 0, "detail": detail}


@pytest.fixture
def officer(session):
    return make_officer.officer(session, regions=("ML07", "ML05"))


@pytest.fixture
def alert(session):
    """A report whose place may be one of two."""
    made = make_alert.alert(session, missing=["place"], needs_check=True)
    made.parsed = {**(made.parsed or {}), "problems": [doubt("ambiguous_place", "place", "ML0701 ML05")]}
    session.flush()
    return made


def take(session, alert, officer, *, field="place", code="ML05", version=None):
    choice = Choice(new_id(), field, code, "Choisi", alert.version if version is None else version)
    return candidates.accept(session, alert.id, choice, officer=officer, now=NOW)


OFFERED = [
    (doubt("ambiguous_place", "place", "ML0701 ML05"), ["ML0701", "ML05"]),
    (doubt("unknown_place", "place", "ML0701"), ["ML0701"]),
    (doubt("ambiguous_violation", "violation", "killing maiming"), ["killing", "maiming", "killing maiming"]),
    (doubt("conflicting_source", "source", "witness victim"), ["witness", "victim"]),
    (doubt("ambiguous_party", "party", "fama"), ["fama"]),
    # `MAA` alone is two parties: each is offered, both together were not meant.
    (doubt("ambiguous_party", "party", "maa"), ["maa_cma", "maa_plateforme"]),
]
QUOTED = [
    doubt("ambiguous_place", "place", "?"),
    doubt("ambiguous_place", "place", "ML0701 et ML05"),
    doubt("ambiguous_violation", "violation", "violation source"),
    doubt("conflicting_place", "place", ""),
    doubt("corrected_place", "place", "ML0701"),
    doubt("ambiguous_functional", "functional", "yes"),
    doubt("unread", None, "killing"),
    doubt("guessed_kind", None, ""),
    doubt("guessed_kind", None, "project"),
]


@pytest.mark.parametrize(("problem", "codes"), OFFERED, ids=[row[0]["code"] for row in OFFERED])
def test_what_a_doubt_names_is_offered(alert, problem, codes):
    assert [each.code for each in candidates.of_problem(alert, problem)] == codes


@pytest.mark.parametrize("problem", QUOTED, ids=lambda problem: f"{problem['code']}: {problem['detail']}")
def test_what_a_doubt_only_quotes_is_not(alert, problem):
    assert candidates.of_problem(alert, problem) == ()


def test_a_guessed_kind_is_offered(session):
    tray = make_alert.alert(session, fields={}, kind=AlertKind.UNKNOWN)
    (found,) = candidates.of_problem(tray, doubt("guessed_kind", None, "incident"))
    assert (found.field, found.code) == ("kind", "incident")


def test_the_one_that_is_taken_counts_as_the_officers_correction(session, alert, officer):
    correction = take(session, alert, officer)
    assert (correction.field, correction.reason, correction.officer_id) == ("place", "Choisi", officer.id)
    effective = fields.effective(session, alert)
    assert effective.values["place"]["pcode"] == "ML05"
    assert effective.changed_by == {"place": "officer"}
    assert alert.missing == []


@pytest.mark.parametrize(("field", "code"), [("place", "ML01"), ("party", "fama"), ("place", ""), ("nothing", "x")])
def test_nothing_else_is_taken(session, alert, officer, field, code):
    with pytest.raises(Invalid):
        take(session, alert, officer, field=field, code=code)
    assert fields.effective(session, alert).changed_by == {}


def test_a_page_that_was_changed_since_takes_nothing(session, alert, officer):
    with pytest.raises(Overtaken):
        take(session, alert, officer, version=alert.version + 1)


def test_another_regions_report_is_not_there(session, alert):
    elsewhere = make_officer.officer(session, regions=("ML01",))
    with pytest.raises(NotFound):
        take(session, alert, elsewhere)
