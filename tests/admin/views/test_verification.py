"""The desk through its pages: from a report to a verified violation, and the ways that are closed."""

import re

import pytest

from gateway.casework.verification import is_late
from gateway.records.codes import Role, ViolationType
from gateway.records.db import reading, transaction
from gateway.records.incident import Incident
from gateway.records.states import VerificationStatus as V
from gateway.records.violation import Violation
from tests.admin.conftest import visitor_of
from tests.make import alert as make_alert
from tests.make import incident as make
from tests.make import officer as make_officer

LEVELS = (Role.FOCAL_POINT, Role.TECHNICAL, Role.FINAL)


def seats(panel):
    """Officers at browsers of their own."""

    def sit(**officer):
        with transaction() as session:
            made = make_officer.officer(session, **({"roles": LEVELS} | officer))
        visitor = visitor_of(panel).signed_in(made)
        visitor.officer = made
        return visitor

    return sit


@pytest.fixture
def desk(sqlite_panel):
    """Where the kind of database makes no difference."""
    return seats(sqlite_panel)


@pytest.fixture
def desk_everywhere(panel):
    """On each kind of database."""
    return seats(panel)


def the_only(kind):
    with reading() as session:
        return session.query(kind).one()


def decide(visitor, violation, choice, version, **fields):
    standard = {"decided_on": "2026-11-20", "reason": "", "note": ""}
    given = {"choice": choice, "version": str(version)} | standard | fields
    return visitor.post(f"/violations/{violation.id}/decide", given)


@pytest.fixture
def case(desk):
    """An incident with a trusted source, and the officer who opened it."""
    first = desk()
    with transaction() as session:
        incident = make.incident(session, first.officer, account="Ce qui était écrit")
        make.source(session, incident, recorded_by=first.officer)
    first.incident, first.violation = incident, incident.violations[0]
    return first


def test_two_officers_take_a_report_to_a_verified_violation(desk_everywhere):
    first, second = desk_everywhere(), desk_everywhere()
    with transaction() as session:
        alert = make_alert.alert(session)
    assert alert.reference in first.get("/queue").text
    first.post(f"/alerts/{alert.id}/claim")
    opened = first.post(f"/alerts/{alert.id}/incident", {"version": "1", "types": ["recruitment"]})
    assert opened.status_code == 303
    incident = the_only(Incident)
    page = first.get(f"/incidents/{incident.id}").text
    source_id = re.search(r"/sources/([a-z2-7]{16})", page)[1]
    violation = the_only(Violation)
    graded = {
        "category": "primary_witness", "type": "text_or_call", "reliability": "high", "credibility": "medium",
        "violations": [violation.id], "collected_on": "", "note": "Appelé deux fois", "version": "1",
    }  # fmt: skip
    assert first.post(f"/sources/{source_id}", graded).status_code == 303
    version = the_only(Violation).version
    choices = ("focal_point:focal_point_assessed", "technical:technical_agreed", "final:verified")
    for at, (choice, visitor) in enumerate(zip(choices, (first, second, second), strict=True)):
        assert decide(visitor, violation, choice, version + at).status_code == 303
    verified = the_only(Violation)
    assert verified.status is V.VERIFIED
    assert (verified.boys, verified.girls) == (3, 1)
    assert not is_late(verified, incident)
    assert "Verified" in first.get("/incidents").text


def test_the_same_officer_twice_is_refused_by_the_server(desk, case):
    assert decide(case, case.violation, "focal_point:focal_point_assessed", 1).status_code == 303
    answer = decide(case, case.violation, "technical:technical_agreed", 2)
    assert answer.status_code == 403
    assert "a second person has to take this one" in answer.text
    assert the_only(Violation).status is V.FOCAL_POINT_ASSESSED


def test_the_page_offers_only_what_the_officer_may_do_and_says_why_not(case):
    page = case.get(f"/incidents/{case.incident.id}").text
    assert 'value="focal_point:focal_point_assessed"' in page
    decide(case, case.violation, "focal_point:focal_point_assessed", 1)
    page = case.get(f"/incidents/{case.incident.id}").text
    assert 'value="technical:technical_agreed"' not in page
    assert "a second person has to take this one" in page


def test_a_status_cannot_be_jumped_to(case):
    assert decide(case, case.violation, "final:verified", 1).status_code == 409
    assert the_only(Violation).status is V.PENDING


def test_an_overtaken_decision_keeps_the_officers_words(desk, case):
    with transaction() as session:
        session.get(Violation, case.violation.id).version = 2
    answer = decide(case, case.violation, "focal_point:not_mrm", 1, reason="Un <b>civil</b> l'a fait")
    assert answer.status_code == 409
    assert "Un &lt;b&gt;civil&lt;/b&gt; l&#39;a fait" in answer.text
    assert the_only(Violation).status is V.PENDING


def test_an_overtaken_edit_shows_both_texts_and_can_be_sent_again(desk, case):
    url, second = f"/incidents/{case.incident.id}/edit", desk()
    fields = {"place": "ML0701", "place_code": "", "place_note": "", "happened_from": "2026-11-14",
              "happened_to": "", "public_account": ""}  # fmt: skip
    assert second.post(url, fields | {"account": "Écrit par une autre", "version": "1"}).status_code == 303
    answer = case.post(url, fields | {"account": "Mon long texte", "version": "1"})
    assert answer.status_code == 409
    assert "Mon long texte" in answer.text
    assert "Écrit par une autre" in answer.text
    assert "Everything else you wrote is what the record says." in answer.text
    assert '<th scope="row">Place</th>' not in answer.text
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text))
    assert case.post(url, fields | {"account": kept["account"], "version": kept["version"]}).status_code == 303
    assert the_only(Incident).account == "Mon long texte"


