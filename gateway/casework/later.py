"""Later messages that name a report: laid beside it for an officer; nothing stored changes because of a text message.

The sender gets the same words whether the report exists or not, and whoever sent it: a reference gives no right.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import response_fields
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.desk_entry import write_alert
from gateway.casework.replies import Wanted
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import AlertKind, AnswerKind, Outcome
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.records.response import Response
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
    if session.scalar(select(Feedback.id).where(Feedback.reference == reference)) is not None:
        return _more_feedback(session, case, reference)
    first = session.scalar(select(Message).where(Message.reference == reference))
    if first is None and session.scalar(select(Response.id).where(Response.reference == reference)) is None:
        # Nobody's reference: no report to lay it beside, so a person reads it by itself.
        tray = write_alert(session, case, AlertKind.UNKNOWN)
        return Became(outcome=Outcome.READING, outcome_id=tray.id, reference=tray.reference, wanted=received)
    if first is not None and first.outcome is Outcome.FEEDBACK:
        return _more_feedback(session, case, reference)
    if first is not None and first.outcome is Outcome.TRAINING:
        return Became(outcome=Outcome.TRAINING, wanted=received)
    return _beside(session, case, reference, session.scalar(select(Response).where(Response.reference == reference)))


def late_part(session: Session, case: Case) -> Became:
    """A part that came after its message was read without it: beside that report, wherever that went."""
    whole = session.get(Message, case.message.continues_id)
    if whole is not None and whole.duplicate_of_id:
        whole = session.get(Message, whole.duplicate_of_id)
    if whole is None or whole.outcome is Outcome.TRAINING:
        return Became(outcome=Outcome.TRAINING)
    if whole.outcome is Outcome.FEEDBACK and whole.reference:
        return replace(_more_feedback(session, case, whole.reference), wanted=None)
    alert = session.scalar(
        select(Alert).where(Alert.message_id == whole.id, Alert.is_restricted.is_(False)).order_by(Alert.part)
    )
    if alert is not None:
        return replace(_beside(session, case, alert.reference, alert), wanted=None)
    tray = write_alert(session, case, AlertKind.UNKNOWN)
    return Became(outcome=Outcome.READING, outcome_id=tray.id, reference=tray.reference)


def _beside(session: Session, case: Case, reference: str, subject: Alert | Response | None) -> Became:
    reporter_id = case.reporter.id if case.reporter else None
    first_reporter = _first_reporter(session, subject, reference)
    added = Answer(
        message_id=case.message.id,
        part=case.part,
        alert_id=subject.id if isinstance(subject, Alert) else None,
        reference=reference,
        kind=_KINDS.get(str(case.fields.get("command")), AnswerKind.COMPLETION),
        same_sender=reporter_id is not None and first_reporter == reporter_id,
        received_at=case.message.received_at,
    )
    added.parsed = case.shown
    session.add(added)
    if subject is not None:
        subject.has_answer_waiting = True
    if isinstance(subject, Response) and response_fields.names_money(response_fields.said_of(subject, added)):
        # Who reads a project answer must not read this: from here on all of it is for the conduct unit.
        subject.is_sensitive = True
    return Became(outcome=Outcome.ANSWER, outcome_id=added.id, wanted=Wanted(ReplyKind.COMPLETE, reference=reference))


def _first_reporter(session: Session, subject: Alert | Response | None, reference: str) -> str | None:
    """Whose number the report came from, whoever wrote it."""
    came_as = Message.id == subject.message_id if subject else Message.reference == reference
    return session.scalar(select(Message.reporter_id).where(came_as))


def _more_feedback(session: Session, case: Case, reference: str) -> Became:
    """More about a complaint is a complaint too: for the conduct unit alone, whole, with the reference in its text."""
    added = Feedback(
        message_id=case.message.id,
        part=case.part,
        reporter_id=case.author.reporter_id,
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
