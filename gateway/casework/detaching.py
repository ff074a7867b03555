"""Taking a report out of an incident again, when it was attached or opened by mistake."""

from datetime import datetime

from sqlalchemy.orm import Session

from gateway.casework import alerts, sources
from gateway.casework.alerts import Triage
from gateway.casework.written import required_text
from gateway.errors import Invalid, Refused
from gateway.records.alert_step import AlertStep
from gateway.records.officer import Officer
from gateway.records.states import AlertStatus, VerificationStatus
from gateway.trust import access, audit


class AlreadyDecided(Refused):
    """A decision was taken in the incident while the report was part of it."""

    code = "already_decided"


def detach(
    session: Session, alert_id: str, reason: str, version_seen: int, *, by: tuple[Officer, datetime]
) -> AlertStep:
    """The report waits on the desk again; its reporter stays listed as a source that supports nothing."""
    officer, now = by
    alert = access.find_alert(session, officer, alert_id)
    done = alerts.repeated(session, alert, Triage(AlertStatus.TRIAGED, reason, version_seen), officer)
    if done is not None:
        return done
    alerts.check_free(alert, officer, now=now)
    before = alert.status
    if before is not AlertStatus.IN_INCIDENT or alert.incident_id is None:
        raise Invalid("incident", "not_in_incident")
    incident = access.find_incident(session, officer, alert.incident_id)
    session.refresh(incident, with_for_update=True)
    if any(violation.status is not VerificationStatus.PENDING for violation in incident.violations):
        raise AlreadyDecided("A decision was taken in this incident: it has to go back to the beginning first.")
    written = required_text("reason", reason)
    alerts.change(session, alert, version_seen, status=AlertStatus.TRIAGED, incident_id=None)
    sources.let_go(alert, incident)
    step = alerts.note_move(session, alert, before, reason=written, by=by)
    audit.record(session, audit.Action.ALERT_DETACHED, officer=officer, now=now, subject=incident)
    return step
