"""Reading messages: open them and settle them, many together, each in short transactions.

1. turns.claim_next: a lease, and an attempt that is counted before the work; the attempt is also the fence.
2. open_many: the seals, and what is known of the senders. 3. (the caller parses) 4. settle: for each one outcome, one
   prepared reply and `done`, or nothing at all. 5. fail: try again later, or put it where a person sees it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, Update, select, update
from sqlalchemy.orm import Session

from gateway import failpoint
from gateway.casework import desk_entry, duplicates, gathering, known, outcomes, personal_codes, replies, reporters
from gateway.casework.backoff import wait_after
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.known import Known
from gateway.casework.office import Office
from gateway.casework.turns import MOST_ATTEMPTS, Claim
from gateway.errors import LakanaError, Overtaken
from gateway.records import bulk
from gateway.records.codes import Outcome, SenderKind
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from gateway.records.states import MessageState
from gateway.trust import audit
from gateway.trust.audit import Deed
from gateway.vault.current import current
from gateway.vault.seal import open_seal
from parsers.result import Parsed, Problem, ReporterContext, State

_MESSAGES: Table = Message.metadata.tables["messages"]


@dataclass(frozen=True)
class Opened:
    """What came in, readable, and what the parser may know of the sender."""

    claim: Claim
    message: Message
    sender: str
    body: str
    flags: tuple[str, ...]
    known: Known

    @property
    def received_on(self) -> date:
        """The day it came, where the office is."""
        return self.known.received_on

    @property
    def context(self) -> ReporterContext:
        """What the parser is told of the sender."""
        return self.known.context


@dataclass(frozen=True)
class Understood:
    """A message and its meaning, not yet settled."""

    opened: Opened
    parsed: Parsed


def open_many(
    session: Session, claims: Sequence[Claim], office: Office
) -> tuple[list[Opened], list[tuple[Claim, LakanaError]]]:
    """Opens the seals and looks the senders up; writes nothing. What cannot be opened is told apart."""
    ids = [each.message_id for each in claims]
    found = {each.id: each for each in session.scalars(select(Message).where(Message.id.in_(ids)))}
    contents: dict[Claim, dict[str, Any]] = {}
    broken: list[tuple[Claim, LakanaError]] = []
    for claim in claims:
        try:
            contents[claim] = opened(found[claim.message_id])
        except LakanaError as error:
            broken.append((claim, error))
    senders = {claim: _number(found[claim.message_id], content["from"]) for claim, content in contents.items()}
    behind = reporters.find_many(session, [number for number in senders.values() if number])
    about = [(found[claim.message_id], behind.get(number or "")) for claim, number in senders.items()]
    knowledge = zip(contents.items(), about, known.of_many(session, about, office), strict=True)
    return [
        Opened(claim, message, content["from"], content["body"], tuple(content["flags"]), each)
        for (claim, content), (message, _), each in knowledge
    ], broken


def open_message(session: Session, claim: Claim, office: Office) -> Opened:
    """The same for one message; raises what stands in the way."""
    found, broken = open_many(session, [claim], office)
    for _, error in broken:
        raise error
    return found[0]


def opened(message: Message) -> dict[str, Any]:
    """What was sealed at the door: sender, receiver, body, flags and the other fields."""
    if message.sealed is None:
        raise Overtaken("the content of this message was erased")
    content: dict[str, Any] = json.loads(open_seal(current(), message.sealed, bound_to=message.id))
    return content


def settle(session: Session, opened: Opened, parsed: Parsed, *, office: Office, now: datetime) -> None:
    """Writes what became of a message, all of its reports or none; Overtaken when the claim has passed to another."""
    settle_many(session, [Understood(opened, parsed)], office=office, now=now)


def settle_many(session: Session, understood: Sequence[Understood], *, office: Office, now: datetime) -> None:
    """Writes the one outcome of each message; Overtaken, and nothing written, when a claim has passed to another."""
    numbers = [_number(each.opened.message, each.opened.sender) for each in understood]
    behind = reporters.find_or_create_many(session, [number for number in numbers if number], now=now)
    drafts = [_draft(session, each, behind.get(number or "")) for each, number in zip(understood, numbers, strict=True)]
    with session.no_autoflush:
        cases = gathering.cases(session, drafts, office=office, now=now)
        firsts = duplicates.firsts(session, cases)
        settled = [_settle(session, case, firsts.get(case.message.id)) for case in cases]
        _finish(session, [each.opened.claim for each in understood], [values for values, _ in settled])
        bulk.insert_new(session)
    session.flush()
    # Last of all, since other writers of the audit wait from here on.
    audit.record_all(session, [deed for _, deeds in settled for deed in deeds], now=now)
    failpoint.hit("case_before_commit")


def fail(session: Session, claim: Claim, *, reason: str, now: datetime) -> None:
    """Tries again later; after the last attempt a person finds it on the desk."""
    if claim.attempt >= MOST_ATTEMPTS:
        desk_entry.give_up(session, claim.message_id, attempt=claim.attempt, reason=reason, now=now)
        return
    again = {"state": MessageState.RECEIVED, "next_try_at": now + wait_after(claim.attempt), "reason": reason}
    session.execute(_guarded(claim).values(again | {"lease_until": None}))


def flagged(parsed: Parsed, *, body: str, flags: tuple[str, ...]) -> Parsed:
    """What the door noticed about the bytes, and an empty text, are doubts like the parser's own."""
    codes = flags if body.strip() else (*flags, "empty")
    if not codes:
        return parsed
    state: State = "unreadable" if parsed.state == "unreadable" else "check"
    return parsed._replace(state=state, problems=(*parsed.problems, *(Problem(code) for code in codes)))


