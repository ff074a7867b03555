"""The same words again from the same phone: stored, answered like the first time, and no second report."""

from collections.abc import Sequence
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


def firsts(session: Session, cases: Sequence[Case]) -> dict[str, Message]:
    """The message that each of these repeats to the letter, by the id of the repeat; no two of them are alike."""
    for case in cases:
        if case.reporter is None:
            _wait_in_turn(session, case.message)
    earliest = min(case.message.received_at for case in cases)
    alike = (
        select(Message)
        .where(Message.digest.in_([case.message.digest for case in cases]))
        .where(Message.state == MessageState.DONE, Message.outcome.in_(_REPEATABLE))
        .where(Message.received_at > earliest - WITHIN)
        .order_by(Message.received_at)
    )
    before = session.scalars(alike).all()
    found = {case.message.id: _first(case.message, before) for case in cases}
    return {message_id: first for message_id, first in found.items() if first is not None}


def _first(message: Message, before: Sequence[Message]) -> Message | None:
    since = message.received_at - WITHIN
    same = (each for each in before if each.digest == message.digest and each.id != message.id)
    return next((each for each in same if each.received_at > since), None)


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
