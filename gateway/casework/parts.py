"""Joining the parts of long texts, for channels that hand them over one by one.

Parts wait for each other for a quarter of an hour; then the message is read without what is missing, and a part that
comes later is laid beside it. The parts themselves stay as they came: what is joined is a message of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gateway.casework import joining, pieces, reading
from gateway.dispatch import Job, after_commit
from gateway.records.codes import MessageSource
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.keyring import InboxKeys

WINDOW = timedelta(minutes=15)
PATIENCE = timedelta(minutes=14)  # so that nothing waits for its parts longer than a quarter of an hour
LATE = timedelta(hours=24)
SETTLED = timedelta(minutes=1)  # parts of one message seldom come further apart
GAP = " [...] "
MOST_AT_ONCE = 200
_READ = (MessageState.DONE, MessageState.DUPLICATE, MessageState.DEAD)


@dataclass
class Puzzle:
    """Parts that belong together, by number; `is_mixed` when one of them might as well be another's."""

    parts: dict[int, Message] = field(default_factory=dict)
    doubles: list[tuple[Message, Message]] = field(default_factory=list)
    is_mixed: bool = False
    touched: int = 0

    @property
    def first_at(self) -> datetime:
        """When the first of them came."""
        return min(part.received_at for part in self.parts.values())

    @property
    def last_at(self) -> datetime:
        """When the last of them came."""
        return max(part.received_at for part in self.parts.values())


def due(session: Session, *, now: datetime) -> list[bytes]:
    """Keys of parts among which something may be decided now, the longest waiting first."""
    first, last = func.min(Message.received_at), func.max(Message.received_at)
    total = func.max(Message.part_total)
    late_for = select(Message.part_key).where(
        Message.source == MessageSource.PARTS, Message.parts_missing.is_not(None), Message.received_at > now - LATE
    )
    is_loose = total.is_(None) & or_(last <= now - pieces.SETTLED, first <= now - pieces.LONGEST_WAIT)
    is_whole = func.count(Message.part_number.distinct()) >= total
    is_late = Message.part_key.in_(late_for) & (last < now - SETTLED)
    waiting = select(Message.part_key).where(joining.WAITING).group_by(Message.part_key)
    chosen = waiting.having(or_(is_loose, is_whole, first <= now - PATIENCE, is_late))
    return [key for key in session.scalars(chosen.order_by(first).limit(MOST_AT_ONCE)) if key is not None]


def join(session: Session, key: bytes, *, keys: InboxKeys, now: datetime) -> int:
    """Decides what can be decided about the parts with this key; how many rows are settled."""
    held = select(Message).where(Message.part_key == key, joining.WAITING).order_by(Message.received_at, Message.id)
    rows = session.scalars(held.with_for_update().execution_options(populate_existing=True)).all()
    if rows and rows[0].part_total is None:
        return pieces.join(session, rows, keys=keys, now=now)
    return sum(_solve(session, puzzle, keys=keys, now=now) for puzzle in puzzles(rows))


def release(session: Session, key: bytes) -> int:
    """Parts that cannot be opened are read one by one, and given up where a person sees it."""
    rows = session.scalars(select(Message).where(Message.part_key == key, joining.WAITING)).all()
    for row in rows:
        joining.settle(session, [row], {"state": MessageState.RECEIVED})
        after_commit(session, Job.READ)
    return len(rows)


def puzzles(rows: Iterable[Message]) -> list[Puzzle]:
    """Sorts parts into messages: a phone's number for one is soon used again, even while its parts are on their way."""
    found: list[Puzzle] = []
    for turn, row in enumerate(rows):
        open_now = [each for each in found if row.received_at - each.first_at <= WINDOW]
        twin = next((each for each in open_now if _is_twin(each, row)), None)
        if twin is not None:
            twin.doubles.append((row, twin.parts[row.part_number or 0]))
            continue
        lacking = [each for each in open_now if row.part_number not in each.parts]
        if not lacking:
            found.append(Puzzle())
        chosen = max(lacking, key=lambda each: each.touched) if lacking else found[-1]
        for each in lacking if len(lacking) > 1 else ():
            each.is_mixed = True
        chosen.parts[row.part_number or 0] = row
        chosen.touched = turn
    return found


def _is_twin(puzzle: Puzzle, row: Message) -> bool:
    there = puzzle.parts.get(row.part_number or 0)
    return there is not None and there.digest == row.digest


def _solve(session: Session, puzzle: Puzzle, *, keys: InboxKeys, now: datetime) -> int:
    total = next(iter(puzzle.parts.values())).part_total or 0
    missing = [number for number in range(1, total + 1) if number not in puzzle.parts]
    late_for = _came_too_late_for(session, puzzle) if missing else None
    if late_for is not None:
        return _lay_beside(session, puzzle, late_for) if puzzle.last_at < now - SETTLED else 0
    if missing and puzzle.first_at > now - PATIENCE:
        return 0
    bodies = [reading.opened(puzzle.parts[n])["body"] if n in puzzle.parts else GAP for n in range(1, total + 1)]
    flags = ["part_missing"] * bool(missing) + ["parts_mixed"] * puzzle.is_mixed
    whole = joining.Whole("".join(bodies), tuple(flags), tuple(map(str, missing)))
    return joining.write(session, list(puzzle.parts.values()), whole, keys=keys, now=now) + _set_aside(session, puzzle)


def _came_too_late_for(session: Session, puzzle: Puzzle) -> Message | None:
    """The message that was read without exactly these parts."""
    some = next(iter(puzzle.parts.values()))
    earlier = select(Message).where(
        Message.part_key == some.part_key,
        Message.source == MessageSource.PARTS,
        Message.parts_missing.is_not(None),
        Message.received_at > puzzle.first_at - LATE,
    )
    for whole in session.scalars(earlier.order_by(Message.received_at.desc())):
        if set(map(str, puzzle.parts)) <= set(whole.parts_missing or ()):
            return whole
    return None


def _lay_beside(session: Session, puzzle: Puzzle, whole: Message) -> int:
    """Read by itself, once the message it belongs to was read."""
    if whole.state not in _READ:
        return 0
    for part in puzzle.parts.values():
        joining.settle(session, [part], {"state": MessageState.RECEIVED, "continues_id": whole.id})
        after_commit(session, Job.READ)
    return len(puzzle.parts) + _set_aside(session, puzzle)


def _set_aside(session: Session, puzzle: Puzzle) -> int:
    """The same part again."""
    for double, of in puzzle.doubles:
        joining.settle(session, [double], {"state": MessageState.DUPLICATE, "duplicate_of_id": of.id})
    return len(puzzle.doubles)