def _number(message: Message, sender: str) -> str | None:
    """The number of a sender that is a telephone."""
    return sender if message.sender_kind is SenderKind.PHONE else None


def _draft(session: Session, understood: Understood, reporter: Reporter | None) -> gathering.Draft:
    opened = understood.opened
    parsed = flagged(understood.parsed, body=opened.body, flags=opened.flags)
    codes = personal_codes.authors(session, (parsed, *parsed.more), known=opened.known, reporter=reporter)
    return gathering.Draft(opened.message, reporter, parsed, opened.body, replace(opened.known, authors=codes))


def _settle(session: Session, case: Case, first: Message | None) -> tuple[dict[str, Any], list[Deed]]:
    """The outcome of one message: what its row says from now on, and the entries in the audit."""
    if first is not None:
        duplicates.settle(session, case, first)
        return _row(case) | {"state": MessageState.DUPLICATE, "duplicate_of_id": first.id}, _deeds(case, None)
    became = outcomes.reach(session, case)
    failpoint.hit("mid_case")
    if became.wanted is not None:
        replies.prepare(session, case, became.wanted)
    return _row(case) | _done(became), _deeds(case, became)


def _done(became: Became) -> dict[str, Any]:
    return {
        "state": MessageState.DONE,
        "outcome": became.outcome,
        "outcome_id": became.outcome_id,
        "reference": became.reference,
        "parts": 1 + len(became.more),
        "is_training": became.outcome is Outcome.TRAINING,
    }


def _row(case: Case) -> dict[str, Any]:
    """The columns of a message that its reading writes; what was understood before is kept where nothing is new."""
    message = case.message
    return {
        "id": message.id,
        "body_sealed": Message.body.seal(message, case.body),
        "known_sealed": Message.known.seal(message, case.known.as_dict()),
        "kind": case.parsed.kind,
        "language": case.language,
        "edition": case.office.edition,
        "reporter_id": case.reporter.id if case.reporter else None,
        "lease_until": None,
        "next_try_at": None,
        "reason": None,
        "outcome": message.outcome,
        "outcome_id": message.outcome_id,
        "reference": message.reference,
        "duplicate_of_id": message.duplicate_of_id,
        "parts": message.parts,
        "is_training": message.is_training,
    }


def _finish(session: Session, claims: Sequence[Claim], rows: Sequence[dict[str, Any]]) -> None:
    """The fence: only the latest claim may finish."""
    fences = [{"was_state": MessageState.PROCESSING, "was_attempt": claim.attempt} for claim in claims]
    together = [values | fence for values, fence in zip(rows, fences, strict=True)]
    if bulk.update_rows(session, _MESSAGES, together) < len(rows):
        raise Overtaken("another worker has this message by now")


def _deeds(case: Case, became: Became | None) -> list[Deed]:
    """The machine's reading, for the audit: one entry for each report of the message."""
    message = (Message.__tablename__, case.message.id)
    if became is None:
        return [Deed(audit.Action.MESSAGE_READ, subject=message, detail={"as": MessageState.DUPLICATE.value})]
    return [
        # That a message is a complaint is for the conduct unit: the entry is about the complaint, closed to others.
        Deed(
            audit.Action.MESSAGE_READ,
            subject=(Feedback.__tablename__, each.outcome_id)
            if each.outcome is Outcome.FEEDBACK and each.outcome_id is not None
            else message,
            detail={"as": each.outcome.value},
        )
        for each in (became, *became.more)
    ]


def _guarded(claim: Claim) -> Update:
    mine = (Message.state == MessageState.PROCESSING) & (Message.attempt == claim.attempt)
    statement = update(Message).where(Message.id == claim.message_id, mine).returning(Message.id)
    return statement.execution_options(synchronize_session=False)
