"""Answers: later messages about a report, which count only once an officer has accepted them."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from gateway.casework import alerts, fields
from gateway.casework.rows import changed_one
from gateway.errors import Overtaken
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.officer import Officer
from gateway.records.states import AnswerStatus
from gateway.trust import access, audit

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
    return list(session.scalars(select(Answer).where(Answer.alert_id == alert.id).order_by(Answer.received_at)))


def _settle(session: Session, answer_id: str, status: AnswerStatus, *, officer: Officer, now: datetime) -> Answer:
    answer, alert = _find(session, answer_id, officer)
    if (answer.status, answer.decided_by_id) == (status, officer.id):
        return answer
    alerts.check_free(alert, officer, now=now)
    settled = (
        update(Answer)
        .where(Answer.id == answer.id, Answer.status == AnswerStatus.WAITING)
        .values(status=status, decided_by_id=officer.id, decided_at=now)
    )
    if not changed_one(session, settled):
        raise Overtaken("Somebody else has already dealt with this message.")
    session.refresh(answer)
    fields.recount(session, alert)
    is_waiting = exists().where(Answer.alert_id == alert.id, Answer.status == AnswerStatus.WAITING)
    alert.has_answer_waiting = bool(session.scalar(select(is_waiting)))
    # Whoever has the page open decides on what they see: it has just changed.
    alert.version += 1
    detail = {"answer": answer.id}
    audit.record(session, _ACTIONS[status], officer=officer, now=now, subject=alert, detail=detail)
    return answer


def _find(session: Session, answer_id: str, officer: Officer) -> tuple[Answer, Alert]:
    alert_id = session.scalar(select(Answer.alert_id).where(Answer.id == answer_id))
    if alert_id is None:
        raise access.OutOfSight(Answer.__tablename__, answer_id, exists=False)
    alert = access.find_alert(session, officer, alert_id)
    # What counts is computed from all of it: nobody changes the report in between.
    session.refresh(alert, with_for_update={"key_share": True})
    return session.get_one(Answer, answer_id), alert
