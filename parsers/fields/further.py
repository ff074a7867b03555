"""A further place or date of an own form (`destination`, `repaired`): read after its number or label alone.

The readers know what they read as `place` and `date`, and nobody can tell two bare places of a text apart.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from parsers.codebook.book import Field, Form
from parsers.reading import Flag, Reading

# Codes that end in the name of their field; the others say what is wrong with any place or day.
NAMING: Final = ("ambiguous_", "conflicting_", "repeated_", "corrected_", "out_of_range_")


def is_further(field: Field) -> bool:
    """Whether the reader of a field knows it by another name."""
    return field.reader in FIRST and field.name != FIRST[field.reader]


def renamed(reading: Reading, field: Field) -> Reading:
    """What a reader found, as a value of this field."""
    return Reading(
        field.name,
        reading.value,
        reading.first,
        reading.last,
        bonus=reading.bonus,
        flags=tuple([_flag(each, FIRST[field.reader], field) for each in reading.flags]),
        labelled=reading.labelled,
    )


def settled(values: Mapping[str, object], flags: list[Flag], field: Field) -> tuple[dict[str, object], list[Flag]]:
    """The settled values and doubts of a reader under the names of this field."""
    first = FIRST[field.reader]
    named = {field.name + name.removeprefix(first): value for name, value in values.items()}
    return named, [_flag(each, first, field) for each in flags]


def in_doubt(form: Form, name: str, readings: Sequence[Reading]) -> list[Flag]:
    """`Ansongo Gao` on a form with a further place: the second may be that one, and not say where the first lies."""
    bare = [each for each in readings if not each.labelled]
    has_more = len(bare) > 1 and any(is_further(each) and FIRST[each.reader] == name for each in form.fields)
    return [Flag(f"ambiguous_{name}")] if has_more else []


def _flag(flag: Flag, first: str, field: Field) -> Flag:
    is_naming = flag.code.startswith(NAMING) and flag.code.endswith(f"_{first}")
    return flag._replace(code=f"{flag.code.removesuffix(first)}{field.name}") if is_naming else flag


FIRST: Final = {"places": "place", "dates": "date"}
