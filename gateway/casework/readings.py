"""Newer readings of a message: its history, and those that an officer accepts, whole or by field, or sets aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from gateway import codebook
from gateway.casework import beside, corrections, fields, releases, understood
from gateway.casework.corrections import Amendment
from gateway.casework.written import required_text
from gateway.errors import Invalid
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, Outcome
from gateway.records.correction import Correction
from gateway.records.ids import is_id
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.reading import Reading
from gateway.records.states import ReadingStatus
from gateway.trust import audit

ACCEPTABLE = (AlertKind.INCIDENT, AlertKind.ALERT, AlertKind.RELEASE, AlertKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of a newer reading, as an officer takes it; `id` is drawn with the page, so that twice is once."""

    id: str
    field: str
    reason: str
    version_seen: int


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


def of_message(session: Session, message_ids: Iterable[str]) -> dict[str, list[Reading]]:
    """Every newer reading of these messages, oldest first."""
    found: dict[str, list[Reading]] = {}
    asked = select(Reading).where(Reading.message_id.in_(list(message_ids))).order_by(Reading.number)
    for reading in session.scalars(asked):
        found.setdefault(reading.message_id, []).append(reading)
    return found


def may_be_accepted(reading: Reading) -> bool:
    """Whether a press is enough; what is no report by now is dealt with by hand."""
    return reading.kind in ACCEPTABLE or codebook.own_form(reading.kind) is not None


def accept(session: Session, reading_id: str, *, officer: Officer, now: datetime) -> Reading:
    """The newer reading counts from now on, under the officers' own corrections; an incident stays as it is."""
    reading, alert = _held(session, reading_id, officer)
    if (reading.status, reading.decided_by_id) == (ReadingStatus.ACCEPTED, officer.id):
        return reading
    if not may_be_accepted(reading):
        raise Invalid("reading", "by_hand")
    beside.decide(session, reading, alert, ReadingStatus.ACCEPTED, by=(officer, now))
    _put(session, reading, alert)
    detail = {"reading": reading.id}
    audit.record(session, audit.Action.READING_ACCEPTED, officer=officer, now=now, subject=alert, detail=detail)
    return reading


def to_take(reading: Reading, alert: Alert, now_counts: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that may be taken out of a newer reading by themselves: another value of a field the report has."""
    if reading.status is not ReadingStatus.WAITING or reading.kind != (alert.parsed or {}).get("kind"):
        return {}
    after = (reading.after or {}).get("fields") or {}
    found = {}
    for name, parts in fields.parts_of(alert).items():
        value = {part: after[part] for part in parts if part in after}
        is_other = value != {part: now_counts[part] for part in parts if part in now_counts}
        if value and is_other and fields.may_be_corrected(alert, name):
            found[name] = value
    return found


def take(session: Session, reading_id: str, choice: Choice, *, officer: Officer, now: datetime) -> Correction:
    """Takes one field over, as a correction; when nothing is left to take, the newer reading is accepted whole."""
    reading, alert = _held(session, reading_id, officer)
    repeated = session.get(Correction, choice.id) if is_id(choice.id) else None
    if repeated is not None and (repeated.alert_id, repeated.field) == (alert.id, choice.field):
        return repeated
    offered = to_take(reading, alert, fields.effective(session, alert).values)
    if choice.field not in offered:
        raise Invalid(choice.field, "choose")
    amendment = Amendment(choice.id, choice.field, offered[choice.field], choice.reason, choice.version_seen, True)
    kept = corrections.correct(session, alert.id, amendment, officer=officer, now=now)
    if len(offered) == 1 and not _loses(reading, alert):
        accept(session, reading.id, officer=officer, now=now)
    return kept


def _loses(reading: Reading, alert: Alert) -> bool:
    """Whether it no longer finds a field that the report has: that is for the officer to see."""
    had, has = fields.first_reading(alert), (reading.after or {}).get("fields") or {}
    return any(parts[0] in had and parts[0] not in has for parts in fields.parts_of(alert).values())


def set_aside(session: Session, reading_id: str, reason: str, *, officer: Officer, now: datetime) -> Reading:
    """The newer reading stays in the history and changes nothing."""
    reading, alert = _held(session, reading_id, officer)
    if (reading.status, reading.decided_by_id) == (ReadingStatus.SET_ASIDE, officer.id):
        return reading
    written = required_text("reason", reason)
    beside.decide(session, reading, alert, ReadingStatus.SET_ASIDE, by=(officer, now))
    reading.reason = written
    detail = {"reading": reading.id}
    audit.record(session, audit.Action.READING_SET_ASIDE, officer=officer, now=now, subject=alert, detail=detail)
    return reading


def _held(session: Session, reading_id: str, officer: Officer) -> tuple[Reading, Alert]:
    reading, subject = beside.held(session, Reading, reading_id, officer)
    assert isinstance(subject, Alert)  # noqa: S101  a reading names an alert, or it was out of sight just now
    return reading, subject


def _put(session: Session, reading: Reading, alert: Alert) -> None:
    """Writes the newer reading where the earlier one stood."""
    is_corrected = fields.is_kind_corrected(session, alert)
    alert.parsed = reading.after
    alert.language = reading.after.get("language") or alert.language
    if not is_corrected:
        is_own = codebook.own_form(reading.kind) is not None
        alert.kind = AlertKind.UNKNOWN if is_own else AlertKind(reading.kind)
        alert.types = [reading.kind] if is_own else []
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
