"""What waits, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState

UNREAD = (MessageState.RECEIVED, MessageState.PROCESSING)


@dataclass(frozen=True)
class Backlog:
    """Rows by state, and the age of the oldest message not yet read."""

    messages: Mapping[str, int]
    replies: Mapping[str, int]
    oldest_unread: timedelta


def count(session: Session, *, now: datetime) -> Backlog:
    """Counts the inbox and the outbox."""
    return Backlog(
        messages=_by_state(session, Message),
        replies=_by_state(session, Reply),
        oldest_unread=oldest_unread(session, now=now),
    )


def oldest_unread(session: Session, *, now: datetime) -> timedelta:
    """For how long the oldest message has waited to be read."""
    oldest = session.scalar(select(func.min(Message.received_at)).where(Message.state.in_(UNREAD)))
    return max(now - oldest, timedelta()) if oldest else timedelta()


def _by_state(session: Session, record: type[Message] | type[Reply]) -> dict[str, int]:
    rows = session.execute(select(record.state, func.count()).group_by(record.state))
    return {state.value: number for state, number in rows}
