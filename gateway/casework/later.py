"""Later messages that name a report: laid beside it for an officer; nothing stored changes because of a text message.

The sender gets the same words whether the report exists or not, and whoever sent it: a reference gives no right.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.desk_entry import write_alert
from gateway.casework.replies import Wanted
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import AlertKind, AnswerKind, Outcome
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.texts.catalogue import ReplyKind

_KINDS = {"correct": AnswerKind.CORRECTION, "cancel": AnswerKind.CANCELLATION}


def answer(session: Session, case: Case) -> Became | None:
    """What the later message became; None when it names no report in a form that could be one."""
    reference = case.fields.get("ref") or case.known.asked_reference
    if not reference:
        return None
    received = Wanted(ReplyKind.COMPLETE, reference=reference)
    alert = session.scalar(select(Alert).where(Alert.reference == reference))
    if alert is not None and not alert.is_restricted:
        return _beside(session, case, reference, alert)
    first = session.scalar(select(Message).where(Message.reference == reference))
    if first is None:
        # Nobody's reference: no report to lay it beside, so a person reads it by itself.
        tray = write_alert(session, case, AlertKind.UNKNOWN)
        return Became(outcome=Outcome.READING, outcome_id=tray.id, reference=tray.reference, wanted=received)
    if first.outcome is Outcome.FEEDBACK:
        return _more_feedback(session, case, reference)
    if first.outcome is Outcome.TRAINING:
        return Became(outcome=Outcome.TRAINING, wanted=received)
    return _beside(session, case, reference, None)


def _beside(session: Session, case: Case, reference: str, alert: Alert | None) -> Became:
    reporter_id = case.reporter.id if case.reporter else None
    first_reporter = alert.reporter_id if alert else _first_reporter(session, reference)
    added = Answer(
        message_id=case.message.id,
        alert_id=alert.id if alert else None,
        reference=reference,
        kind=_KINDS.get(str(case.fields.get("command")), AnswerKind.COMPLETION),
        same_sender=reporter_id is not None and first_reporter == reporter_id,
        received_at=case.message.received_at,
    )
    added.parsed = case.shown
    session.add(added)
    if alert is not None:
        alert.has_answer_waiting = True
    return Became(outcome=Outcome.ANSWER, outcome_id=added.id, wanted=Wanted(ReplyKind.COMPLETE, reference=reference))


def _first_reporter(session: Session, reference: str) -> str | None:
    return session.scalar(select(Message.reporter_id).where(Message.reference == reference))


def _more_feedback(session: Session, case: Case, reference: str) -> Became:
    """More about a complaint is a complaint too: for the conduct unit alone, whole, with the reference in its text."""
    added = Feedback(
        message_id=case.message.id,
        reporter_id=case.reporter.id if case.reporter else None,
        reference=case.reference,
        received_at=case.message.received_at,
    )
    added.text = case.body
    session.add(added)
    return Became(
        outcome=Outcome.FEEDBACK,
        outcome_id=added.id,
        reference=added.reference,
        wanted=Wanted(ReplyKind.COMPLETE, reference=reference),
    )
