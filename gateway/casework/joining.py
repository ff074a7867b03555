"""Writing a joined message: a row of its own beside its parts, and the parts become parts of it, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from gateway.casework import intake, reading
from gateway.channels.contract import Inbound
from gateway.errors import Overtaken
from gateway.records.codes import MessageSource
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.keyring import InboxKeys

WAITING = Message.state == MessageState.WAITING_PARTS


@dataclass(frozen=True)
class Whole:
    """What the parts say together, what is doubtful about it, and the numbers of those that never came."""

    body: str
    flags: tuple[str, ...]
    missing: tuple[str, ...]


def write(session: Session, parts: Sequence[Message], whole: Whole, *, keys: InboxKeys, now: datetime) -> int:
    """The joined message; how many parts went into it."""
    first = min(parts, key=lambda part: (part.received_at, part.id))
    contents = [reading.opened(part) for part in parts]
    inbound = Inbound(
        channel=first.channel,
        account=first.account,
        provider_id=f"parts-{first.id}",
        our_number=first.our_number,
        sender=contents[0]["from"],
        sender_kind=first.sender_kind,
        body=whole.body,
        segments=len(parts) + len(whole.missing),
        flags=tuple(dict.fromkeys((*(flag for content in contents for flag in content["flags"]), *whole.flags))),
        sent_at=min(part.sent_at or part.received_at for part in parts),
        source=MessageSource.PARTS,
    )
    row = replace(
        intake.prepare(inbound, keys=keys, now=now),
        part_key=first.part_key,
        part_total=first.part_total,
        parts_missing=whole.missing or None,
    )
    intake.store(session, [row])
    return settle(session, parts, {"state": MessageState.DONE, "part_of_id": row.id})


def settle(session: Session, parts: Sequence[Message], values: dict[str, Any]) -> int:
    """Moves waiting parts on; Overtaken when one of them waits no longer."""
    mine = Message.id.in_([part.id for part in parts]) & WAITING
    moved = session.execute(
        update(Message).where(mine).values(values).returning(Message.id).execution_options(synchronize_session=False)
    ).all()
    if len(moved) != len(parts):
        raise Overtaken("another worker has joined these parts")
    return len(moved)
