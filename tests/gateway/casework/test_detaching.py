"""A report that was put into the wrong incident comes out again, as long as nothing is decided there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gateway.casework import detaching, openings, sources
from gateway.casework.alerts import ClaimedByOther
from gateway.casework.openings import Joining
from gateway.casework.sources import Told
from gateway.errors import Invalid, NotFound, Overtaken
from gateway.records.alert_step import AlertStep
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Grade, SourceCategory, SourceType
from gateway.records.states import AlertStatus, VerificationStatus
from tests.make import alert as make_alert
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make.alert import NOW

TOLD = Told(SourceCategory.PRIMARY_WITNESS, SourceType.TEXT_OR_CALL, Grade.HIGH, Grade.HIGH, False, False, False,
            None, "", ())  # fmt: skip


@pytest.fixture
def officer(session):
    return make_officer.officer(session, regions=("ML07",))


@pytest.fixture
def incident(session, officer):
    return make_incident.incident(session, officer)


@pytest.fixture
def alert(session, officer, incident):
    """A report that became part of the incident by mistake."""
    made = make_alert.alert(session)
    openings.attach(session, made.id, incident.id, Joining(1), by=(officer, NOW))
    session.flush()
    return made


def detach(session, alert, officer, reason="Un autre village", version=2):
    return detaching.detach(session, alert.id, reason, version, by=(officer, NOW + timedelta(minutes=1)))


def test_the_report_waits_again_and_its_source_supports_nothing(session, alert, officer, incident):
    version = incident.violations[0].version
    step = detach(session, alert, officer)
    session.flush()
    assert (alert.status, alert.incident_id, step.reason) == (AlertStatus.TRIAGED, None, "Un autre village")
    assert (incident.violations[0].sources, incident.violations[0].version) == ([], version + 1)
    assert [source.alert_id for source in incident.sources] == [alert.id]
    assert session.query(AuditEntry).filter_by(action="alert.detached").one().subject_id == incident.id


def test_sent_twice_it_happens_once(session, alert, officer):
    assert detach(session, alert, officer) is detach(session, alert, officer)
    assert session.query(AlertStep).filter_by(after=AlertStatus.TRIAGED).count() == 1


@pytest.mark.parametrize("status", sorted(set(VerificationStatus) - {VerificationStatus.PENDING}))
def test_nothing_is_taken_from_under_a_decision(session, alert, officer, incident, status):
    incident.violations[0].status = status
    session.flush()
    with pytest.raises(detaching.AlreadyDecided):
        detach(session, alert, officer)
    assert alert.incident_id == incident.id


def test_a_reason_is_needed_and_the_version_that_was_seen(session, alert, officer):
    with pytest.raises(Invalid, match="reason: missing"):
        detach(session, alert, officer, reason=" ")
    with pytest.raises(Overtaken):
        detach(session, alert, officer, version=1)
    assert alert.status is AlertStatus.IN_INCIDENT


def test_a_report_that_is_part_of_nothing_is_not_taken_out(session, officer):
    with pytest.raises(Invalid, match="not_in_incident"):
        detach(session, make_alert.alert(session, status=AlertStatus.HANDLED), officer, version=1)


def test_both_the_report_and_the_incident_have_to_be_in_scope(session, alert, officer, incident):
    with pytest.raises(NotFound):
        detach(session, alert, make_officer.officer(session, regions=("ML01",)))
    incident.region = "ML01"
    session.flush()
    with pytest.raises(NotFound):
        detach(session, alert, officer)


def test_what_a_colleague_works_on_stays(session, alert, officer):
    alert.claimed_by_id, alert.claimed_until = make_officer.officer(session).id, NOW.replace(hour=23)
    session.flush()
    with pytest.raises(ClaimedByOther):
        detach(session, alert, officer)


def test_put_back_it_is_the_same_source_again(session, alert, officer, incident):
    detach(session, alert, officer)
    openings.attach(session, alert.id, incident.id, Joining(alert.version), by=(officer, NOW))
    assert len(incident.sources) == 1
    assert incident.violations[0].sources == incident.sources


def test_a_source_whose_report_left_is_not_linked_again(session, alert, officer, incident):
    detach(session, alert, officer)
    source = incident.sources[0]
    linked = replace(TOLD, violation_ids=(incident.violations[0].id,))
    with pytest.raises(Invalid, match="violations: taken_out"):
        sources.assess(session, source.id, linked, 1, by=(officer, NOW))
