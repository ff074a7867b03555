"""A complaint about staff that came as a report: the conduct unit has it, and nobody of the desk sees it again."""

import pytest

from gateway.casework import handing_over, queue, search
from gateway.casework.alerts import ClaimedByOther
from gateway.errors import Invalid, NotFound, Overtaken
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Outcome, Role
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.records.states import AlertStatus
from gateway.trust import access
from tests.make import alert as make_alert
from tests.make import officer as make_officer
from tests.make.alert import NOW

SAID = "L'agent a demande de l'argent"
DESK = (Role.REGIONAL, Role.FOCAL_POINT, Role.TECHNICAL, Role.FINAL)


@pytest.fixture
def officer(session):
    return make_officer.officer(session, roles=(Role.FOCAL_POINT,))


@pytest.fixture
def alert(session):
    return make_alert.alert(session, text=SAID, fields={}, region="ML07", kind=AlertKind.UNKNOWN)


def hand_over(session, alert, officer, version=1):
    handed = handing_over.hand_over(session, alert.id, version, officer=officer, now=NOW)
    session.flush()
    return handed


def test_the_conduct_unit_gets_the_text_under_the_same_reference(session, alert, officer):
    conduct = make_officer.officer(session, roles=(Role.CONDUCT,))
    handed = hand_over(session, alert, officer)
    found = access.find_feedback(session, conduct, handed.id)
    assert (found.text, found.reference, found.received_at) == (SAID, alert.reference, NOW)
    assert [hit.kind for hit in search.by_reference(session, alert.reference, officer=conduct, now=NOW)] == ["feedback"]


@pytest.mark.parametrize("role", DESK)
def test_no_officer_of_the_desk_finds_it_any_more(session, alert, officer, role):
    seeing = make_officer.officer(session, roles=(role,), regions=("ML07",))
    assert access.find_alert(session, seeing, alert.id) is alert
    hand_over(session, alert, officer)
    with pytest.raises(NotFound):
        access.find_alert(session, seeing, alert.id)
    every = queue.Filters(kinds=tuple(AlertKind), statuses=tuple(AlertStatus))
    assert queue.page(session, every, officer=seeing, now=NOW).rows == ()
    assert search.by_reference(session, alert.reference, officer=seeing, now=NOW) == []


def test_what_came_after_it_goes_along(session, alert, officer):
    answer = make_alert.answer(session, alert, fields={}, text="Encore hier")
    hand_over(session, alert, officer)
    assert {each.text for each in session.query(Feedback)} == {SAID, "Encore hier"}
    outcomes = {message.id: message.outcome for message in session.query(Message)}
    assert outcomes == dict.fromkeys((alert.message_id, answer.message_id), Outcome.FEEDBACK)


def test_the_audit_tells_that_it_happened_and_nothing_of_what_was_said(session, alert, officer):
    hand_over(session, alert, officer)
    entry = session.query(AuditEntry).filter_by(action="alert.handed_over").one()
    assert (entry.officer_id, entry.subject_id, entry.detail) == (officer.id, alert.id, {})
    assert alert.status is AlertStatus.REFERRED_OUT


def test_it_is_refused_for_what_is_elsewhere_overtaken_taken_or_part_of_an_incident(session, alert, officer):
    with pytest.raises(NotFound):
        hand_over(session, alert, make_officer.officer(session, regions=("ML01",)))
    with pytest.raises(Overtaken):
        hand_over(session, alert, officer, version=7)
    joined = make_alert.alert(session, status=AlertStatus.IN_INCIDENT)
    with pytest.raises(Invalid, match="by_incident"):
        hand_over(session, joined, officer)
    alert.claimed_by_id, alert.claimed_until = make_officer.officer(session).id, NOW.replace(hour=23)
    session.flush()
    with pytest.raises(ClaimedByOther):
        hand_over(session, alert, officer)
    assert session.query(Feedback).count() == 0
