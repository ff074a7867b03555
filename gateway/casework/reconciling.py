"""Comparing a provider's own log with the inbox: what never reached us is taken in, what it never sent is an alarm.

The log is read by the caller, a page at a time, while no transaction is open. What came to the provider in the last
minutes may still be on its way here; what came to us in the last minutes may not stand in its log yet.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from gateway.casework import intake
from gateway.casework.intake import Arrival
from gateway.channels.contract import Inbound, LoggedRecording
from gateway.records.codes import MessageSource
from gateway.records.message import Message
from gateway.records.reconciliation import Reconciliation
from gateway.records.self_test import SelfTest
from gateway.records.states import MessageState
from gateway.trust import audit
from gateway.vault.keyring import InboxKeys

ON_ITS_WAY = timedelta(minutes=2)
NOT_LISTED_YET = timedelta(minutes=10)
CLOCKS_APART = timedelta(hours=1)
DOUBTED = "not_in_log"


class Result(StrEnum):
    """What a comparison ended with; the later in this list, the more it asks for a person."""

    EQUAL = "equal"
    MISSING = "missing"
    EXTRA = "extra"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Unlisted:
    """A message of ours that the provider's list does not have."""

    message_id: str
    provider_id: str


def absent(session: Session, listed: Sequence[Inbound], *, now: datetime) -> list[Inbound]:
    """Those that the inbox does not have, and that are not on their way at this moment; each once."""
    wanted = {each.provider_id: each for each in listed if not each.sent_at or each.sent_at < now - ON_ITS_WAY}
    known = _known(session, {each.channel for each in listed}, wanted)
    return [each for provider_id, each in wanted.items() if provider_id not in known]


def without_call(session: Session, recordings: Iterable[LoggedRecording], voice_channel: str) -> list[LoggedRecording]:
    """Recordings of calls that the inbox does not have."""
    found = list(recordings)
    known = _known(session, {voice_channel}, {each.call_id for each in found})
    return [each for each in found if each.call_id not in known]


def latest(session: Session) -> list[Reconciliation]:
    """The latest comparison with the log of each provider that answered."""
    answered = Reconciliation.result != Result.UNREACHABLE
    last = select(Reconciliation.provider, func.max(Reconciliation.at)).where(answered)
    chosen = tuple_(Reconciliation.provider, Reconciliation.at).in_(last.group_by(Reconciliation.provider))
    return list(session.scalars(select(Reconciliation).where(answered, chosen)))


def unlisted(
    session: Session, channel: str, listed: Collection[str], *, since: datetime, now: datetime
) -> list[Unlisted]:
    """What came through this channel and does not stand in the provider's list."""
    is_our_own = exists().where(SelfTest.channel == Message.channel, SelfTest.provider_id == Message.provider_id)
    chosen = (
        select(Message.id, Message.provider_id)
        .where(Message.channel == channel, Message.source.in_((MessageSource.PROVIDER, MessageSource.SPOOL)))
        .where(Message.state != MessageState.QUARANTINED)  # kept apart already, and told of
        .where(~is_our_own)
        .where(Message.received_at >= since, Message.received_at < now - NOT_LISTED_YET)
        .order_by(Message.received_at)
        .execution_options(yield_per=1000)
    )
    return [Unlisted(*row) for row in session.execute(chosen) if row.provider_id not in listed]


def take_in(session: Session, missing: Sequence[Inbound], *, keys: InboxKeys, now: datetime) -> int:
    """Stores what never reached us; how many were not there by now."""
    rows = [intake.prepare(each, keys=keys, now=now) for each in missing]
    received = intake.store(session, rows)
    count = sum(each.arrival is Arrival.STORED for each in received)
    if count:
        lost = sum(each.source is MessageSource.LOST for each in missing)
        detail = {"count": count, "lost": lost}
        audit.record(session, audit.Action.RECONCILED, officer=None, now=now, detail=detail)
    return count


def with_recordings(calls: Iterable[Inbound], recordings: Sequence[LoggedRecording]) -> list[Inbound]:
    """Calls that name what was recorded in them, so that it can be fetched."""
    return [
        replace(
            call,
            fields=tuple(("RecordingSid", each.provider_id) for each in recordings if each.call_id == call.provider_id),
        )
        for call in calls
    ]


def doubt(session: Session, extra: Sequence[Unlisted], *, now: datetime) -> int:
    """The provider never sent these: somebody has its secret. Each is marked and told of once; how many are new."""
    new = 0
    for each in extra:
        unmarked = (Message.id == each.message_id) & or_(Message.reason.is_(None), Message.reason != DOUBTED)
        marked = update(Message).where(unmarked).values(reason=DOUBTED).returning(Message.id)
        if session.scalar(marked.execution_options(synchronize_session=False)) is None:
            continue
        new += 1
        message = session.get_one(Message, each.message_id)
        audit.record(session, audit.Action.MESSAGE_DOUBTED, officer=None, now=now, subject=message)
    return new


def doubted(session: Session) -> int:
    """How many messages the provider does not know."""
    return session.scalar(select(func.count()).where(Message.reason == DOUBTED)) or 0


def last(session: Session, provider: str, *, is_answered: bool = False) -> Reconciliation | None:
    """The latest comparison with this provider's log; or the latest that it answered."""
    chosen = select(Reconciliation).where(Reconciliation.provider == provider)
    if is_answered:
        chosen = chosen.where(Reconciliation.result != Result.UNREACHABLE)
    return session.scalar(chosen.order_by(Reconciliation.at.desc()).limit(1))


def _known(session: Session, channels: Collection[str], provider_ids: Iterable[str]) -> set[str]:
    theirs = Message.channel.in_(channels) & Message.provider_id.in_(list(provider_ids))
    return set(session.scalars(select(Message.provider_id).where(theirs)))
