"""What a message became: the row that holds its reading, and the reading itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework.known import Known
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import Outcome
from gateway.records.message import Message
from gateway.records.response import Response

Row = Alert | Response | Answer
_HOLDS: dict[Outcome, type[Row]] = {
    Outcome.ALERT: Alert,
    Outcome.READING: Alert,
    Outcome.RESPONSE: Response,
    Outcome.ANSWER: Answer,
}


@dataclass(frozen=True)
class Stored:
    """A message and its row; words of command, network texts and exercises left none."""

    message: Message
    row: Row | None

    def reading(self, known: Known) -> dict[str, Any]:
        """The parse object as it is kept; without one, the kind, and that the message itself said it was a test."""
        kept: dict[str, Any] | None = self.row.parsed if self.row is not None else None
        if kept is not None:
            return kept
        is_test = self.message.is_training and not known.is_training
        return {"kind": self.message.kind} | ({"test": True} if is_test else {})


def load(session: Session, messages: Sequence[Message]) -> list[Stored]:
    """The rows of many messages, with one query for each kind of row."""
    rows: dict[str | None, Row] = {}
    for kind in (Alert, Response, Answer):
        ids = [each.id for each in messages if each.outcome in _HOLDS and _HOLDS[each.outcome] is kind]
        if ids:
            found: Iterable[Row] = session.scalars(select(kind).where(kind.message_id.in_(ids)))
            rows |= {row.message_id: row for row in found}
    return [Stored(message, rows.get(message.id)) for message in messages]
