"""Replies of which nobody knows whether they left: the provider's own log is asked before anything is sent again.

Found there: it left, and is never sent again. Asked three times over twenty minutes and never found: it did not leave;
it is sent once more while its sender may still wait for it, and else rests as failed. A second text on a seized phone
is worse than none, so what the log does not answer stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from gateway.casework.office import Office
from gateway.casework.replies import text_of
from gateway.channels.contract import LoggedText
from gateway.dispatch import Job, after_commit
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import REPLY_MOVES, ReplyState, check_move

# After the attempt, then after each time it was not found: a log may be behind, a request may hang in the network.
WAITS = (timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=15))
ASKED_AGAIN = timedelta(minutes=5)
WORTH_SENDING = timedelta(hours=1)
CLOCKS_APART = timedelta(minutes=5)
MOST_AT_ONCE = 100


@dataclass(frozen=True, repr=False)
class Doubt:
    """One reply, with what its trace in the log would look like."""

    reply_id: str
    asks: int
    number: str
    our_number: str
    text: str
    since: datetime


def due(session: Session, channel: str, *, office: Office, now: datetime) -> list[Doubt]:
    """Replies of this channel about which the log is to be asked now, the oldest first."""
    waited = [(Reply.asks == asks) & (Reply.settled_at <= now - sum(WAITS[: asks + 1], timedelta())) for asks in (0, 1)]
    waited.append((Reply.asks >= 2) & (Reply.settled_at <= now - sum(WAITS, timedelta())))
    rested = or_(Reply.asked_at.is_(None), Reply.asked_at <= now - timedelta(minutes=1))
    unknown = (Reply.state == ReplyState.UNKNOWN) & (Reply.channel == channel) & Reply.provider_id.is_(None)
    chosen = (
        select(Reply, Reporter).join(Reporter, Reporter.id == Reply.reporter_id).where(unknown, or_(*waited), rested)
    )
    rows = session.execute(chosen.order_by(Reply.prepared_at).limit(MOST_AT_ONCE)).all()
    return [
        Doubt(reply.id, reply.asks, number, reply.our_number, text_of(reply, office), reply.prepared_at - CLOCKS_APART)
        for reply, reporter in rows
        if (number := reporter.number)
    ]


def settle(session: Session, doubt: Doubt, logged: Sequence[LoggedText], *, now: datetime) -> ReplyState:
    """What the log says of it."""
    reply = session.get_one(Reply, doubt.reply_id, with_for_update=True)
    if reply.state is not ReplyState.UNKNOWN or reply.provider_id:
        return reply.state  # a receipt was quicker
    reply.asked_at = now
    found = _found(session, doubt, logged)
    if found is not None:
        state = found.state or ReplyState.SENT
        _move(reply, state, found.reason if state is ReplyState.FAILED else None, now)
        reply.provider_id = found.provider_id
    else:
        reply.asks += 1
        if reply.asks >= len(WAITS):
            _not_there(session, reply, now)
    return reply.state


def unanswered(session: Session, doubt: Doubt, *, now: datetime) -> None:
    """The log did not answer: nothing was learned."""
    later = now + ASKED_AGAIN - timedelta(minutes=1)
    session.execute(update(Reply).where(Reply.id == doubt.reply_id).values(asked_at=later))


def _found(session: Session, doubt: Doubt, logged: Sequence[LoggedText]) -> LoggedText | None:
    """The earliest text that may be this one and is no other's; where the log has erased the words, any may be."""
    alike = [
        each
        for each in logged
        if each.created_at >= doubt.since
        and each.our_number == doubt.our_number
        and (not each.text or each.text.endswith(doubt.text))  # a trial account puts a line before it
    ]
    ids = [each.provider_id for each in alike]
    others = set(session.scalars(select(Reply.provider_id).where(Reply.provider_id.in_(ids))))
    ours = [each for each in alike if each.provider_id not in others]
    return min(ours, key=lambda each: each.created_at, default=None)


def _not_there(session: Session, reply: Reply, now: datetime) -> None:
    if reply.is_resent or now - reply.prepared_at > WORTH_SENDING:
        _move(reply, ReplyState.FAILED, "not_in_log", now)
        return
    _move(reply, ReplyState.PENDING, "not_in_log", None)
    reply.is_resent, reply.asks, reply.asked_at, reply.next_try_at = True, 0, None, None
    after_commit(session, Job.SEND)


def _move(reply: Reply, state: ReplyState, reason: str | None, settled_at: datetime | None) -> None:
    check_move(REPLY_MOVES, before=reply.state, after=state)
    reply.state, reply.reason, reply.settled_at = state, reason, settled_at
