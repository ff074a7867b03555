"""The same words again from the same phone: stored, answered like the first time, and no second report."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import replies
from gateway.casework.case import Case
from gateway.casework.replies import Wanted
from gateway.records.codes import Outcome
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState
from gateway.texts.catalogue import ReplyKind

WITHIN = timedelta(days=7)
# A word of command means the same each time it is said; network texts get no answer anyway.
_REPEATABLE = tuple(outcome for outcome in Outcome if outcome not in (Outcome.COMMAND, Outcome.NETWORK))


def first_of(session: Session, case: Case) -> Message | None:
    """The message that this one repeats to the letter."""
    message = case.message
    if case.reporter is None:
        _wait_in_turn(session, message)
    return session.scalar(
        select(Message)
        .where(Message.digest == message.digest, Message.id != message.id)
        .where(Message.state == MessageState.DONE, Message.outcome.in_(_REPEATABLE))
        .where(Message.received_at > message.received_at - WITHIN)
        .order_by(Message.received_at)
        .limit(1)
    )


def _wait_in_turn(session: Session, message: Message) -> None:
    """Without a reporter, whose row is held, the same words are settled in turn by holding their earliest row."""
    earliest = select(Message.id).where(Message.digest == message.digest).order_by(Message.received_at, Message.id)
    session.execute(earliest.limit(1).with_for_update(key_share=True))


def settle(session: Session, case: Case, first: Message) -> None:
    """The same reply as the first time, with the same reference."""
    said = session.scalar(select(Reply).where(Reply.message_id == first.id).limit(1))
    if said is not None:
        # The number to call is told once.
        once = said.kind == ReplyKind.COMPLAINT_NUMBER
        kind = ReplyKind.COMPLAINT if once else ReplyKind(said.kind)
        replies.prepare(session, case, Wanted(kind, said.reference, tuple(said.fields), said.language))
