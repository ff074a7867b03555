"""What came in and what became of it, by day and channel: received is understood, laid before a person, or waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from gateway.records.codes import Outcome
from gateway.records.message import Message
from gateway.records.states import MessageState

DAYS = 14
_WAITING = Message.state.in_((MessageState.RECEIVED, MessageState.PROCESSING, MessageState.WAITING_PARTS))
_FOR_A_PERSON = or_(
    Message.state.in_((MessageState.QUARANTINED, MessageState.DEAD)),
    and_(Message.state == MessageState.DONE, Message.outcome == Outcome.READING),
)
_UNDERSTOOD = or_(
    Message.state.in_((MessageState.DUPLICATE, MessageState.ERASED)),
    and_(Message.state == MessageState.DONE, Message.outcome != Outcome.READING),
)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One channel on one day; each figure is counted by itself, so that a message without a place would show."""

    day: date
    channel: str
    received: int
    understood: int
    for_a_person: int
    waiting: int

    @property
    def unaccounted(self) -> int:
        """Messages that are none of the three; nothing but a fault makes one."""
        return self.received - self.understood - self.for_a_person - self.waiting


def by_day(session: Session, *, now: datetime, zone: tzinfo, days: int = DAYS) -> list[Flow]:
    """The latest days where the office is, the newest first; exercises are not counted."""
    starts = _starts(now, zone, days)
    # The days are named in the query, since each database has another idea of a time zone.
    day = case(*((Message.received_at >= start, number) for number, start in enumerate(starts))).label("day")
    counted = (
        select(
            day, Message.channel, func.count(), *(_how_many(each) for each in (_UNDERSTOOD, _FOR_A_PERSON, _WAITING))
        )
        .where(Message.received_at >= starts[-1], Message.is_training.is_(False))
        .where(Message.part_of_id.is_(None))  # counted once, as the whole
        .group_by(day, Message.channel)
        .order_by(day, Message.channel)
    )
    return [_line(starts, zone, row) for row in session.execute(counted)]


def _starts(now: datetime, zone: tzinfo, days: int) -> list[datetime]:
    """When each day began, the newest first."""
    today = now.astimezone(zone).date()
    midnight = datetime.min.time()
    return [datetime.combine(today - timedelta(days=back), midnight, zone) for back in range(days)]


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _line(starts: Sequence[datetime], zone: tzinfo, row: Any) -> Flow:
    number, channel, received, understood, for_a_person, waiting = row
    return Flow(
        day=starts[number].astimezone(zone).date(),
        channel=channel,
        received=received,
        understood=understood,
        for_a_person=for_a_person,
        waiting=waiting,
    )
