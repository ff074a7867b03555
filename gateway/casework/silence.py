"""Who has fallen silent: a region or a channel from which messages came steadily, and from which none comes now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from gateway.records.alert import Alert
from gateway.records.message import Message

STEADY = timedelta(days=28)
FORGOTTEN = timedelta(days=60)


@dataclass(frozen=True)
class Silence:
    """A region or a channel, and when it was last heard."""

    subject: str
    last_at: datetime


def of_regions(
    session: Session, *, after: timedelta, now: datetime, regions: Collection[str] | None = None
) -> list[Silence]:
    """Silent regions, of these alone if any are given."""
    seen = Alert.is_restricted.is_(False) & Alert.region.is_not(None)
    if regions is not None:
        seen = seen & Alert.region.in_(regions)
    return _silent(session, (Alert.region, Alert.received_at), seen, (after, now))


def of_channels(session: Session, *, after: timedelta, now: datetime) -> list[Silence]:
    """Silent channels; an exercise is no sign of life."""
    return _silent(session, (Message.channel, Message.received_at), Message.is_training.is_(False), (after, now))


def _silent(
    session: Session,
    columns: tuple[InstrumentedAttribute[Any], InstrumentedAttribute[datetime]],
    seen: ColumnElement[bool],
    limits: tuple[timedelta, datetime],
) -> list[Silence]:
    """Whoever wrote at least once in each such span, on an average of the four weeks before, and no more."""
    (subject, at), (after, now) = columns, limits
    if not after:
        return []
    heard = select(subject, func.max(at)).where(seen, at >= now - FORGOTTEN).group_by(subject).order_by(subject)
    silent = []
    for name, last_at in session.execute(heard).all():
        before = select(func.count()).where(seen, subject == name, at > last_at - STEADY, at <= last_at)
        if last_at < now - after and (session.scalar(before) or 0) >= STEADY // after:
            silent.append(Silence(name, last_at))
    return silent
