"""The text of a message cut into the stretches that gave each field; pure, whatever the spans say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Words that carry no value of the card stay plain; the rest have a colour of their own.
PLAIN = frozenset({"noise", "keyword", "ref", "field", "value", "test"})
COLOURS = {"threat": "violation", "how": "source", "needs": "urgent"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some characters of the text, and the field they gave, if any."""

    words: str
    field: str | None = None

    @property
    def colour(self) -> str:
        """The class of the field's colour."""
        return f"field-{COLOURS.get(self.field or '', self.field)}"


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
