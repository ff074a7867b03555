"""A report that turns out to be a complaint about staff: from here on it is for the conduct unit alone."""

from datetime import datetime

from sqlalchemy.orm import Session

from gateway.casework import alerts, answers, references
from gateway.casework.later_messages import text_of
from gateway.errors import Invalid
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import Outcome
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.states import ALERT_MOVES, AlertStatus, check_move
from gateway.trust import access, audit


def hand_over(session: Session, alert_id: str, version_seen: int, *, officer: Officer, now: datetime) -> Feedback:
    """The message and all that came after it become complaints; the report is nobody else's to see from now on."""
    alert = access.find_alert(session, officer, alert_id)
    alerts.check_free(alert, officer, now=now)
    before = alert.status
    if before is AlertStatus.IN_INCIDENT:
        raise Invalid("status", "by_incident")
    check_move(ALERT_MOVES, before=before, after=AlertStatus.REFERRED_OUT)
    if alert.message_id is None:
        raise Invalid("message", "missing")
    alerts.change(session, alert, version_seen, status=AlertStatus.REFERRED_OUT, is_restricted=True)
    complaint = _complaint(session, alert, alert.reference)
    for answer in answers.of_alert(session, alert):
        _complaint(session, answer, references.fresh(session))
    alerts.note_move(session, alert, before, reason=None, by=(officer, now))
    audit.record(session, audit.Action.ALERT_HANDED_OVER, officer=officer, now=now, subject=alert)
    return complaint


def _complaint(session: Session, told: Alert | Answer, reference: str) -> Feedback:
    """Of a message with several reports this one alone: the others stay with the desk, which never saw it with them."""
    message = session.get_one(Message, told.message_id)
    complaint = Feedback(
        message_id=message.id,
        part=told.part,
        reporter_id=message.reporter_id,
        reference=reference,
        received_at=message.received_at,
    )
    complaint.text = text_of(message, told)
    session.add(complaint)
    session.flush()
    # What names this report later on goes the same way.
    if told.part == 1:
        message.outcome, message.outcome_id = Outcome.FEEDBACK, complaint.id
    return complaint
