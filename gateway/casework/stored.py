"""What a message became: the row that holds its reading, and the reading itself."""

from collections.abc import Iterable, Mapping, Sequence
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
    """A report of a message and its row; words of command, network texts and exercises left none."""

    message: Message
    row: Row | None
    part: int = 1

    def reading(self, known: Known) -> dict[str, Any]:
        """The parse object as it is kept; without one, the kind, and that the message itself said it was a test."""
        kept: dict[str, Any] | None = self.row.parsed if self.row is not None else None
        if kept is not None:
            return kept
        is_test = self.message.is_training and not known.is_training
        return {"kind": self.message.kind} | ({"test": True} if is_test else {})


def load(session: Session, messages: Sequence[Message]) -> list[list[Stored]]:
    """The reports of many messages, with one query for each kind of row."""
    rows: dict[tuple[type[Row], str | None, int], Row] = {}
    for kind in (Alert, Response, Answer):
        ids = [each.id for each in messages if _may_have(each, kind)]
        if ids:
            found: Iterable[Row] = session.scalars(select(kind).where(kind.message_id.in_(ids)))
            rows |= {(kind, row.message_id, row.part): row for row in found}
    return [[_stored(each, part, rows) for part in range(1, each.parts + 1)] for each in messages]


def _may_have(message: Message, kind: type[Row]) -> bool:
    is_first = message.outcome in _HOLDS and _HOLDS[message.outcome] is kind
    return is_first or message.parts > 1


def _stored(message: Message, part: int, rows: Mapping[tuple[type[Row], str | None, int], Row]) -> Stored:
    """The first report has the row that the message became; another the one it has, on the desk before elsewhere."""
    holds = _HOLDS.get(message.outcome) if message.outcome and part == 1 else None
    kinds: Iterable[type[Row]] = (holds,) if holds else () if part == 1 else (Alert, Response, Answer)
    found = (rows.get((kind, message.id, part)) for kind in kinds)
    return Stored(message, next((row for row in found if row is not None), None), part)
