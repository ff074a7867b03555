"""Whose message is read next: what calls for help first, then one of each sender in turn, however many each has sent.

A lane is what senders take turns by. While a message of a lane is being read the next one waits, so that what one
phone sends is settled in the order in which it came. Each batch begins where the last one ended and goes round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, or_, select, text, update
from sqlalchemy.orm import Session

from gateway.records.columns import UtcDateTime
from gateway.records.message import Message
from gateway.records.states import MessageState

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
_BEFORE_THE_FIRST = -1
_USUAL, _URGENT = 0, 1
# Of a batch, calls for help take three quarters at the most while others wait too: whoever finds out the words that
# are read first can not silence the rest with them.
_URGENT_SHARE = 0.75

# From lane to lane by the index alone: a flooder's thousand messages are stepped over as one. The states are written
# out, since PostgreSQL uses an index on some of the rows only where it sees that the question is about those.
_HEADS = text("""
    WITH RECURSIVE turn (lane, place) AS (
        SELECT (SELECT min(lane) FROM messages
                WHERE state = 'received' AND attempt = 0 AND urgency = :urgency AND lane > :after), 1
        UNION ALL
        SELECT (SELECT min(lane) FROM messages
                WHERE state = 'received' AND attempt = 0 AND urgency = :urgency AND lane > turn.lane), place + 1
        FROM turn WHERE turn.lane IS NOT NULL AND place < :most
    )
    SELECT lane, (SELECT id FROM messages
                  WHERE state = 'received' AND attempt = 0 AND urgency = :urgency AND messages.lane = turn.lane
                  ORDER BY received_at, id LIMIT 1) AS id
    FROM turn WHERE lane IS NOT NULL
""")
_AGAIN = text("""
    SELECT id FROM messages
    WHERE state = 'received' AND attempt > 0 AND (next_try_at IS NULL OR next_try_at <= :now)
    ORDER BY next_try_at LIMIT 1
""").bindparams(bindparam("now", type_=UtcDateTime))


@dataclass(frozen=True)
class Claim:
    """The right to settle one message, as long as nobody claimed it after us."""

    message_id: str
    attempt: int


@dataclass(frozen=True)
class Turn:
    """The lanes at which the last batch ended."""

    urgent: int = _BEFORE_THE_FIRST
    usual: int = _BEFORE_THE_FIRST


def claim_next(session: Session, turn: Turn, *, most: int, now: datetime) -> tuple[list[Claim], Turn]:
    """The first attempts that are next, one of each sender; each attempt is counted before the work."""
    urgent = _round(session, _URGENT, turn.urgent, most)
    usual = _round(session, _USUAL, turn.usual, most)
    room = max(most - len(usual), round(most * _URGENT_SHARE))
    urgent = urgent[:room]
    usual = usual[: most - len(urgent)]
    reached = Turn(_last(urgent, turn.urgent), _last(usual, turn.usual))
    # Asked after the heads: a lane that somebody has taken up in between is seen here, or its head is not to be had.
    busy = _busy_lanes(session, now)
    chosen = {lane: message_id for lane, message_id in reversed([*urgent, *usual]) if lane not in busy}
    return _claim(session, list(chosen.values()), now=now), reached


def claim_again(session: Session, *, now: datetime) -> Claim | None:
    """One message that failed before and is due, or whose worker was never heard of again."""
    message_id = _next_again(session, now)
    return claim(session, message_id, now=now) if message_id else None


def claim(session: Session, message_id: str, *, now: datetime) -> Claim | None:
    """Takes this message if it waits or was left behind; None when there is nothing to do."""
    waits = (Message.state == MessageState.RECEIVED) & or_(Message.next_try_at.is_(None), Message.next_try_at <= now)
    attempt = session.scalar(
        update(Message)
        .where(Message.id == message_id, Message.attempt < MOST_ATTEMPTS, or_(waits, _abandoned(now)))
        .values(state=MessageState.PROCESSING, attempt=Message.attempt + 1, lease_until=now + LEASE)
        .returning(Message.attempt)
        .execution_options(synchronize_session=False)
    )
    return Claim(message_id, attempt) if attempt is not None else None


def is_waiting(session: Session) -> bool:
    """Whether there are first attempts to make."""
    return bool(_heads(session, _USUAL, _BEFORE_THE_FIRST, 1) or _heads(session, _URGENT, _BEFORE_THE_FIRST, 1))


def is_waiting_again(session: Session, *, now: datetime) -> bool:
    """Whether there are further attempts to make."""
    return _next_again(session, now) is not None


def _next_again(session: Session, now: datetime) -> str | None:
    left = select(Message.id).where(_abandoned(now), Message.attempt < MOST_ATTEMPTS).order_by(Message.lease_until)
    found: str | None = session.scalar(_AGAIN, {"now": now}) or session.scalar(left.limit(1))
    return found


def _abandoned(now: datetime) -> ColumnElement[bool]:
    return (Message.state == MessageState.PROCESSING) & (Message.lease_until < now)


def _round(session: Session, urgency: int, after: int, most: int) -> list[tuple[int, str]]:
    """The lanes after this one, and then from the first on, with the oldest message of each."""
    found = _heads(session, urgency, after, most)
    if len(found) < most and after != _BEFORE_THE_FIRST:
        found += [each for each in _heads(session, urgency, _BEFORE_THE_FIRST, most - len(found)) if each[0] <= after]
    return found


def _heads(session: Session, urgency: int, after: int, most: int) -> list[tuple[int, str]]:
    rows = session.execute(_HEADS, {"urgency": urgency, "after": after, "most": most})
    return [(row.lane, row.id) for row in rows]


def _last(taken: Sequence[tuple[int, str]], before: int) -> int:
    return taken[-1][0] if taken else before


def _busy_lanes(session: Session, now: datetime) -> set[int]:
    """What is read a second time holds up nobody: it may be what kills its readers."""
    reading = select(Message.lane).where(Message.state == MessageState.PROCESSING, Message.attempt == 1)
    return set(session.scalars(reading.where(Message.lease_until >= now)))


def _claim(session: Session, ids: Sequence[str], *, now: datetime) -> list[Claim]:
    if not ids:
        return []
    waits = (Message.state == MessageState.RECEIVED) & (Message.attempt == 0)
    free = select(Message.id).where(Message.id.in_(ids), waits).with_for_update(skip_locked=True)
    taken = session.scalars(
        update(Message)
        .where(Message.id.in_(free))
        .values(state=MessageState.PROCESSING, attempt=1, lease_until=now + LEASE)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    ).all()
    return [Claim(message_id, 1) for message_id in ids if message_id in set(taken)]
