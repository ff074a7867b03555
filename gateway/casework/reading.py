"""Reading a message: claim it, open it, and settle it, each in its own short transaction.

1. claim: a lease, and an attempt that is counted before the work; the attempt is also the fence.
2. open_message: the seal, and what is known of the sender. 3. (the caller parses) 4. settle: one outcome, one
   prepared reply and `done` together, or nothing. 5. fail: try again later, or put it where a person sees it.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Update, or_, update
from sqlalchemy.orm import Session

from gateway import failpoint
from gateway.casework import desk_entry, duplicates, known, outcomes, personal_codes, replies, reporters
from gateway.casework.backoff import wait_after
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.known import Known
from gateway.casework.office import Office
from gateway.errors import Overtaken
from gateway.records.codes import Outcome, SenderKind
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.records.record import Record
from gateway.records.reporter import Reporter
from gateway.records.states import MessageState
from gateway.trust import audit
from gateway.vault.current import current
from gateway.vault.seal import open_seal
from parsers.result import Parsed, Problem, ReporterContext, State

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 5


@dataclass(frozen=True)
class Claim:
    """The right to settle one message, as long as nobody claimed it after us."""

    message_id: str
    attempt: int


@dataclass(frozen=True)
class Opened:
    """What came in, readable, and what the parser may know of the sender."""

    claim: Claim
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


def claim(session: Session, message_id: str, *, now: datetime) -> Claim | None:
    """Takes a message that waits, or whose worker was never heard of again; None when there is nothing to do."""
    waits = (Message.state == MessageState.RECEIVED) & or_(Message.next_try_at.is_(None), Message.next_try_at <= now)
    abandoned = (Message.state == MessageState.PROCESSING) & (Message.lease_until < now)
    attempt = session.scalar(
        update(Message)
        .where(Message.id == message_id, Message.attempt < MOST_ATTEMPTS, or_(waits, abandoned))
        .values(state=MessageState.PROCESSING, attempt=Message.attempt + 1, lease_until=now + LEASE)
        .returning(Message.attempt)
        .execution_options(synchronize_session=False)
    )
    return Claim(message_id, attempt) if attempt is not None else None


def open_message(session: Session, claim: Claim, office: Office) -> Opened:
    """Opens the seal and looks the sender up; writes nothing."""
    message = session.get_one(Message, claim.message_id)
    content = opened(message)
    reporter = _known(session, message, content["from"])
    return Opened(
        claim=claim,
        sender=content["from"],
        body=content["body"],
        flags=tuple(content["flags"]),
        known=known.of(session, message, reporter, office),
    )


def opened(message: Message) -> dict[str, Any]:
    """What was sealed at the door: sender, receiver, body, flags and the other fields."""
    if message.sealed is None:
        raise Overtaken("the content of this message was erased")
    content: dict[str, Any] = json.loads(open_seal(current(), message.sealed, bound_to=message.id))
    return content


def settle(session: Session, opened: Opened, parsed: Parsed, *, office: Office, now: datetime) -> None:
    """Writes what became of a message, all of its reports or none; Overtaken when the claim has passed to another."""
    message = session.get_one(Message, opened.claim.message_id)
    if (message.state, message.attempt) != (MessageState.PROCESSING, opened.claim.attempt):
        raise Overtaken("another worker has this message by now")
    is_phone = message.sender_kind is SenderKind.PHONE
    reporter = reporters.find_or_create(session, opened.sender, now=now) if is_phone else None
    parsed = flagged(parsed, body=opened.body, flags=opened.flags)
    codes = personal_codes.authors(session, (parsed, *parsed.more), known=opened.known, reporter=reporter)
    case = Case(
        message=message,
        reporter=reporter,
        parsed=parsed,
        body=opened.body,
        known=replace(opened.known, authors=codes),
        office=office,
        now=now,
    )
    became, first = None, duplicates.first_of(session, case)
    if first is not None:
        duplicates.settle(session, case, first)
        _finish(session, opened.claim, case, {"state": MessageState.DUPLICATE, "duplicate_of_id": first.id})
    else:
        became = outcomes.reach(session, case)
        failpoint.hit("mid_case")
        if became.wanted is not None:
            replies.prepare(session, case, became.wanted)
        _finish(session, opened.claim, case, _done(became))
    _note(session, case, became)
    failpoint.hit("case_before_commit")


def fail(session: Session, claim: Claim, *, reason: str, now: datetime) -> None:
    """Tries again later; after the last attempt a person finds it on the desk."""
    if claim.attempt >= MOST_ATTEMPTS:
        desk_entry.give_up(session, claim.message_id, attempt=claim.attempt, reason=reason, now=now)
        return
    again = {"state": MessageState.RECEIVED, "next_try_at": now + wait_after(claim.attempt), "reason": reason}
    session.execute(_guarded(claim).values(again | {"lease_until": None}))


def _known(session: Session, message: Message, sender: str) -> Reporter | None:
    return reporters.find(session, sender) if message.sender_kind is SenderKind.PHONE else None


def flagged(parsed: Parsed, *, body: str, flags: tuple[str, ...]) -> Parsed:
    """What the door noticed about the bytes, and an empty text, are doubts like the parser's own."""
    codes = flags if body.strip() else (*flags, "empty")
    if not codes:
        return parsed
    state: State = "unreadable" if parsed.state == "unreadable" else "check"
    return parsed._replace(state=state, problems=(*parsed.problems, *(Problem(code) for code in codes)))


def _done(became: Became) -> dict[str, Any]:
    return {
        "state": MessageState.DONE,
        "outcome": became.outcome,
        "outcome_id": became.outcome_id,
        "reference": became.reference,
        "parts": 1 + len(became.more),
        "is_training": became.outcome is Outcome.TRAINING,
    }


def _finish(session: Session, claim: Claim, case: Case, values: dict[str, Any]) -> None:
    """The fence: only the latest claim may finish."""
    case.message.body = case.body
    case.message.known = case.known.as_dict()
    session.flush()
    values |= {
        "kind": case.parsed.kind,
        "language": case.language,
        "edition": case.office.edition,
        "reporter_id": case.reporter.id if case.reporter else None,
        "lease_until": None,
        "next_try_at": None,
        "reason": None,
    }
    if session.scalar(_guarded(claim).values(values)) is None:
        raise Overtaken("another worker has this message by now")


def _note(session: Session, case: Case, became: Became | None) -> None:
    """The machine's reading in the audit: last of all, since other writers of the audit wait from here on."""
    if became is None:
        _audit(session, case, case.message, MessageState.DUPLICATE.value)
        return
    for each in (became, *became.more):
        # That a message is a complaint is for the conduct unit: the entry is about the complaint, closed to others.
        complaint = session.get(Feedback, each.outcome_id) if each.outcome is Outcome.FEEDBACK else None
        _audit(session, case, complaint or case.message, each.outcome.value)


def _audit(session: Session, case: Case, subject: Record, taken_as: str) -> None:
    detail = {"as": taken_as}
    audit.record(session, audit.Action.MESSAGE_READ, officer=None, now=case.now, subject=subject, detail=detail)


def _guarded(claim: Claim) -> Update:
    mine = (Message.state == MessageState.PROCESSING) & (Message.attempt == claim.attempt)
    statement = update(Message).where(Message.id == claim.message_id, mine).returning(Message.id)
    return statement.execution_options(synchronize_session=False)
