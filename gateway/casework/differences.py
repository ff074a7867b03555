"""What differs between two readings of one message; pure, on parse objects as they are kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Reading = Mapping[str, Any]
Doubt = tuple[str, str | None]
# Beside the fields of the form; spans are left out: where a word stands changes nothing that anybody decides on.
_BESIDE = ("language", "note", "test", "sender_code")


class Turn(StrEnum):
    """What became of one field; never its values."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """Names and codes only. Kind and state stand there when they differ; doubts are codes with their fields."""

    kind: tuple[str | None, str | None] | None = None
    state: tuple[str | None, str | None] | None = None
    fields: Mapping[str, Turn] = field(default_factory=dict)
    gained: tuple[Doubt, ...] = ()
    lost: tuple[Doubt, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return not (self.kind or self.state or self.fields or self.gained or self.lost)


def compare(before: Reading, after: Reading) -> Difference:
    """Of a message that left no parse object, only what is kept of it is compared."""
    gained, lost = _doubts(before, after)
    return Difference(
        kind=_pair("kind", before, after),
        state=_pair("state", before, after),
        fields=_fields(before, after),
        gained=gained,
        lost=lost,
    )


def _pair(name: str, before: Reading, after: Reading) -> tuple[str | None, str | None] | None:
    if name not in before or before[name] == after.get(name):
        return None
    return before[name], after.get(name)


def _fields(before: Reading, after: Reading) -> dict[str, Turn]:
    first, second = dict(before.get("fields") or {}), dict(after.get("fields") or {})
    if "fields" not in before:
        second = {}
    for name in _BESIDE:
        if "fields" in before or name in before:
            first[name], second[name] = before.get(name), after.get(name)
    turns = {name: _turn(first.get(name), second.get(name)) for name in (*first, *second)}
    return {name: turn for name, turn in turns.items() if turn is not None}


def _turn(before: Any, after: Any) -> Turn | None:
    had, has = (value is not False and value not in (None, "", []) for value in (before, after))
    if not (had or has) or before == after:
        return None
    return Turn.CHANGED if had and has else Turn.GAINED if has else Turn.LOST


def _doubts(before: Reading, after: Reading) -> tuple[tuple[Doubt, ...], tuple[Doubt, ...]]:
    if "problems" not in before:
        return (), ()
    first, second = _counted(before), _counted(after)
    return _told(second - first), _told(first - second)


def _counted(reading: Reading) -> Counter[tuple[str, str, str]]:
    return Counter(
        (each["code"], each.get("field") or "", each.get("detail") or "") for each in reading.get("problems") or ()
    )


def _told(doubts: Counter[tuple[str, str, str]]) -> tuple[Doubt, ...]:
    """Without their details, which hold words of the message."""
    return tuple((code, name or None) for code, name, _detail in sorted(doubts.elements()))
