"""Putting a message on the desk: a new alert, or the place holder it left there when it could not be processed."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gateway.casework import references, understood
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, Outcome
from gateway.records.message import Message
from gateway.records.states import ALERT_OPEN, AlertStatus, MessageState
from gateway.trust import audit


def write_alert(session: Session, case: Case, kind: AlertKind) -> Alert:
    """The alert of this report, with all that the desk filters on."""
    message = case.message
    values = {
        "reporter_id": case.author.reporter_id,
        "kind": kind,
        "channel": message.channel,
        "received_at": message.received_at,
        "language": case.language,
        "parsed": case.shown,
        **understood.columns(case, kind),
    }
    alert = _left_before(session, message, case.part)
    if alert is None:
        alert = Alert(reference=case.reference, message_id=message.id, part=case.part, **values)
        session.add(alert)
        return alert
    for name, value in values.items():
        setattr(alert, name, value)
    return alert


def follow(session: Session, case: Case, became: Became) -> None:
    """What was read before and is no report leaves the desk: for those of another desk, or as dealt with."""
    alert = _left_before(session, case.message, case.part)
    if alert is None or became.outcome in (Outcome.ALERT, Outcome.READING):
        return
    alert.is_restricted = became.outcome in (Outcome.FEEDBACK, Outcome.RESPONSE)
    if alert.status in ALERT_OPEN:
        alert.status = AlertStatus.REFERRED_OUT if alert.is_restricted else AlertStatus.HANDLED


def bring_back(alert: Alert) -> None:
    """A report that had left the desk for what it was taken for in between is a new one there."""
    if alert.is_restricted or alert.status is AlertStatus.HANDLED:
        alert.status, alert.is_restricted = AlertStatus.NEW, False
        alert.version += 1


def give_up(session: Session, message_id: str, *, attempt: int, reason: str, now: datetime) -> bool:
    """The machine could not do it: the message is dead, and an entry that a person sees says so; both or neither."""
    died = session.scalar(
        update(Message)
        .where(Message.id == message_id, Message.state == MessageState.PROCESSING, Message.attempt == attempt)
        .values(state=MessageState.DEAD, reason=reason, lease_until=None, next_try_at=None)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    if died is None:
        return False
    message = session.get_one(Message, message_id, populate_existing=True)
    alert = _left_before(session, message, 1) or Alert(reference=references.fresh(session), message_id=message_id)
    alert.kind = AlertKind.UNPROCESSED
    alert.channel = message.channel
    alert.received_at = message.received_at
    alert.needs_check = True
    session.add(alert)
    message.outcome, message.outcome_id, message.reference = Outcome.READING, alert.id, alert.reference
    detail = {"as": MessageState.DEAD.value}
    audit.record(session, audit.Action.MESSAGE_READ, officer=None, now=now, subject=message, detail=detail)
    return True


def _left_before(session: Session, message: Message, part: int) -> Alert | None:
    """A message that died has an alert and a reference already; run again, it keeps both."""
    if message.outcome is None:
        return None
    return session.scalar(select(Alert).where(Alert.message_id == message.id, Alert.part == part))
