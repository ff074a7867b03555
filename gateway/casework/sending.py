"""Sending a reply, at most once: claim it, hand it over while no transaction is open, note what became of it.

What waits in the outbox is claimed when its phone may ring and its channel has room; after a day it is not sent at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from gateway.casework import pace, quiet, replies
from gateway.casework.backoff import wait_after
from gateway.casework.office import Office
from gateway.channels.contract import Outgoing, Sent
from gateway.errors import ChannelError, Overtaken
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import REPLY_MOVES, ReplyState, check_move

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 5
# A day later the phone may be in other hands, and nobody waits for the answer any more.
LONGEST_WAIT = timedelta(hours=24)
PACED = "paced"


@dataclass(frozen=True)
class Claim:
    """The right to send one reply, once."""

    reply_id: str
    attempt: int
    channel: str


def due(session: Session, *, now: datetime, most: int) -> list[str]:
    """The replies that may be sent now, the oldest first."""
    waiting = select(Reply.id).where(Reply.state == ReplyState.PENDING, _is_due(now)).order_by(Reply.prepared_at)
    return list(session.scalars(waiting.limit(most)))


def claim(session: Session, reply_id: str, *, office: Office, now: datetime) -> Claim | None:
    """Takes a reply that is due and may leave; None when somebody has it, it is settled, or it has to wait."""
    waiting = (Reply.id == reply_id) & (Reply.state == ReplyState.PENDING) & _is_due(now)
    reply = session.scalar(select(Reply).where(waiting).execution_options(populate_existing=True))
    if reply is None or _has_to_wait(session, reply, office, now):
        return None
    taken = session.execute(
        update(Reply)
        .where(waiting)
        .values(state=ReplyState.SENDING, attempt=Reply.attempt + 1, lease_until=now + LEASE)
        .returning(Reply.attempt, Reply.channel)
        .execution_options(synchronize_session=False)
    ).first()
    return Claim(reply_id, taken.attempt, taken.channel) if taken else None


def _has_to_wait(session: Session, reply: Reply, office: Office, now: datetime) -> bool:
    """Puts it off, or away for good, and says so in its row."""
    if now - reply.prepared_at > LONGEST_WAIT:
        check_move(REPLY_MOVES, before=ReplyState.PENDING, after=ReplyState.SUPPRESSED)
        return _put_off(session, reply, {"state": ReplyState.SUPPRESSED, "reason": "late", "settled_at": now})
    written_at = _written_at(session, reply)
    until = quiet.held_until(office.quiet, written_at=written_at, now=now, timezone=office.timezone)
    if until is not None:
        return _put_off(session, reply, {"next_try_at": until, "reason": "quiet"})
    rate = office.rates.get(reply.channel)
    if rate is None or reply.reason == PACED:  # its place in the row was taken before, and has come
        return False
    place = pace.take_place(session, reply.channel, per_second=rate, now=now)
    return place > now and _put_off(session, reply, {"next_try_at": place, "reason": PACED})


def _written_at(session: Session, reply: Reply) -> datetime:
    """When its sender wrote: a text that the network kept for hours was not written just now."""
    chosen = select(Message.received_at, Message.sent_at).where(Message.id == reply.message_id)
    received_at, sent_at = session.execute(chosen).one()
    return min(received_at, sent_at or received_at)


def _put_off(session: Session, reply: Reply, values: dict[str, Any]) -> bool:
    waiting = (Reply.id == reply.id) & (Reply.state == ReplyState.PENDING)
    session.execute(update(Reply).where(waiting).values(values).execution_options(synchronize_session=False))
    return True


def write_out(session: Session, claim: Claim, office: Office) -> Outgoing:
    """The words and the number, out of the vault, for this one moment."""
    reply = session.get_one(Reply, claim.reply_id)
    reporter = session.get_one(Reporter, reply.reporter_id)
    if not reporter.number:
        raise Overtaken("the number of this reporter was erased")
    return Outgoing(
        reply_id=reply.id,
        our_number=reply.our_number,
        to=reporter.number,
        text=replies.text_of(reply, office),
    )


def sent(session: Session, claim: Claim, sent: Sent, *, now: datetime) -> None:
    """The provider took it."""
    state = ReplyState.DELIVERED if sent.is_delivered else ReplyState.SENT
    check_move(REPLY_MOVES, before=ReplyState.SENDING, after=ReplyState.SENT)
    _settle(session, claim, {"state": state, "provider_id": sent.provider_id, "settled_at": now, "reason": None})


def not_sent(session: Session, claim: Claim, error: ChannelError, *, now: datetime) -> None:
    """Refused for good, to be tried again, or nobody knows: the last is never sent again unasked."""
    if not error.outcome_known:
        _end(session, claim, ReplyState.UNKNOWN, error.reason, now)
    elif error.retryable and claim.attempt < MOST_ATTEMPTS:
        again = {"state": ReplyState.PENDING, "next_try_at": now + wait_after(claim.attempt), "reason": error.reason}
        _settle(session, claim, again)
    else:
        _end(session, claim, ReplyState.FAILED, error.reason, now)


def fail(session: Session, claim: Claim, *, reason: str, now: datetime) -> None:
    """Something broke on our side: it may have gone out, so it is not sent again."""
    _end(session, claim, ReplyState.UNKNOWN, reason, now)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(Reply.next_try_at.is_(None), Reply.next_try_at <= now)


def _end(session: Session, claim: Claim, state: ReplyState, reason: str, now: datetime) -> None:
    check_move(REPLY_MOVES, before=ReplyState.SENDING, after=state)
    _settle(session, claim, {"state": state, "reason": reason[:48], "settled_at": now})


def _settle(session: Session, claim: Claim, values: dict[str, Any]) -> None:
    session.execute(
        update(Reply)
        .where(Reply.id == claim.reply_id, Reply.state == ReplyState.SENDING, Reply.attempt == claim.attempt)
        .values(values | {"lease_until": None})
        .execution_options(synchronize_session=False)
    )
