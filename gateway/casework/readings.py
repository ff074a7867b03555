"""Newer readings of a report: its history, and those that wait for an officer to accept them or set them aside."""

from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from gateway.casework import alerts, fields, releases, understood
from gateway.casework.rows import changed_one
from gateway.casework.written import required_text
from gateway.errors import Invalid, Overtaken
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, Outcome
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.reading import Reading
from gateway.records.states import ReadingStatus
from gateway.trust import access, audit

ACCEPTABLE = (AlertKind.INCIDENT, AlertKind.ALERT, AlertKind.RELEASE, AlertKind.UNKNOWN)


def of_alert(session: Session, alert: Alert) -> list[Reading]:
    """Every newer reading of this report, oldest first."""
    return list(session.scalars(select(Reading).where(Reading.alert_id == alert.id).order_by(Reading.number)))


def last(session: Session, message_id: str, part: int) -> Reading | None:
    """The latest newer reading of this report of a message."""
    its = select(Reading).where(Reading.message_id == message_id, Reading.part == part)
    return session.scalar(its.order_by(Reading.number.desc()).limit(1))


def next_number(session: Session, message_id: str) -> int:
    """The number of the next reading of this message."""
    highest = session.scalar(select(func.max(Reading.number)).where(Reading.message_id == message_id))
    return (highest or 0) + 1


def overtake(session: Session, message_id: str, part: int) -> None:
    """A suggestion that was not decided on gives way to what is read today."""
    its = (Reading.message_id == message_id) & (Reading.part == part)
    session.execute(
        update(Reading).where(its, Reading.status == ReadingStatus.WAITING).values(status=ReadingStatus.OVERTAKEN)
    )


def accept(session: Session, reading_id: str, *, officer: Officer, now: datetime) -> Reading:
    """The newer reading counts from now on, under the officers' own corrections; an incident stays as it is."""
    reading, alert = _find(session, reading_id, officer)
    if (reading.status, reading.decided_by_id) == (ReadingStatus.ACCEPTED, officer.id):
        return reading
    if reading.kind not in ACCEPTABLE:
        raise Invalid("reading", "by_hand")
    _decide(session, reading, alert, status=ReadingStatus.ACCEPTED, by=(officer, now))
    _put(session, reading, alert)
    detail = {"reading": reading.id}
    audit.record(session, audit.Action.READING_ACCEPTED, officer=officer, now=now, subject=alert, detail=detail)
    return reading


def set_aside(session: Session, reading_id: str, reason: str, *, officer: Officer, now: datetime) -> Reading:
    """The newer reading stays in the history and changes nothing."""
    reading, alert = _find(session, reading_id, officer)
    if (reading.status, reading.decided_by_id) == (ReadingStatus.SET_ASIDE, officer.id):
        return reading
    written = required_text("reason", reason)
    _decide(session, reading, alert, status=ReadingStatus.SET_ASIDE, by=(officer, now))
    reading.reason = written
    detail = {"reading": reading.id}
    audit.record(session, audit.Action.READING_SET_ASIDE, officer=officer, now=now, subject=alert, detail=detail)
    return reading


def _find(session: Session, reading_id: str, officer: Officer) -> tuple[Reading, Alert]:
    alert_id = session.scalar(select(Reading.alert_id).where(Reading.id == reading_id))
    if alert_id is None:
        raise access.OutOfSight(Reading.__tablename__, reading_id, exists=False)
    alert = access.find_alert(session, officer, alert_id)
    session.refresh(alert, with_for_update={"key_share": True})
    return session.get_one(Reading, reading_id), alert


def _decide(
    session: Session, reading: Reading, alert: Alert, *, status: ReadingStatus, by: tuple[Officer, datetime]
) -> None:
    officer, now = by
    alerts.check_free(alert, officer, now=now)
    decided = (
        update(Reading)
        .where(Reading.id == reading.id, Reading.status == ReadingStatus.WAITING)
        .values(status=status, decided_by_id=officer.id, decided_at=now)
    )
    if not changed_one(session, decided):
        raise Overtaken("Somebody else has already dealt with this reading, or a newer one came.")
    session.refresh(reading)
    waits = exists().where(Reading.alert_id == alert.id, Reading.status == ReadingStatus.WAITING)
    alert.has_reading_waiting = bool(session.scalar(select(waits)))
    # Whoever has the page open decides on what they see: it has just changed.
    alert.version += 1


def _put(session: Session, reading: Reading, alert: Alert) -> None:
    """Writes the newer reading where the earlier one stood."""
    is_corrected = fields.is_kind_corrected(session, alert)
    alert.parsed = reading.after
    alert.language = reading.after.get("language") or alert.language
    alert.kind = alert.kind if is_corrected else AlertKind(reading.kind)
    alert.place = understood.place_code(fields.first_reading(alert))
    alert.missing, alert.needs_check = list(reading.missing), reading.after["state"] != "complete"
    effective = fields.recount(session, alert)
    if is_corrected:
        alert.missing = fields.absent(alert.kind, effective.values)
        alert.needs_check = bool(alert.missing)
    releases.keep(session, alert, fields.first_reading(alert))
    if reading.part > 1:
        return  # the message is told by its first report
    message = session.get_one(Message, reading.message_id)
    message.kind, message.edition = reading.kind, reading.edition
    message.outcome = Outcome.READING if alert.kind is AlertKind.UNKNOWN else Outcome.ALERT
