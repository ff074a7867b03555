"""The inbox as a list: what came in and what became of it, by ids and codes; never a text, never a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from gateway.casework.office import Office
from gateway.casework.replies import text_of
from gateway.dispatch import Job, after_commit
from gateway.errors import NotFound, Refused
from gateway.records.answer import Answer
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.reply import Reply
from gateway.records.states import MessageState, ReplyState
from gateway.trust import audit

UNFINISHED = (MessageState.RECEIVED, MessageState.PROCESSING, MessageState.DEAD, MessageState.QUARANTINED)
MOST_FAILED = 100
_REPLAYABLE = (MessageState.RECEIVED, MessageState.DEAD)
_SETTLED = (ReplyState.SENT, ReplyState.DELIVERED, ReplyState.FAILED, ReplyState.UNKNOWN, ReplyState.SUPPRESSED)
_ARRIVED = (ReplyState.SENT, ReplyState.DELIVERED)


@dataclass(frozen=True)
class Line:
    """One message, as anybody at the machine may see it."""

    id: str
    provider_id: str
    channel: str
    received_at: datetime
    state: str
    kind: str | None
    reference: str | None
    outcome: str | None
    attempt: int
    reason: str | None
    parts: int
    """How many reports were read in it; the reference is that of the first."""


@dataclass(frozen=True)
class Said:
    """The reply to one message, as far as it has got."""

    is_settled: bool
    state: str
    reference: str | None = None
    text: str | None = None
    reason: str | None = None


def lines(session: Session, *, since: datetime | None, states: Sequence[MessageState]) -> list[Line]:
    """What came in, the oldest first."""
    asked = _lines().order_by(Message.received_at, Message.id)
    if since is not None:
        asked = asked.where(Message.received_at >= since)
    if states:
        asked = asked.where(Message.state.in_(states))
    return [_line(*row) for row in session.execute(asked)]


def _lines() -> Select[Message, str]:
    """With the reference each message is about: its own, the one it answers, or the one it repeats."""
    first = aliased(Message)
    reference = func.coalesce(Message.reference, Answer.reference, first.reference)
    return (
        select(Message, reference)
        .outerjoin(Answer, (Answer.message_id == Message.id) & (Answer.part == 1))
        .outerjoin(first, first.id == Message.duplicate_of_id)
    )


def _line(message: Message, reference: str | None) -> Line:
    return Line(
        id=message.id,
        provider_id=message.provider_id,
        channel=message.channel,
        received_at=message.received_at,
        state=message.state.value,
        kind=message.kind,
        reference=reference,
        outcome=message.outcome.value if message.outcome else None,
        attempt=message.attempt,
        reason=message.reason,
        parts=message.parts,
    )


def failed(session: Session, *, most: int = MOST_FAILED) -> list[Line]:
    """What could not be read, or not yet, the oldest first."""
    tried = (Message.state == MessageState.RECEIVED) & Message.reason.is_not(None)
    asked = _lines().where(or_(tried, Message.state == MessageState.DEAD)).order_by(Message.received_at, Message.id)
    return [_line(*row) for row in session.execute(asked.limit(most))]


def replay(session: Session, message_id: str, *, now: datetime, officer: Officer | None = None) -> None:
    """Reads a message again from the first attempt; only one that waits or failed, and it leaves a trace, once."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound(f"no message {message_id}")
    if message.state not in _REPLAYABLE:
        raise Refused(f"{message_id} is {message.state.value}: only a message that waits or failed is run again")
    if (message.state, message.attempt, message.next_try_at) == (MessageState.RECEIVED, 0, None):
        after_commit(session, Job.READ)  # it is due already: asked for twice, or never tried
        return
    before = message.state
    again = {"state": MessageState.RECEIVED, "attempt": 0, "next_try_at": None, "lease_until": None}
    moved = update(Message).where(Message.id == message_id, Message.state == before).values(again).returning(Message.id)
    if session.scalar(moved) is None:
        raise Refused(f"{message_id} was taken up by a worker at this very moment")
    detail = {"before": before.value, "reason": message.reason or ""}
    audit.record(session, audit.Action.MESSAGE_REPLAYED, officer=officer, now=now, subject=message, detail=detail)
    after_commit(session, Job.READ)


def reply_to(session: Session, provider_id: str, office: Office) -> Said:
    """The text that the sender of this message gets, once it has left."""
    found = session.execute(_lines().where(Message.provider_id == provider_id)).first()
    if found is None:
        return Said(False, "absent", reason="no such message")
    message, reference = found
    if message.state in (MessageState.RECEIVED, MessageState.PROCESSING):
        return Said(False, message.state.value, reference, reason=message.reason or "not read yet")
    reply = session.scalar(select(Reply).where(Reply.message_id == message.id))
    if reply is None:
        return Said(True, message.state.value, reference, reason=message.reason or "none is due")
    text = text_of(reply, office) if reply.state in _ARRIVED else None
    return Said(reply.state in _SETTLED, message.state.value, reference, text, reply.reason)
