"""Later messages as they are shown: as each came, what it says of the fields, and how it was read again since."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import reading, readings
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.message import Message
from gateway.records.reading import Reading
from gateway.records.response import Response
from gateway.records.states import MessageState


@dataclass(frozen=True, slots=True)
class Later:
    """A later message."""

    answer: Answer
    text: str
    values: dict[str, Any]
    readings: tuple[Reading, ...]


def told(session: Session, answers: Sequence[Answer], said: Callable[[Answer], dict[str, Any]]) -> list[Later]:
    """These messages with their words, in two queries for all of them."""
    ids = [answer.message_id for answer in answers]
    messages = {each.id: each for each in session.scalars(select(Message).where(Message.id.in_(ids)))}
    newer = readings.of_message(session, ids) if ids else {}
    return [
        Later(each, text_of(messages.get(each.message_id), each), said(each), tuple(newer.get(each.message_id, ())))
        for each in answers
    ]


def deciders(later: Iterable[Later]) -> set[str]:
    """Who accepted them or set them aside."""
    return {each.answer.decided_by_id for each in later if each.answer.decided_by_id}


def text_of(message: Message | None, told: Alert | Answer | Response | None = None) -> str:
    """As it came; of several reports in one message the words of this one; else what was sealed at the door."""
    if message is None or message.state is MessageState.ERASED:
        return ""
    if message.parts > 1 and told is not None and told.parsed is not None:
        return str(told.parsed["text"])
    if message.body is not None:
        return message.body
    return str(reading.opened(message)["body"]) if message.sealed else ""
