"""The sweep: finds in the database whatever waits or was left behind, and rings for it again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from gateway import clock, dispatch, log
from gateway.casework import desk_entry, sending, turns
from gateway.dispatch import Job
from gateway.records import db
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState, ReplyState

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Swept:
    """How many jobs were rung for, and how many rows were given up or found without a known outcome.

    `unheard` are the jobs for which the bell could not be rung.
    """

    rung: int = 0
    given_up: int = 0
    unknown: int = 0
    unheard: tuple[Job, ...] = ()


def sweep(*, is_alone: bool = False) -> Swept:
    """One round; `is_alone` says that no other worker can be at work, so that every lease is a dead one's."""
    now = clock.now()
    given_up = _give_up(now, is_alone)
    unknown = _leave_unknown(now, is_alone)
    if is_alone:
        _take_back(now)
    rung = _waiting(now)
    unheard = tuple(job for job in rung if not dispatch.ring(job))
    swept = Swept(len(rung), given_up, unknown, unheard)
    if swept != Swept():
        log.event("swept", count=given_up + unknown)
    return swept


def _waiting(now: datetime) -> list[Job]:
    """The jobs for which something is due."""
    with db.reading() as session:
        found = {
            Job.READ: turns.is_waiting(session),
            Job.READ_AGAIN: turns.is_waiting_again(session, now=now),
            Job.SEND: bool(sending.due(session, now=now, most=1)),
        }
    return [job for job, is_waiting in found.items() if is_waiting]


def _give_up(now: datetime, is_alone: bool) -> int:
    """Messages that took their worker down with them at the last attempt."""
    lost = select(Message.id, Message.attempt).where(
        Message.state == MessageState.PROCESSING, Message.attempt >= turns.MOST_ATTEMPTS
    )
    if not is_alone:
        lost = lost.where(Message.lease_until < now)
    with db.reading() as session:
        found = session.execute(lost.limit(MOST_AT_ONCE)).all()
    for row_id, attempt in found:
        with db.transaction() as session:
            desk_entry.give_up(session, row_id, attempt=attempt, reason="worker_died", now=now)
    return len(found)


def _leave_unknown(now: datetime, is_alone: bool) -> int:
    """Replies whose worker died while sending: they may have gone out, so nobody sends them again."""
    left = select(Reply.id).where(Reply.state == ReplyState.SENDING)
    if not is_alone:
        left = left.where(Reply.lease_until < now)
    with db.reading() as session:
        found = session.scalars(left.limit(MOST_AT_ONCE)).all()
    if not found:
        return 0
    ended = {"state": ReplyState.UNKNOWN, "reason": "worker_died", "lease_until": None, "settled_at": now}
    with db.transaction() as session:
        session.execute(update(Reply).where(Reply.id.in_(found), Reply.state == ReplyState.SENDING).values(ended))
    return len(found)


def _take_back(now: datetime) -> None:
    """Messages of a worker that is certainly gone wait no longer for its lease to run out."""
    with db.reading() as session:
        held = select(Message.id).where(Message.state == MessageState.PROCESSING, Message.lease_until >= now)
        if session.execute(held.limit(1)).first() is None:
            return
    with db.transaction() as session:
        session.execute(update(Message).where(Message.state == MessageState.PROCESSING).values(lease_until=now))
