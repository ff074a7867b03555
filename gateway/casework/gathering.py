"""What the outcomes of several messages depend on, asked of the database once for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from gateway.casework import references, replies
from gateway.casework.case import Case
from gateway.casework.known import Known
from gateway.casework.office import Office
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from parsers.result import Parsed


@dataclass(frozen=True)
class Draft:
    """A message and what is known before anything is asked."""

    message: Message
    reporter: Reporter | None
    parsed: Parsed
    body: str
    known: Known
    part: int = 1


def cases(session: Session, drafts: Sequence[Draft], *, office: Office, now: datetime) -> list[Case]:
    """The cases of these messages."""
    drawn = iter(references.fresh_many(session, sum(1 + len(each.parsed.more) for each in drafts)))
    said = replies.said_lately(session, [each.reporter.id for each in drafts if each.reporter], now=now)
    return [
        Case(
            **vars(each),
            # The one its sender was told, if it was read before.
            reference=(each.message.reference if each.part == 1 else None) or next(drawn),
            further=tuple(islice(drawn, len(each.parsed.more))),
            said=tuple(said.get(each.reporter.id, ())) if each.reporter else (),
            office=office,
            now=now,
        )
        for each in drafts
    ]
