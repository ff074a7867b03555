"""Complaints about conduct: listed, read and moved by the conduct unit alone."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gateway.casework.rows import changed_one
from gateway.errors import Overtaken
from gateway.records.feedback import Feedback
from gateway.records.officer import Officer
from gateway.records.states import FEEDBACK_MOVES, FeedbackStatus, check_move
from gateway.trust import access, audit

AT_MOST = 100


def listed(session: Session, *, officer: Officer, now: datetime) -> list[Feedback]:
    """The latest complaints, open ones and closed; that they were listed is audited."""
    latest = select(Feedback).where(access.feedback_seen_by(officer)).order_by(Feedback.received_at.desc(), Feedback.id)
    found = list(session.scalars(latest.limit(AT_MOST)))
    detail = {"page": "complaints", "shown": len(found)}
    audit.record(session, audit.Action.LISTED, officer=officer, now=now, detail=detail)
    return found


def read(session: Session, feedback_id: str, *, officer: Officer, now: datetime) -> Feedback:
    """One complaint with its text; the reading is audited in the same transaction."""
    found = access.find_feedback(session, officer, feedback_id)
    audit.record(session, audit.Action.FEEDBACK_READ, officer=officer, now=now, subject=found)
    return found


def move(
    session: Session, feedback_id: str, status: FeedbackStatus, version_seen: int, *, by: tuple[Officer, datetime]
) -> Feedback:
    """Takes a complaint up, closes it, or takes it up again."""
    officer, now = by
    found = access.find_feedback(session, officer, feedback_id)
    if found.status is status and found.version == version_seen + 1:
        return found
    check_move(FEEDBACK_MOVES, before=found.status, after=status)
    seen = (Feedback.id == found.id) & (Feedback.version == version_seen)
    if not changed_one(session, update(Feedback).where(seen).values(status=status, version=version_seen + 1)):
        raise Overtaken("Somebody changed this complaint since you opened the page.")
    session.refresh(found)
    detail = {"to": status.value}
    audit.record(session, audit.Action.FEEDBACK_MOVED, officer=officer, now=now, subject=found, detail=detail)
    return found
