"""The pace of a channel: so many texts a second, whoever sends them. The place in the row is taken in the database."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gateway.records.pace import Pace

AT_ONCE = timedelta(seconds=1)


def take_place(session: Session, channel: str, *, per_second: float, now: datetime) -> datetime:
    """The moment at which one more text may leave: now, or the first that nobody has; the row is held until commit.

    Whoever comes after a pause finds a second's worth of places free at once.
    """
    pace = _held(session, channel, now)
    place = max(pace.free_at, now - AT_ONCE)
    pace.free_at = place + timedelta(seconds=1 / per_second)
    session.flush()
    return max(place, now)


def _held(session: Session, channel: str, now: datetime) -> Pace:
    wanted = select(Pace).where(Pace.channel == channel).with_for_update()
    found = session.scalar(wanted.execution_options(populate_existing=True))
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(Pace(channel=channel, free_at=now - AT_ONCE))
    except IntegrityError:
        pass  # another worker sent this channel's first text at the same moment
    return session.scalars(wanted.execution_options(populate_existing=True)).one()
