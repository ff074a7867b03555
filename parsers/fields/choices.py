"""Values from a list: a code, a word or, under a label, a number."""

from typing import Final

from parsers.codebook.book import Field, Form
from parsers.codebook.phrases import Matches
from parsers.fields.weak import Weak
from parsers.reading import Flag, Reading, Scene

WEAK: Final = "_weak"
GENERIC: Final = "_generic"
DOUBTFUL: Final = "_doubtful"
# What a cause (a mine, a shell) may stand beside without saying a violation of its own.
CAUSED: Final = frozenset(("killing", "maiming"))


def offer(scene: Scene, at: int, *, field: Field | None = None) -> list[Reading]:
    """The list values that begin at an atom: of one field under its label, else of all."""
    if field is not None:
        return _labelled(scene, at, field)
    return of_lists(scene.form, scene.heard[at], at)


def of_lists(form: Form, heard: Matches, at: int) -> list[Reading]:
    """The list values of phrases that begin at an atom."""
    readings: dict[int, list[Reading]] = {}
    for length, meaning in heard:
        owner = form.choice_tables.get(meaning.table)
        if owner:
            last = at + length
            readings.setdefault(last, []).append(_reading(owner, meaning.table, meaning.value, at, last))
    return [reading for same in readings.values() for reading in _one_of(same)]


def _one_of(readings: list[Reading]) -> list[Reading]:
    """A bare word that fits several fields is read for none of them."""
    fields = list(dict.fromkeys(reading.field for reading in readings))
    if len(fields) == 1:
        return readings[:1]
    first = readings[0]
    flags = tuple(Flag(f"ambiguous_{name}", detail=" ".join(fields)) for name in fields)
    return [Reading(fields[0], None, first.first, first.last, flags=flags)]


def _reading(field: str, table: str, value: str, at: int, last: int) -> Reading:
    if table.endswith(DOUBTFUL):
        return Reading(field, None, at, last, flags=(Flag(f"ambiguous_{field}", detail=value),))
    return Reading(field, Weak(value) if table.endswith((WEAK, GENERIC)) else value, at, last)


def _labelled(scene: Scene, at: int, field: Field) -> list[Reading]:
    readings = []
    for length, meaning in scene.heard[at]:
        last = at + length
        if meaning.table in (field.values, field.values + WEAK, field.values + GENERIC):
            readings.append(Reading(field.name, meaning.value, at, last))
        elif meaning.table == field.values + DOUBTFUL:
            readings.append(_reading(field.name, meaning.table, meaning.value, at, last))
    if field.name == "party" and scene.words[at] == "?":
        readings.append(Reading(field.name, "unidentified", at, at + 1))
    number = scene.numbers[at]
    if number is not None and scene.book.has_numbers(field.values):
        readings.append(numbered(scene, field, at))
    return readings


def numbered(scene: Scene, field: Field, at: int) -> Reading:
    """The value with the number that stands here."""
    number = scene.numbers[at]
    code = scene.book.value_numbered(field.values, number) if number is not None else None
    if code is None:
        return Reading(field.name, None, at, at + 1, flags=(Flag(f"out_of_range_{field.name}", detail=str(number)),))
    return Reading(field.name, code, at, at + 1)


def settle_list(field: str, readings: list[Reading]) -> tuple[list[str], list[Flag]]:
    """The values in the order given, each once; weak ones only when they add nothing doubtful."""
    values = [reading.value for reading in readings if isinstance(reading.value, str)]
    if len(values) == 1:
        return [str(values[0])], []
    strong = list(dict.fromkeys(str(value) for value in values if not isinstance(value, Weak)))
    weak = list(dict.fromkeys(str(value) for value in values if isinstance(value, Weak)))
    if not strong:
        return weak, []
    added = [value for value in weak if value not in strong]
    if added and not (field == "violation" and CAUSED.intersection(strong)):
        return strong, [Flag(f"ambiguous_{field}", detail=" ".join(added))]
    return strong, []


def settle_one(field: str, readings: list[Reading]) -> tuple[str | None, list[Flag]]:
    """The one value of a field that takes one."""
    values = list(dict.fromkeys([str(reading.value) for reading in readings if isinstance(reading.value, str)]))
    if len(values) > 1:
        return None, [Flag(f"conflicting_{field}", detail=" ".join(values))]
    return (values[0] if values else None), []
