"""The text of a message cut into the stretches that gave each field; pure, whatever the spans say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

# Words that carry no value of the card stay plain; the rest have a colour of their own.
PLAIN = frozenset({"noise", "keyword", "ref", "field", "value", "test"})
COLOURS = {"threat": "violation", "how": "source", "needs": "urgent"}
_ALL = ("violation", "children", "place", "date", "party", "age", "source", "urgent", "note", "unread")
_RESERVED = frozenset({"note", "unread"})  # they mean the same on every card; urgent is taken last


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some characters of the text, and the field they gave, if any."""

    words: str
    field: str | None = None


def stretches(text: str, spans: Mapping[str, Sequence[Sequence[int]]]) -> list[Stretch]:
    """Every character once and in order; of two overlapping spans the first one has it."""
    cut: list[Stretch] = []
    at = 0
    for start, end, field in sorted(_valid(text, spans)):
        if start < at:
            continue
        if start > at:
            cut.append(Stretch(text[at:start]))
        cut.append(Stretch(text[start:end], field))
        at = end
    if at < len(text):
        cut.append(Stretch(text[at:]))
    return cut


def fields_shown(cut: Sequence[Stretch]) -> list[str]:
    """The fields that occur, in the order of the text, for the legend."""
    return list(dict.fromkeys(stretch.field for stretch in cut if stretch.field))


def _valid(text: str, spans: Mapping[str, Sequence[Sequence[int]]]) -> list[tuple[int, int, str]]:
    return [
        (int(start), int(end), field)
        for field, places in spans.items()
        if field not in PLAIN
        for start, end in places
        if 0 <= start < end <= len(text)
    ]


def colours(names: Sequence[str]) -> dict[str, str]:
    """The colour of each field of a card: those that have one of their own keep it, others take what is left."""
    known = {name: COLOURS.get(name, name) for name in names if COLOURS.get(name, name) in _ALL}
    left = [each for each in _ALL if each not in known.values() and each not in _RESERVED]
    others = [name for name in names if name not in known]
    return known | dict(zip(others, cycle(left), strict=False)) if left else known
