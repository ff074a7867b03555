"""Pieces of long texts without any header: they belong together when each but the last has just the length at which
phones cut, and the next follows within a minute."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gateway.casework import joining, reading
from gateway.dispatch import Job, after_commit
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.texts import gsm
from gateway.vault.keyring import InboxKeys

APART = timedelta(minutes=1)
SETTLED = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=2)
MOST = 10


def join(session: Session, rows: Sequence[Message], *, keys: InboxKeys, now: datetime) -> int:
    """Joins what is complete, in the order in which the phone sent it; how many rows are settled."""
    settled = 0
    # Nothing but the phone's own clock tells the order of pieces that overtook one another.
    has_clock = all(row.sent_at for row in rows)
    texts = {row.id: str(reading.opened(row)["body"]) for row in rows}
    for chain in _chains(sorted(rows, key=_sent_at if has_clock else _received_at), texts):
        is_open = is_full(texts[chain[-1].id]) and len(chain) < MOST
        quiet_for = now - max(row.received_at for row in chain)
        if quiet_for < (APART if is_open else SETTLED):
            continue
        if len(chain) == 1:
            settled += joining.settle(session, chain, {"state": MessageState.RECEIVED})
            after_commit(session, Job.READ)
        else:
            whole = joining.Whole("".join(texts[row.id] for row in chain), ("parts_guessed",), ())
            settled += joining.write(session, chain, whole, keys=keys, now=now)
    return settled


def _chains(ordered: Iterable[Message], texts: dict[str, str]) -> list[list[Message]]:
    chains: list[list[Message]] = []
    for row in ordered:
        last = chains[-1][-1] if chains else None
        follows = last is not None and is_full(texts[last.id]) and row.received_at - last.received_at <= APART
        if follows and len(chains[-1]) < MOST:
            chains[-1].append(row)
        else:
            chains.append([row])
    return chains


def _sent_at(row: Message) -> datetime:
    return row.sent_at or row.received_at


def _received_at(row: Message) -> datetime:
    return row.received_at


def is_full(text: str) -> bool:
    """Whether a text has just the length at which phones cut: a letter that takes two places is not cut in half."""
    septets = gsm.septets(text)
    if septets is not None:
        return septets in (152, 153, 159, 160)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 in (66, 67, 69, 70)
