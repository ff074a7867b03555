"""Alerts on the desk: taken for half an hour, looked at, and moved on with a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from gateway.casework.rows import changed_one
from gateway.casework.written import optional_text, required_text
from gateway.errors import Invalid, Overtaken, Refused
from gateway.records.alert import Alert
from gateway.records.alert_step import AlertStep
from gateway.records.officer import Officer
from gateway.records.states import ALERT_MOVES, ALERT_OPEN, AlertStatus, check_move
from gateway.trust import access, audit
from parsers import references

CLAIM_LASTS = timedelta(minutes=30)
NEED_REASON = frozenset({AlertStatus.NOT_MRM, AlertStatus.DUPLICATE, AlertStatus.REFERRED_OUT, AlertStatus.HANDLED})


class ClaimedByOther(Refused):
    """Another officer is working on it."""

    code = "claimed_by_other"


@dataclass(frozen=True, slots=True)
class Triage:
    """Where an officer moves an alert, and why."""

    status: AlertStatus
    reason: str
    version_seen: int
    duplicate_of: str = ""


def claim(session: Session, alert_id: str, *, officer: Officer, now: datetime) -> Alert:
    """Takes an open alert for half an hour; taking it again goes on for as long."""
    alert = access.find_alert(session, officer, alert_id)
    is_to_be_had = or_(Alert.claimed_by_id.is_(None), Alert.claimed_by_id == officer.id, Alert.claimed_until <= now)
    taken = (
        update(Alert)
        .where(Alert.id == alert.id, Alert.status.in_(ALERT_OPEN), is_to_be_had)
        .values(claimed_by_id=officer.id, claimed_until=now + CLAIM_LASTS)
    )
    if not changed_one(session, taken):
        raise ClaimedByOther("Another officer has taken this alert, or it is already dealt with.")
    session.refresh(alert, ["claimed_by_id", "claimed_until"])
    audit.record(session, audit.Action.ALERT_CLAIMED, officer=officer, now=now, subject=alert)
    return alert


def release(session: Session, alert_id: str, *, officer: Officer, now: datetime) -> Alert:
    """Gives an alert back; nothing happens if it is not this officer's."""
    alert = access.find_alert(session, officer, alert_id)
    given = (
        update(Alert)
        .where(Alert.id == alert.id, Alert.claimed_by_id == officer.id)
        .values(claimed_by_id=None, claimed_until=None)
    )
    if changed_one(session, given):
        session.refresh(alert, ["claimed_by_id", "claimed_until"])
        audit.record(session, audit.Action.ALERT_RELEASED, officer=officer, now=now, subject=alert)
    return alert


def triage(session: Session, alert_id: str, wanted: Triage, *, officer: Officer, now: datetime) -> AlertStep:
    """Moves an alert along its table; into an incident it goes by opening or attaching only."""
    alert = access.find_alert(session, officer, alert_id)
    done = repeated(session, alert, wanted, officer)
    if done is not None:
        return done
    check_free(alert, officer, now=now)
    if AlertStatus.IN_INCIDENT in (wanted.status, alert.status):
        raise Invalid("status", "by_incident")
    check_move(ALERT_MOVES, before=alert.status, after=wanted.status)
    is_needed = wanted.status in NEED_REASON or alert.status not in ALERT_OPEN
    reason = (required_text if is_needed else optional_text)("reason", wanted.reason)
    original = _original(session, alert, wanted, officer)
    before = alert.status
    change(session, alert, wanted.version_seen, status=wanted.status, duplicate_of_id=original)
    return note_move(session, alert, before, reason=reason, by=(officer, now))


def repeated(session: Session, alert: Alert, wanted: Triage, officer: Officer) -> AlertStep | None:
    """The step of this very move, when it is sent a second time."""
    if alert.version != wanted.version_seen + 1 or alert.status is not wanted.status:
        return None
    last = session.scalar(
        select(AlertStep).where(AlertStep.alert_id == alert.id).order_by(AlertStep.at.desc(), AlertStep.id).limit(1)
    )
    return last if last and (last.officer_id, last.after) == (officer.id, wanted.status) else None


def is_free(alert: Alert, officer: Officer, *, now: datetime) -> bool:
    """Whether nobody else works on the alert at this moment."""
    is_taken = alert.claimed_until is not None and alert.claimed_until > now
    return alert.claimed_by_id in (None, officer.id) or not is_taken


def check_free(alert: Alert, officer: Officer, *, now: datetime) -> None:
    """Raises ClaimedByOther while another officer works on the alert."""
    if not is_free(alert, officer, now=now):
        raise ClaimedByOther("Another officer has taken this alert.")


def change(session: Session, alert: Alert, version_seen: int, **columns: Any) -> None:
    """Changes the row if it is still the version that was seen, or raises Overtaken."""
    changed = (
        update(Alert)
        .where(Alert.id == alert.id, Alert.version == version_seen)
        .values(version=version_seen + 1, **columns)
    )
    if not changed_one(session, changed):
        raise Overtaken("Somebody changed this alert since you opened the page.")
    session.refresh(alert)


def note_move(
    session: Session, alert: Alert, before: AlertStatus, *, reason: str | None, by: tuple[Officer, datetime]
) -> AlertStep:
    """The step that a move leaves behind, and its audit entry."""
    officer, now = by
    step = AlertStep(alert_id=alert.id, before=before, after=alert.status, reason=reason, officer_id=officer.id, at=now)
    session.add(step)
    detail = {"from": before.value, "to": alert.status.value}
    audit.record(session, audit.Action.ALERT_MOVED, officer=officer, now=now, subject=alert, detail=detail)
    return step


def _original(session: Session, alert: Alert, wanted: Triage, officer: Officer) -> str | None:
    """The id of the alert that said it first, looked for in the officer's own scope only."""
    if wanted.status is not AlertStatus.DUPLICATE:
        return None
    reference = references.normalise(wanted.duplicate_of)
    found = session.scalar(select(Alert.id).where(Alert.reference == reference, access.alerts_seen_by(officer)))
    if found is None or found == alert.id:
        raise Invalid("duplicate_of", "unknown_reference")
    return found
