"""The code of a project (GAO-22-014, with any separators or none) and the rating from 1 to 5."""

from collections.abc import Sequence

from parsers.reading import Flag, Reading, Scene

FIELD, RATING = "project", "rating"
SEPARATORS = "-/._"
LETTERS, YEAR, SERIAL = 3, 2, 3
LOWEST, HIGHEST = 1, 5


def offer(scene: Scene, at: int) -> list[Reading]:
    """The project code that begins at an atom."""
    word = scene.words[at]
    if scene.atoms[at].kind != "w" or len(word) != LETTERS or not word.isascii():
        return []
    here = _over_separator(scene, at + 1)
    if here >= scene.end or scene.atoms[here].kind != "n":
        return []
    first = scene.words[here]
    if len(first) == YEAR + SERIAL:
        return [_reading(word, first[:YEAR], first[YEAR:], at, here + 1)]
    after = _over_separator(scene, here + 1)
    if len(first) != YEAR or after >= scene.end or scene.atoms[after].kind != "n":
        return []
    serial = scene.words[after]
    if len(serial) != SERIAL or scene.is_sign(after + 1, "=:"):
        return []
    return [_reading(word, first, serial, at, after + 1)]


def _over_separator(scene: Scene, at: int) -> int:
    return at + 1 if scene.is_sign(at, SEPARATORS) else at


def _reading(letters: str, year: str, serial: str, at: int, last: int) -> Reading:
    return Reading(FIELD, f"{letters.upper()}-{year}-{serial}", at, last)


def offer_rating(scene: Scene, at: int, *, labelled: bool = False) -> list[Reading]:
    """`4/5`, or under its label a number from 1 to 5."""
    number = scene.number(at)
    if number is None:
        return []
    last = at + 1
    if scene.is_sign(at + 1, "/") and scene.number(at + 2) == HIGHEST:
        last = at + 3
    elif not labelled:
        return []
    if not LOWEST <= number <= HIGHEST:
        return [Reading(RATING, None, at, last, flags=(Flag("out_of_range_rating", detail=str(number)),))]
    return [Reading(RATING, number, at, last)]


def settle(readings: Sequence[Reading]) -> tuple[object | None, list[Flag]]:
    """One value; two that differ are for a person."""
    values = list(dict.fromkeys(reading.value for reading in readings if reading.value is not None))
    if len(values) > 1:
        return None, [Flag(f"conflicting_{readings[0].field}")]
    return (values[0] if values else None), []
