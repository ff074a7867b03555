"""Reading stored messages again with today's vocabulary: what would differ, and writing it, with the history kept.

1. due: the messages that another vocabulary read last, the oldest first. 2. look: parse again with what was known at
the first reading, and compare; writes nothing. 3. again: the same under lock, and written. Nobody is texted.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from gateway.casework import known, reading, readings, rewriting, several, stored
from gateway.casework.cursor import Cursor
from gateway.casework.differences import Difference, compare
from gateway.casework.fates import Again, Fate, judge, judge_apart
from gateway.casework.office import Office
from gateway.casework.rewriting import Rewriting
from gateway.casework.stored import Stored
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import Outcome
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from gateway.records.states import MessageState
from gateway.trust import audit
from parsers.result import Parsed

PAGE = 200
# The parser for a message that took so many attempts to read.
ParserFor = Callable[[int], Callable[..., Parsed]]


@dataclass(frozen=True)
class Reread:
    """One report that was read again: names and codes, never a word of it."""

    message_id: str
    reference: str | None
    fate: Fate
    difference: Difference
    is_reconstructed: bool
    has_suggestion: bool = False
    reports: tuple[int, int] | None = None
    """How many reports were read in it and how many are today, where that differs."""


@dataclass(frozen=True)
class Read:
    """A message as it is read today, with what was known of its sender then."""

    parsed: Parsed
    body: str
    known: known.Known


def due(session: Session, office: Office, *, since: datetime | None, after: Cursor | None) -> list[Message]:
    """The next messages to read again; complaints are not among them: nothing of them is read."""
    asked = select(Message).where(*_conditions(office, since)).order_by(Message.received_at, Message.id).limit(PAGE)
    if after is not None:
        asked = asked.where(after.newer_than(Message.received_at, Message.id))
    return list(session.scalars(asked))


def count_due(session: Session, office: Office, *, since: datetime | None) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(Message).where(*_conditions(office, since))) or 0


def look(
    session: Session, found: Sequence[Stored], office: Office, *, parser_for: ParserFor, now: datetime
) -> list[Reread]:
    """What today's reading would change in each report of this message; writes nothing."""
    return [_told(read, fate) for read, fate in _judged(session, found, office, parser_for=parser_for, now=now)]


def again(session: Session, message_id: str, office: Office, *, parser_for: ParserFor, now: datetime) -> list[Reread]:
    """Reads one message again and writes what follows; nothing when another run or a person was faster."""
    message = _hold(session, message_id)
    if not _is_due(message, office):
        return []
    [found] = stored.load(session, [message])
    told = []
    for read, fate in _judged(session, found, office, parser_for=parser_for, now=now):
        if fate is not Fate.KEPT:
            readings.overtake(session, message.id, read.stored.part)
        told.append(_told(read, fate))
        rewriting.write(session, Rewriting(read, fate, told[-1].is_reconstructed, office, now))
    message.compared_with = office.edition
    return told


def mark_unchanged(session: Session, message_ids: Iterable[str], office: Office) -> None:
    """These say the same today: the next run passes them over."""
    same = (Message.state == MessageState.DONE) & Message.id.in_(list(message_ids))
    session.execute(update(Message).where(same).values(compared_with=office.edition))


def note_run(session: Session, office: Office, *, since: datetime | None, is_applied: bool, now: datetime) -> None:
    """That messages are opened and read again is written down before the first is."""
    detail = {"edition": office.edition, "applied": is_applied, "since": since.isoformat() if since else None}
    audit.record(session, audit.Action.REREAD_STARTED, officer=None, now=now, detail=detail)


def _conditions(office: Office, since: datetime | None) -> list[ColumnElement[bool]]:
    read_by = func.coalesce(Message.compared_with, Message.edition)
    conditions = [
        Message.state == MessageState.DONE,
        Message.outcome != Outcome.FEEDBACK,
        or_(Message.body_sealed.is_not(None), Message.sealed.is_not(None)),
        or_(read_by.is_(None), read_by != office.edition),
    ]
    return [*conditions, Message.received_at >= since] if since is not None else conditions


def _is_due(message: Message, office: Office) -> bool:
    """The same conditions, for a row that is held."""
    is_read = message.state is MessageState.DONE and message.outcome is not Outcome.FEEDBACK
    has_text = message.body_sealed is not None or message.sealed is not None
    return is_read and has_text and (message.compared_with or message.edition) != office.edition


def _hold(session: Session, message_id: str) -> Message:
    """Alert first, message second: the order in which officers change them."""
    beside = select(Answer.alert_id).where(Answer.message_id == message_id)
    theirs = or_(Alert.message_id == message_id, Alert.id.in_(beside))
    session.execute(select(Alert).where(theirs).order_by(Alert.id).with_for_update(key_share=True)).all()
    return session.get_one(Message, message_id, with_for_update={"key_share": True})


def _judged(
    session: Session, found: Sequence[Stored], office: Office, *, parser_for: ParserFor, now: datetime
) -> list[tuple[Again, Fate]]:
    """Each report with its fate; where today's reading finds another number of them, the message has one fate."""
    read = _again(session, found[0].message, office, parser_for)
    reports = several.apart(read.parsed, read.known)
    if len(reports) == len(found):
        pairs = [_of_report(read, each, report) for each, report in zip(found, reports, strict=True)]
        # What left no row beside others is with the conduct unit, or was a word of command.
        judged = [(each, judge(session, each, now=now)) for each in pairs if each.stored.row or len(found) == 1]
        return judged or [(pairs[0], Fate.UNCHANGED)]
    first = replace(_of_report(read, found[0], reports[0]), apart=tuple(reports))
    fate = judge_apart(session, first, now=now) if len(found) == 1 else Fate.KEPT
    return [(first, fate)]


def _of_report(read: Read, found: Stored, report: Parsed) -> Again:
    # As it would come back out of the database, or lists and tuples would differ.
    today: dict[str, Any] = json.loads(json.dumps(report.as_dict()))
    difference = compare(found.reading(read.known), today)
    return Again(found, several.known_of(read.known, found.part), report, read.body, today, difference)


def _again(session: Session, message: Message, office: Office, parser_for: ParserFor) -> Read:
    kept: dict[str, Any] = {"body": message.body, "flags": ()}
    content = reading.opened(message) if message.sealed is not None else kept
    body = str(content["body"])
    then = _known(session, message, office)
    parsed = parser_for(message.attempt)(
        body, received_on=then.received_on, reporter=then.context, codebook=office.codebook_folder
    )
    return Read(reading.flagged(parsed, body=body, flags=tuple(content["flags"])), body, then)


def _known(session: Session, message: Message, office: Office) -> known.Known:
    """As it was kept; of messages read before it was, what can be pieced together today."""
    if message.known is not None:
        return known.kept(message.known)
    reporter = session.get(Reporter, message.reporter_id) if message.reporter_id else None
    return known.of(session, message, reporter, office)


def _told(again: Again, fate: Fate) -> Reread:
    message, row = again.stored.message, again.stored.row
    return Reread(
        message_id=message.id,
        reference=message.reference if again.stored.part == 1 or row is None else row.reference,
        fate=fate,
        difference=again.difference,
        is_reconstructed=message.known_sealed is None,
        has_suggestion=isinstance(row, Alert) and row.has_reading_waiting,
        reports=(message.parts, len(again.apart)) if again.apart else None,
    )
