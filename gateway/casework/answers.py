"""Answers: later messages about a report or a project answer, which count only once an officer has accepted them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import beside, fields, response_fields
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.officer import Officer
from gateway.records.states import AnswerStatus
from gateway.trust import audit

_ACTIONS = {
    AnswerStatus.ACCEPTED: audit.Action.ANSWER_ACCEPTED,
    AnswerStatus.SET_ASIDE: audit.Action.ANSWER_SET_ASIDE,
}


def accept(session: Session, answer_id: str, *, officer: Officer, now: datetime) -> Answer:
    """What the message says counts from now on; a cancellation is only taken note of, the officer decides."""
    return _settle(session, answer_id, AnswerStatus.ACCEPTED, officer=officer, now=now)


def set_aside(session: Session, answer_id: str, *, officer: Officer, now: datetime) -> Answer:
    """The message stays in view and changes nothing."""
    return _settle(session, answer_id, AnswerStatus.SET_ASIDE, officer=officer, now=now)


def of_alert(session: Session, alert: Alert) -> list[Answer]:
    """Every later message about this report, oldest first."""
    return list(session.scalars(select(Answer).where(beside.of(alert)).order_by(Answer.received_at)))


def _settle(session: Session, answer_id: str, status: AnswerStatus, *, officer: Officer, now: datetime) -> Answer:
    answer, subject = beside.held(session, Answer, answer_id, officer)
    if (answer.status, answer.decided_by_id) == (status, officer.id):
        return answer
    beside.decide(session, answer, subject, status, by=(officer, now))
    if isinstance(subject, Alert):
        fields.recount(session, subject)
    else:
        response_fields.recount(session, subject)
    detail = {"answer": answer.id}
    audit.record(session, _ACTIONS[status], officer=officer, now=now, subject=subject, detail=detail)
    return answer
