"""What stands beside a report or a project answer, and is decided on once: later messages and newer readings."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.orm import Session

from gateway.casework import alerts
from gateway.casework.rows import changed_one
from gateway.errors import Overtaken
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.ids import is_id
from gateway.records.officer import Officer
from gateway.records.reading import Reading
from gateway.records.response import Response
from gateway.records.states import AnswerStatus, ReadingStatus
from gateway.trust import access

Subject = Alert | Response
_Beside = TypeVar("_Beside", Answer, Reading)


def held(session: Session, kind: type[_Beside], row_id: str, officer: Officer) -> tuple[_Beside, Subject]:
    """The row and what it stands beside, which nobody else changes until the end: what counts is computed from it."""
    seen = session.get(kind, row_id) if is_id(row_id) else None
    if seen is None:
        raise access.OutOfSight(kind.__tablename__, row_id, exists=False)
    subject = _subject(session, seen, officer)
    session.refresh(subject, with_for_update={"key_share": True})
    session.refresh(seen)
    return seen, subject


def decide(
    session: Session, row: Answer | Reading, subject: Subject, status: AnswerStatus | ReadingStatus, *,
    by: tuple[Officer, datetime]
) -> None:  # fmt: skip
    """Once, by one officer, and not while another works on the report."""
    officer, now = by
    if isinstance(subject, Alert):
        alerts.check_free(subject, officer, now=now)
    kind = type(row)
    decided = (
        update(kind)
        .where(kind.id == row.id, kind.status == type(status).WAITING)
        .values(status=status, decided_by_id=officer.id, decided_at=now)
    )
    if not changed_one(session, decided):
        raise Overtaken("Somebody else has already dealt with this, or something newer came.")
    session.refresh(row)
    note_waiting(session, subject)
    # Whoever has the page open decides on what they see: it has just changed.
    subject.version += 1


def note_waiting(session: Session, subject: Subject) -> None:
    """Writes down whether anything beside it still waits for an officer."""
    session.flush()
    waiting = exists().where(of(subject), Answer.status == AnswerStatus.WAITING)
    subject.has_answer_waiting = bool(session.scalar(select(waiting)))
    if isinstance(subject, Alert):
        unread = exists().where(Reading.alert_id == subject.id, Reading.status == ReadingStatus.WAITING)
        subject.has_reading_waiting = bool(session.scalar(select(unread)))


def of(subject: Subject) -> ColumnElement[bool]:
    """The later messages about it; one about a project answer has no alert to name, only the reference."""
    if isinstance(subject, Alert):
        return Answer.alert_id == subject.id
    return and_(Answer.alert_id.is_(None), Answer.reference == subject.reference)


def what_it_names(session: Session, answer: Answer) -> Subject | None:
    """The report or the project answer that a later message is about."""
    if answer.alert_id is not None:
        return session.get_one(Alert, answer.alert_id)
    return session.scalar(select(Response).where(Response.reference == answer.reference))


def _subject(session: Session, row: Answer | Reading, officer: Officer) -> Subject:
    if row.alert_id is not None:
        return access.find_alert(session, officer, row.alert_id)
    named = what_it_names(session, row) if isinstance(row, Answer) else None
    if named is None:
        raise access.OutOfSight(row.__tablename__, row.id, exists=True)
    return access.find_response(session, officer, named.id)
