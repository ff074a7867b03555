"""Whose turn it is: what is done by the clock is done once for the whole service, by whichever process comes first."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gateway.records.round import Round


def is_due(session: Session, name: str, *, every: timedelta, now: datetime) -> bool:
    """Whether the round should begin; a look that takes nothing from anybody."""
    begun_at = session.scalar(select(Round.begun_at).where(Round.id == name))
    return begun_at is None or not begun_at <= now < begun_at + every


def begin(session: Session, name: str, *, every: timedelta, now: datetime) -> bool:
    """Takes the round for this process; False when another has it. The very first one is only counted from."""
    # A beginning in the future was written before the clock was set back.
    over = or_(Round.begun_at <= now - every, Round.begun_at > now)
    taken = update(Round).where(Round.id == name, over).values(begun_at=now).returning(Round.id)
    if session.scalar(taken) is not None:
        return True
    if session.get(Round, name) is None:
        try:
            with session.begin_nested():
                session.add(Round(id=name, begun_at=now))
        except IntegrityError:
            pass  # another process was first
    return False
