"""Reading a message: claim it, open it, and settle it, each in its own short transaction.

1. claim: a lease, and an attempt that is counted before the work; the attempt is also the fence.
2. open_message: the seal, and what is known of the sender. 3. (the caller parses) 4. settle: one outcome, one
   prepared reply and `done` together, or nothing. 5. fail: try again later, or put it where a person sees it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Update, or_, update
from sqlalchemy.orm import Session

from gateway import failpoint
from gateway.casework import asking, desk_entry, duplicates, outcomes, replies, reporters
from gateway.casework.backoff import wait_after
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.office import Office
from gateway.errors import Overtaken
from gateway.records.codes import Outcome, SenderKind
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from gateway.records.states import MessageState
from gateway.vault.current import current
from gateway.vault.seal import open_seal
from parsers.result import Parsed, Problem, ReporterContext, State

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 5
_SPOKEN: Mapping[str, Literal["fr", "en"]] = {"fr": "fr", "en": "en"}


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
    received_on: date
    context: ReporterContext
    asked_reference: str | None


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
    asked = asking.last_question(session, reporter, before=message.received_at) if reporter else None
    return Opened(
        claim=claim,
        sender=content["from"],
        body=content["body"],
        flags=tuple(content["flags"]),
        received_on=message.received_at.astimezone(office.timezone).date(),
        context=ReporterContext(
            language=_SPOKEN.get(reporter.language or "") if reporter else None,
            area=reporter.area if reporter else None,
            project=reporter.project if reporter else None,
            asked=(asked.form, asked.field) if asked else None,
        ),
        asked_reference=asked.reference if asked and asked.field else None,
    )


def opened(message: Message) -> dict[str, Any]:
    """What was sealed at the door: sender, receiver, body, flags and the other fields."""
    if message.sealed is None:
        raise Overtaken("the content of this message was erased")
    content: dict[str, Any] = json.loads(open_seal(current(), message.sealed, bound_to=message.id))
    return content


def settle(session: Session, opened: Opened, parsed: Parsed, *, office: Office, now: datetime) -> None:
    """Writes the one outcome of a message; Overtaken, and nothing written, when the claim has passed to another."""
    message = session.get_one(Message, opened.claim.message_id)
    if (message.state, message.attempt) != (MessageState.PROCESSING, opened.claim.attempt):
        raise Overtaken("another worker has this message by now")
    is_phone = message.sender_kind is SenderKind.PHONE
    reporter = reporters.find_or_create(session, opened.sender, now=now) if is_phone else None
    case = Case(
        message=message,
        reporter=reporter,
        parsed=_flagged(parsed, opened),
        body=opened.body,
        asked_reference=opened.asked_reference,
        office=office,
        now=now,
    )
    first = duplicates.first_of(session, case)
    if first is not None:
        duplicates.settle(session, case, first)
        _finish(session, opened.claim, case, {"state": MessageState.DUPLICATE, "duplicate_of_id": first.id})
    else:
        became = outcomes.reach(session, case)
        failpoint.hit("mid_case")
        if became.wanted is not None:
            replies.prepare(session, case, became.wanted)
        _finish(session, opened.claim, case, _done(became))
    failpoint.hit("case_before_commit")


def fail(session: Session, claim: Claim, *, reason: str, now: datetime) -> None:
    """Tries again later; after the last attempt a person finds it on the desk."""
    if claim.attempt >= MOST_ATTEMPTS:
        desk_entry.give_up(session, claim.message_id, attempt=claim.attempt, reason=reason)
        return
    again = {"state": MessageState.RECEIVED, "next_try_at": now + wait_after(claim.attempt), "reason": reason}
    session.execute(_guarded(claim).values(again | {"lease_until": None}))


def _known(session: Session, message: Message, sender: str) -> Reporter | None:
    return reporters.find(session, sender) if message.sender_kind is SenderKind.PHONE else None


def _flagged(parsed: Parsed, opened: Opened) -> Parsed:
    """What the door noticed about the bytes, and an empty text, are doubts like the parser's own."""
    codes = opened.flags if opened.body.strip() else (*opened.flags, "empty")
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
        "is_training": became.outcome is Outcome.TRAINING,
    }


def _finish(session: Session, claim: Claim, case: Case, values: dict[str, Any]) -> None:
    """The fence: only the latest claim may finish."""
    case.message.body = case.body
    session.flush()
    values |= {
        "kind": case.parsed.kind,
        "language": case.language,
        "reporter_id": case.reporter.id if case.reporter else None,
        "lease_until": None,
        "next_try_at": None,
        "reason": None,
    }
    if session.scalar(_guarded(claim).values(values)) is None:
        raise Overtaken("another worker has this message by now")


def _guarded(claim: Claim) -> Update:
    mine = (Message.state == MessageState.PROCESSING) & (Message.attempt == claim.attempt)
    statement = update(Message).where(Message.id == claim.message_id, mine).returning(Message.id)
    return statement.execution_options(synchronize_session=False)
