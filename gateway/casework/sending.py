"""Sending a reply, at most once: claim it, hand it over while no transaction is open, note what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from gateway.casework import replies
from gateway.casework.backoff import wait_after
from gateway.casework.office import Office
from gateway.channels.contract import Outgoing, Sent
from gateway.errors import ChannelError, Overtaken
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import REPLY_MOVES, ReplyState, check_move

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 5


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


def claim(session: Session, reply_id: str, *, now: datetime) -> Claim | None:
    """Takes a reply that is due; None when somebody has it or it is settled."""
    taken = session.execute(
        update(Reply)
        .where(Reply.id == reply_id, Reply.state == ReplyState.PENDING, _is_due(now))
        .values(state=ReplyState.SENDING, attempt=Reply.attempt + 1, lease_until=now + LEASE)
        .returning(Reply.attempt, Reply.channel)
        .execution_options(synchronize_session=False)
    ).first()
    return Claim(reply_id, taken.attempt, taken.channel) if taken else None


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
