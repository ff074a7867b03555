"""An alert on the desk: taken, given back, moved on; two officers never work on the same one unknowingly."""

from datetime import timedelta

import pytest

from gateway.casework import alerts
from gateway.casework.alerts import Triage
from gateway.errors import IllegalMove, Invalid, NotFound, Overtaken
from gateway.records.alert_step import AlertStep
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.states import AlertStatus as S
from tests.make import alert as make_alert
from tests.make import officer as make_officer
from tests.make.alert import NOW


@pytest.fixture
def officer(session):
    return make_officer.officer(session, regions=("ML07",))


@pytest.fixture
def other(session):
    return make_officer.officer(session, regions=("ML07",))


@pytest.fixture
def alert(session):
    return make_alert.alert(session)


def test_an_alert_is_taken_for_half_an_hour(session, alert, officer, other):
    alerts.claim(session, alert.id, officer=officer, now=NOW)
    assert alert.claimed_until == NOW + timedelta(minutes=30)
    with pytest.raises(alerts.ClaimedByOther):
        alerts.claim(session, alert.id, officer=other, now=NOW + timedelta(minutes=29))
    alerts.claim(session, alert.id, officer=other, now=NOW + timedelta(minutes=30))
    assert alert.claimed_by_id == other.id


def test_taking_it_again_goes_on_for_as_long(session, alert, officer):
    alerts.claim(session, alert.id, officer=officer, now=NOW)
    alerts.claim(session, alert.id, officer=officer, now=NOW + timedelta(minutes=20))
    assert alert.claimed_until == NOW + timedelta(minutes=50)


def test_only_the_one_who_took_it_gives_it_back(session, alert, officer, other):
    alerts.claim(session, alert.id, officer=officer, now=NOW)
    alerts.release(session, alert.id, officer=other, now=NOW)
    assert alert.claimed_by_id == officer.id
    alerts.release(session, alert.id, officer=officer, now=NOW)
    assert (alert.claimed_by_id, alert.claimed_until) == (None, None)


def test_what_is_dealt_with_is_not_taken(session, officer):
    done = make_alert.alert(session, status=S.HANDLED)
    with pytest.raises(alerts.ClaimedByOther):
        alerts.claim(session, done.id, officer=officer, now=NOW)


def test_an_alert_of_another_region_cannot_be_taken(session, alert):
    with pytest.raises(NotFound):
        alerts.claim(session, alert.id, officer=make_officer.officer(session, regions=("ML01",)), now=NOW)


@pytest.mark.parametrize("status", [S.NOT_MRM, S.HANDLED, S.REFERRED_OUT])
def test_an_alert_is_moved_on_with_a_reason(session, alert, officer, status):
    with pytest.raises(Invalid, match="reason: missing"):
        alerts.triage(session, alert.id, Triage(status, " ", 1), officer=officer, now=NOW)
    step = alerts.triage(session, alert.id, Triage(status, "Un accident", 1), officer=officer, now=NOW)
    assert (alert.status, step.before, step.reason) == (status, S.NEW, "Un accident")
    assert session.query(AuditEntry).filter_by(action="alert.moved").one().detail == {"from": "new", "to": status}


def test_it_is_taken_up_again_with_a_reason(session, officer):
    done = make_alert.alert(session, status=S.NOT_MRM)
    with pytest.raises(Invalid):
        alerts.triage(session, done.id, Triage(S.TRIAGED, "", 1), officer=officer, now=NOW)
    alerts.triage(session, done.id, Triage(S.TRIAGED, "Un nouvel appel", 1), officer=officer, now=NOW)
    assert done.status is S.TRIAGED


def test_a_status_is_not_jumped_to(session, officer):
    done = make_alert.alert(session, status=S.NOT_MRM)
    with pytest.raises(IllegalMove):
        alerts.triage(session, done.id, Triage(S.HANDLED, "x", 1), officer=officer, now=NOW)


def test_it_enters_an_incident_by_opening_or_attaching_only(session, alert, officer):
    with pytest.raises(Invalid, match="by_incident"):
        alerts.triage(session, alert.id, Triage(S.IN_INCIDENT, "x", 1), officer=officer, now=NOW)


def test_a_repeated_report_names_the_first_one(session, alert, officer):
    first, far = make_alert.alert(session), make_alert.alert(session, region="ML01")
    for wrong in ("", alert.reference, far.reference, "K7Q28"):
        with pytest.raises(Invalid, match="unknown_reference"):
            alerts.triage(session, alert.id, Triage(S.DUPLICATE, "x", 1, wrong), officer=officer, now=NOW)
    wanted = Triage(S.DUPLICATE, "La même", 1, first.reference.lower())
    alerts.triage(session, alert.id, wanted, officer=officer, now=NOW)
    assert alert.duplicate_of_id == first.id


def test_while_another_officer_works_on_it_nobody_moves_it(session, alert, officer, other):
    alerts.claim(session, alert.id, officer=other, now=NOW)
    with pytest.raises(alerts.ClaimedByOther):
        alerts.triage(session, alert.id, Triage(S.HANDLED, "x", 1), officer=officer, now=NOW)


def test_an_overtaken_move_changes_nothing(session, alert, officer):
    with pytest.raises(Overtaken):
        alerts.triage(session, alert.id, Triage(S.HANDLED, "x", 7), officer=officer, now=NOW)
    assert alert.status is S.NEW


def test_the_same_move_sent_twice_is_one(session, alert, officer):
    for _ in range(2):
        alerts.triage(session, alert.id, Triage(S.HANDLED, "x", 1), officer=officer, now=NOW)
    assert session.query(AlertStep).count() == 1


def test_a_reason_is_bounded_and_cleaned(session, alert, officer):
    with pytest.raises(Invalid, match="too_long"):
        alerts.triage(session, alert.id, Triage(S.HANDLED, "é" * 5001, 1), officer=officer, now=NOW)
    step = alerts.triage(session, alert.id, Triage(S.HANDLED, "a\x00\u202eb", 1), officer=officer, now=NOW)
    assert step.reason == "ab"


def test_administrators_have_no_alerts(session, alert):
    admin = make_officer.officer(session, roles=(Role.ADMINISTRATOR,))
    with pytest.raises(NotFound):
        alerts.release(session, alert.id, officer=admin, now=NOW)
