"""Labels: `4=Ansongo`, `lieu: Ansongo`, after a reference `4 Ansongo`: the value is what that field can read there."""

from collections.abc import Callable
from typing import Final

from parsers.codebook.book import Field
from parsers.fields import ages, choices, counts, dates, numbers, places, projects, texts
from parsers.reading import Flag, Reading, Scene

Offer = Callable[[Scene, int], list[Reading]]
JOINTS: Final = "=:"
LABELLED: Final = 40
TEXT: Final = 8
OPENINGS: Final = "(\"'-"
GOES_ON: Final = ",+/&()"
ENDS_TEXT: Final = ",;|\n"
AND: Final = frozenset(("et", "and", "dont", "ou", "or"))
SMALL: Final = frozenset(
    ("a", "au", "aux", "le", "la", "les", "l", "de", "du", "des", "un", "une", "the", "of", "par", "by", "in", "an")
)
MOST_VALUES: Final = 12
OR: Final = frozenset(("or",))  # `ou` is also French for where


def may_stand(scene: Scene, at: int) -> bool:
    """Whether a label can stand here at all: most numbers have no sign behind them."""
    return scene.loose_labels or scene.numbers[at] is None or scene.words[at + 1] in JOINTS


def label_at(scene: Scene, at: int) -> tuple[Field, int, bool] | None:
    """The field whose label stands here, the atom after the label, and whether a sign says so beyond doubt."""
    kind = scene.kinds[at]
    if kind == "s":
        return None
    if scene.glued[at] and at > scene.start and scene.kinds[at - 1] != "s":
        return _numbered(scene, at) if kind == "n" and scene.glued_words[at + 1] == "=" else None
    if kind == "n":
        return _numbered(scene, at)
    for words, field in scene.form.labels.get(scene.words[at], ()):
        last = _over_words(scene, at, words)
        if last is None:
            continue
        if scene.words[last] in JOINTS:
            return field, last + 1, True
        if (
            not scene.says(at, OR)
            and last < scene.end
            and (scene.kinds[last] != "s" or scene.words[last] == "?")
            and not scene.new_line[last]
        ):
            return field, last, False
    return None


def _numbered(scene: Scene, at: int) -> tuple[Field, int, bool] | None:
    number = scene.numbers[at]
    field = scene.form.by_number.get(number) if number is not None else None
    if field is None:
        return None
    if scene.words[at + 1] in JOINTS:
        return field, at + 2, True
    if scene.loose_labels and at + 1 < scene.end and scene.kinds[at + 1] != "s" and not scene.glued[at + 1]:
        return field, at + 1, False
    return None


def _over_words(scene: Scene, at: int, words: tuple[str, ...]) -> int | None:
    here = at
    for word in words:
        if here >= scene.end or scene.words[here] != word:
            return None
        here += 1
    return here


def offer(scene: Scene, at: int, bare: Offer) -> list[Reading]:
    """The labelled reading that begins here, with all its values; what cannot be read is kept as text."""
    found = label_at(scene, at)
    if found is None and scene.asked and at == scene.start:
        found = scene.asked, at, True
    if found is None:
        return []
    field, here, certain = found
    if field.reader == "note":
        return [Reading("note", (here, scene.end), at, scene.end, bonus=LABELLED, labelled=True)] if certain else []
    if field.reader == "texts" and not (certain or scene.loose_labels):
        return []  # `note` or `quoi` in the middle of a sentence must not swallow the rest of it
    values, last = _values(scene, here, field)
    if values:
        bonus = LABELLED if certain else LABELLED // 4
        return [Reading(field.name, tuple(values), at, last, bonus=bonus, labelled=True)]
    return [_as_text(scene, at, here, field, bare)] if certain and here < scene.end else []


def read_value(scene: Scene, at: int, field: Field) -> Reading | None:
    """The best that a field can read here, given that it is asked for."""
    if at >= scene.end:
        return None
    options = [reading for reading in _offers(scene, at, field) if reading.field == field.name]
    options += scene.extra_at(at, field.name)
    return max(options, key=_length, default=None)


def _length(reading: Reading) -> tuple[int, int]:
    return reading.last, -len(reading.flags)


def _offers(scene: Scene, at: int, field: Field) -> list[Reading]:
    if field.reader == "choices":
        return choices.offer(scene, at, field=field)
    if field.reader == "projects":
        return projects.offer(scene, at)
    if field.reader == "numbers":
        return numbers.offer(scene, at, field)
    if field.reader == "texts":
        return texts.offer(scene, at, field, goes_on=lambda here: not _ends_text(scene, here))
    return VALUE_READERS[field.reader](scene, at, labelled=True)


VALUE_READERS: Final[dict[str, Callable[..., list[Reading]]]] = {
    "counts": counts.offer,
    "ages": ages.offer,
    "dates": dates.offer,
    "places": places.offer,
    "ratings": projects.offer_rating,
}


def _values(scene: Scene, here: int, field: Field) -> tuple[list[Reading], int]:
    """All the values that stand under one label."""
    values: list[Reading] = []
    last = here
    here, reading = _over_opening(scene, here, field)
    while len(values) < MOST_VALUES and not _is_certain_label(scene, here):
        if reading is None or (values and not _may_follow(scene, here, field)):
            break
        values.append(reading.under_label())
        last = reading.last
        if not (field.is_list or field.reader == "counts"):
            break
        here = _over_joints(scene, last)
        reading = read_value(scene, here, field)
    return values, last


def _is_certain_label(scene: Scene, at: int) -> bool:
    """Whether another label begins here: its number is no value of this field."""
    found = label_at(scene, at) if at < scene.end else None
    return found is not None and found[2]


def _ends_text(scene: Scene, at: int) -> bool:
    """Whether a label ends a text: one beyond doubt, or in an answer a number."""
    found = label_at(scene, at)
    return found is not None and (found[2] or scene.kinds[at] == "n")


def _over_opening(scene: Scene, here: int, field: Field) -> tuple[int, Reading | None]:
    """Steps over a bracket or small words to the first value, and reads it."""
    start = here
    while here < scene.end and (scene.words[here] in OPENINGS or scene.words[here] in SMALL):
        if _is_certain_label(scene, here + 1):
            return start, read_value(scene, start, field)
        if reading := read_value(scene, here, field):
            return here, reading
        here += 1
    if (reading := read_value(scene, here, field)) or here == start:
        return here, reading
    return start, read_value(scene, start, field)


def _may_follow(scene: Scene, here: int, field: Field) -> bool:
    """Whether another value under the same label may begin here: a new line or another label ends the list."""
    if here >= scene.end or scene.new_line[here] or label_at(scene, here):
        return False
    return scene.kinds[here] != "n" or field.reader == "counts" or scene.words[here - 1] in GOES_ON


def _over_joints(scene: Scene, here: int) -> int:
    while here < scene.end and (scene.words[here] in GOES_ON or scene.words[here] in AND):
        here += 1
    return here


def _as_text(scene: Scene, at: int, here: int, field: Field, bare: Offer) -> Reading:
    """The words under a label that its field cannot read, up to something else that can be read."""
    last = here + 1
    while last < scene.end and scene.words[last] not in ENDS_TEXT and not scene.new_line[last]:
        if label_at(scene, last) or any(reading.field != "noise" for reading in bare(scene, last)):
            break
        last += 1
    code = f"unknown_{field.name}" if field.name in ("place", "party") else f"ambiguous_{field.name}"
    return Reading(field.name, None, at, last, bonus=TEXT, flags=(Flag(code),), labelled=True)