def test_an_overtaken_edit_tells_places_and_days_in_words(desk, case):
    url, second = f"/incidents/{case.incident.id}/edit", desk()
    fields = {"place": "ML0701", "place_code": "", "place_note": "", "happened_from": "2026-11-14",
              "happened_to": "", "account": "", "public_account": ""}  # fmt: skip
    other = fields | {"place": "ML0702", "happened_from": "2026-11-12", "version": "1"}
    assert second.post(url, other).status_code == 303
    answer = case.post(url, fields | {"version": "1"})
    assert answer.status_code == 409
    told = re.findall(r'<p class="kept"><bdi>([^<]*)</bdi>', answer.text)
    assert {"Ansongo, Gao", "Bourem, Gao", "14 Nov 2026", "12 Nov 2026"} <= set(told)


@pytest.mark.parametrize("field", ["role", "region", "verified_by", "is_psea", "status"])
def test_a_field_that_the_form_does_not_have_is_refused(case, field):
    answer = decide(case, case.violation, "focal_point:focal_point_assessed", 1, **{field: "1"})
    assert answer.status_code == 400
    assert the_only(Violation).status is V.PENDING


def test_a_decision_sent_twice_is_one(case):
    for _ in range(2):
        assert decide(case, case.violation, "focal_point:focal_point_assessed", 1).status_code == 303
    assert the_only(Violation).version == 2


def test_a_regional_officer_has_no_way_to_decide(desk, case):
    regional = desk(roles=(Role.REGIONAL,), regions=("ML07",))
    assert decide(regional, case.violation, "focal_point:focal_point_assessed", 1).status_code == 403


@pytest.mark.parametrize("reason", ["", "   ", "x" * 10_001])
def test_a_reason_is_asked_for_and_bounded_and_what_was_typed_stays(case, reason):
    answer = decide(case, case.violation, "focal_point:not_mrm", 1, reason=reason, note="Ma note")
    assert answer.status_code == 400
    assert "Ma note" in answer.text
    assert the_only(Violation).status is V.PENDING


def test_a_violation_is_counted_and_described(case):
    url = f"/violations/{case.violation.id}"
    given = {"boys": "2", "girls": "1", "unknown": "", "is_girls_estimated": "1", "version": "1", "age_min": "12",
             "age_max": "", "parties": ["cma"], "child_role": "combatant", "child_role_combatant": ["guard"],
             "released_number": "", "date_child_leave": "", "re_recruitment": "", "child_owned_weapon": "",
             "child_military_type_training": "", "released_indicator": "",
             "how_did_child_leave_armed_group": ""}  # fmt: skip
    assert case.post(url, given).status_code == 303
    with reading() as session:
        violation = session.query(Violation).one()
        assert (violation.boys, violation.girls, violation.is_girls_estimated, violation.age_max) == (2, 1, True, 12)
        assert violation.details == {"child_role": "combatant", "child_role_combatant": ["guard"]}
        assert [party.code for party in violation.parties] == ["cma"]
    assert case.post(url, given).status_code == 409
    assert case.post(url, given | {"version": "2", "child_role": "king"}).status_code == 400


def test_one_more_violation_is_added_once(case):
    for _ in range(2):
        answer = case.post(f"/incidents/{case.incident.id}/violations", {"type": "killing"})
        assert answer.status_code == 303
    with reading() as session:
        assert {each.type for each in session.query(Violation)} == {ViolationType.RECRUITMENT, ViolationType.KILLING}


def test_what_others_could_decide_is_told_once_and_folded(desk, case):
    with transaction() as session:
        session.get(Violation, case.violation.id).status = V.TECHNICAL_AGREED
    page = desk(roles=(Role.FOCAL_POINT,)).get(f"/incidents/{case.incident.id}").text
    assert page.count("This level is decided by officers with another role.") == 1
    assert "<summary>What else could be decided, and by whom</summary>" in page
    told = re.search(r'class="why-not.*?<li>(.*?)</li>', page, re.DOTALL)[1]
    assert {"Verified", "It did not take place"} <= set(told.split(" (Final level)")[0].split(", "))


def test_what_the_officer_lacks_stands_open(case):
    decide(case, case.violation, "focal_point:focal_point_assessed", 1)
    page = case.get(f"/incidents/{case.incident.id}").text
    assert page.count("a second person has to take this one") == 1
    assert "What else could be decided" not in page


def test_a_report_is_taken_out_of_its_incident_on_its_own_page(desk, case):
    with transaction() as session:
        alert = make_alert.alert(session)
    case.post(f"/alerts/{alert.id}/incident/{case.incident.id}", {"version": "1"})
    assert "It does not belong there" in case.get(f"/alerts/{alert.id}").text
    url = f"/alerts/{alert.id}/leave"
    assert case.post(url, {"version": "2", "reason": " "}).status_code == 400
    decided = case.post(url, {"version": "2", "reason": "Autre village"})
    assert decided.status_code == 303
    assert "Supports no violation here." in case.get(f"/incidents/{case.incident.id}").text
    assert "Took an alert out of an incident" in case.get(f"/incidents/{case.incident.id}").text


def test_after_a_decision_the_page_says_what_comes_first(desk, case):
    with transaction() as session:
        alert = make_alert.alert(session)
    case.post(f"/alerts/{alert.id}/incident/{case.incident.id}", {"version": "1"})
    with transaction() as session:
        session.get(Violation, case.violation.id).status = V.FOCAL_POINT_ASSESSED
    answer = case.post(f"/alerts/{alert.id}/leave", {"version": "2", "reason": "Autre village"})
    assert answer.status_code == 403
    assert "The violation has to go back to the beginning" in answer.text
