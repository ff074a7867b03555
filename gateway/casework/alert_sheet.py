"""Everything an officer sees of one alert, read in a constant number of queries; the reading leaves a trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import answers, fields, later_messages, matching, names, readings
from gateway.casework.alerts import is_free
from gateway.casework.later_messages import Later
from gateway.casework.matching import Suggestion
from gateway.records.alert import Alert
from gateway.records.alert_step import AlertStep
from gateway.records.correction import Correction
from gateway.records.incident import Incident
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.reading import Reading
from gateway.records.states import ALERT_OPEN, ReadingStatus
from gateway.trust import access, audit

_WRITTEN = (ReadingStatus.APPLIED, ReadingStatus.ACCEPTED)


ON_THE_WAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AlertSheet:
    """One alert with its text, its fields as they count now, and all that happened to it."""

    alert: Alert
    text: str
    sent_at: datetime | None
    """When the phone or the network says it was sent, where that is not when it came."""
    first: dict[str, Any]
    effective: fields.Effective
    later: tuple[Later, ...]
    corrections: tuple[Correction, ...]
    steps: tuple[AlertStep, ...]
    readings: tuple[Reading, ...]
    suggestions: tuple[Suggestion, ...]
    incident: Incident | None
    names: dict[str, str]
    is_free: bool
    came_with: tuple[Alert, ...] = ()
    """The other reports of the same message, as far as this officer may see them."""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody's decision."""
        return self.alert.status in ALERT_OPEN

    @property
    def waiting(self) -> Reading | None:
        """The newer reading that waits for an officer."""
        return next((each for each in self.readings if each.status is ReadingStatus.WAITING), None)


def read(session: Session, alert_id: str, *, officer: Officer, now: datetime) -> AlertSheet:
    """The sheet of one alert; without its audit entry nothing is shown."""
    alert = access.find_alert(session, officer, alert_id)
    message = session.get(Message, alert.message_id) if alert.message_id else None
    later = later_messages.told(session, answers.of_alert(session, alert), lambda each: fields.said(each, alert))
    corrections = _of(session, Correction, alert)
    steps = _of(session, AlertStep, alert)
    newer = readings.of_alert(session, alert)
    layers = fields.layers(alert, corrections, [each.answer for each in later])
    suggestions = matching.suggest(session, alert, officer) if alert.status in ALERT_OPEN else []
    officers = {step.officer_id for step in (*steps, *corrections)}
    officers |= {each.decided_by_id for each in newer if each.decided_by_id}
    officers |= later_messages.deciders(later)
    sheet = AlertSheet(
        alert=alert,
        text=later_messages.text_of(message, alert),
        sent_at=_sent_at(message),
        first=_first(alert, newer),
        effective=fields.overlay(fields.first_reading(alert), layers, fields.parts_of(alert)),
        later=tuple(later),
        corrections=tuple(corrections),
        steps=tuple(steps),
        readings=tuple(newer),
        suggestions=tuple(suggestions),
        incident=_incident(session, alert, officer),
        names=names.of(session, officers | {alert.claimed_by_id or ""}),
        is_free=is_free(alert, officer, now=now),
        came_with=_came_with(session, alert, message, officer),
    )
    audit.record(session, audit.Action.ALERT_READ, officer=officer, now=now, subject=alert)
    return sheet


def _first(alert: Alert, newer: Sequence[Reading]) -> dict[str, Any]:
    """What the machine read at the very first, however often it was read again."""
    written = next((each.before for each in newer if each.status in _WRITTEN), None)
    return dict(written.get("fields") or {}) if written else fields.first_reading(alert)


def _of(session: Session, kind: Any, alert: Alert) -> Sequence[Any]:
    return session.scalars(select(kind).where(kind.alert_id == alert.id).order_by(kind.at, kind.id)).all()


def _came_with(session: Session, alert: Alert, message: Message | None, officer: Officer) -> tuple[Alert, ...]:
    if message is None or message.parts == 1:
        return ()
    others = select(Alert).where(Alert.message_id == message.id, Alert.id != alert.id, access.alerts_seen_by(officer))
    return tuple(session.scalars(others.order_by(Alert.part)))


def _sent_at(message: Message | None) -> datetime | None:
    if message is None or message.sent_at is None:
        return None
    return message.sent_at if abs(message.received_at - message.sent_at) > ON_THE_WAY else None


def _incident(session: Session, alert: Alert, officer: Officer) -> Incident | None:
    if alert.incident_id is None:
        return None
    return session.scalar(select(Incident).where(Incident.id == alert.incident_id, access.incidents_seen_by(officer)))
