"""Taking a message in: sealed for the worker, stored once, understood later.

1. prepare: seal and number the row; no database yet. 2. store: one INSERT that a repeat cannot double.
3. after the commit: ring the bell. The public process holds no key that opens what it stored.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Insert, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gateway import codebook, failpoint
from gateway.channels.contract import Inbound, Part
from gateway.dispatch import Job, after_commit
from gateway.records.codes import MessageSource, SenderKind
from gateway.records.ids import new_id
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.blind import content_digest, lane
from gateway.vault.keyring import InboxKeys
from gateway.vault.seal import seal
from parsers.urgency import calls_for_help

_MESSAGES: Table = Message.metadata.tables["messages"]
_KEY = (_MESSAGES.c.channel, _MESSAGES.c.account, _MESSAGES.c.provider_id)
_DIALECTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
CONFLICT = "sid_conflict"
MOST_PARTS = 255  # what the header of the network has room for
_INSERTS: dict[str, Insert] = {}


class Arrival(StrEnum):
    """What became of a message at the door."""

    STORED = "stored"
    REPEATED = "repeated"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Received:
    """The row of a message and what became of it; the provider gets the same answer for all three."""

    message_id: str
    arrival: Arrival
    reason: str | None = None


@dataclass(frozen=True)
class Row:
    """A row of the inbox, ready to be stored."""

    id: str
    channel: str
    account: str
    provider_id: str
    our_number: str
    sender_kind: SenderKind
    sealed: bytes
    digest: bytes
    segments: int
    lane: int
    urgency: int
    received_at: datetime
    state: MessageState
    reason: str | None
    attempt: int = 0
    is_training: bool = False
    source: str = MessageSource.PROVIDER.value
    sent_at: datetime | None = None
    part_key: bytes | None = None
    part_number: int | None = None
    part_total: int | None = None
    parts_missing: tuple[str, ...] | None = None
    continues_id: str | None = None


def receive(session: Session, inbound: Inbound, *, keys: InboxKeys, now: datetime) -> Received:
    """Takes one message in."""
    return store(session, [prepare(inbound, keys=keys, now=now)])[0]


def prepare(inbound: Inbound, *, keys: InboxKeys, now: datetime) -> Row:
    """Seals the message for its own new row."""
    row_id = new_id()
    digest = content_digest(keys, _content(inbound))
    part = _part_of(inbound, keys)
    state = MessageState.WAITING_PARTS if part else MessageState.RECEIVED
    return Row(
        id=row_id,
        channel=inbound.channel,
        account=inbound.account,
        provider_id=inbound.provider_id or f"q-{digest.hex()}",
        our_number=inbound.our_number,
        sender_kind=inbound.sender_kind,
        sealed=seal(keys, _sealed_text(inbound), bound_to=row_id),
        digest=digest,
        segments=inbound.segments,
        lane=lane(keys, inbound.sender),
        urgency=int(calls_for_help(inbound.body, codebook.book())),
        received_at=now,
        state=MessageState.QUARANTINED if inbound.quarantine else state,
        reason=inbound.quarantine,
        source=inbound.source.value,
        sent_at=inbound.sent_at,
        **part,
    )


def _part_of(inbound: Inbound, keys: InboxKeys) -> dict[str, Any]:
    """What finds the other pieces again; nothing for a whole message, or under a header that no phone writes."""
    of_whom = [inbound.channel, inbound.account, inbound.sender, inbound.our_number]
    if inbound.quarantine or not (has_header(inbound.part) or inbound.is_unjoined):
        return {}
    if inbound.part is None:
        return {"part_key": content_digest(keys, json.dumps(["pieces", *of_whom]).encode("ascii"))}
    named = json.dumps(["parts", *of_whom, inbound.part.reference, inbound.part.total])
    key = content_digest(keys, named.encode("ascii"))
    return {"part_key": key, "part_number": inbound.part.number, "part_total": inbound.part.total}


def has_header(part: Part | None) -> bool:
    """Whether a header is one that a phone may write for one of several parts."""
    return part is not None and 2 <= part.total <= MOST_PARTS and 1 <= part.number <= part.total


def store(session: Session, rows: Sequence[Row]) -> list[Received]:
    """Stores many at once; what is there already stays as it is, and the same id with other words is kept apart."""
    failpoint.hit("in_txn")
    fresh = _insert(session, rows)
    received = [_stored(session, row) if row.id in fresh else _again(session, row) for row in rows]
    failpoint.hit("before_commit")
    return received


def _insert(session: Session, rows: Sequence[Row]) -> set[str]:
    """The ids of those rows that were not there yet."""
    name = session.get_bind().dialect.name
    if name not in _INSERTS:
        statement = _DIALECTS[name](_MESSAGES)
        _INSERTS[name] = statement.on_conflict_do_nothing(index_elements=_KEY).returning(_MESSAGES.c.id)
    done = session.connection().execute(_INSERTS[name], [vars(row) for row in rows])
    return set(done.scalars())


def _stored(session: Session, row: Row) -> Received:
    if row.state is MessageState.QUARANTINED:
        return Received(row.id, Arrival.QUARANTINED, row.reason)
    if row.state is MessageState.RECEIVED:  # a part waits for the others
        after_commit(session, Job.READ)
    return Received(row.id, Arrival.STORED)


def _again(session: Session, row: Row) -> Received:
    """The provider's own repeat, or somebody else's words under an id that we know."""
    wanted = [column == getattr(row, column.name) for column in _KEY]
    chosen = select(_MESSAGES.c.id, _MESSAGES.c.digest, _MESSAGES.c.source)
    known = session.connection().execute(chosen.where(*wanted)).one()
    if known.source == MessageSource.LOST and row.source != MessageSource.LOST:
        return _found_again(session, known.id, row)
    if known.digest == row.digest or row.source == MessageSource.LOST:
        return Received(known.id, Arrival.REPEATED)
    arrival = Arrival.QUARANTINED if _insert(session, [apart(row)]) else Arrival.REPEATED
    return Received(row.id, arrival, CONFLICT)


def _found_again(session: Session, lost_id: str, row: Row) -> Received:
    """The content that was given up for lost comes after all: it is a message like any other; the gap keeps its row."""
    yielding = update(_MESSAGES).where(_MESSAGES.c.id == lost_id).values(provider_id=f"lost-{row.provider_id}")
    session.connection().execute(yielding)
    return _stored(session, row) if _insert(session, [row]) else Received(row.id, Arrival.REPEATED)


def apart(row: Row) -> Row:
    """Other words under an id that is taken: kept, and never read by the machine."""
    return replace(row, provider_id=f"q-{row.digest.hex()}", state=MessageState.QUARANTINED, reason=CONFLICT)


def _content(inbound: Inbound) -> bytes:
    """What makes it the same message: all of the fields when they are out of order, else who, to whom and what."""
    if inbound.source is MessageSource.LOST:  # two lost messages of one sender are not the same message
        return json.dumps(("lost", inbound.channel, inbound.provider_id)).encode("ascii")
    parts = inbound.fields if inbound.quarantine else ((inbound.sender, inbound.our_number), (inbound.body, ""))
    return json.dumps(parts).encode("ascii")


def _sealed_text(inbound: Inbound) -> bytes:
    known = ("Body", "From", "To")
    others = [pair for pair in inbound.fields if inbound.quarantine or pair[0] not in known]
    is_strange = inbound.part is not None and inbound.part.total != 1 and not has_header(inbound.part)
    written = {
        "from": inbound.sender,
        "to": inbound.our_number,
        "body": inbound.body,
        "flags": (*inbound.flags, "part_header") if is_strange else inbound.flags,
        "fields": others,
    }
    return json.dumps(written).encode("ascii")
