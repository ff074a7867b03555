"""The code of a project (GAO-22-014, with any separators or none) and the rating from 1 to 5."""

from typing import Final

from parsers.reading import Flag, Followers, Reading, Scene

FIELD: Final = "project"
RATING: Final = "rating"
SEPARATORS: Final = "-/._"
LETTERS: Final = 3
YEAR: Final = 2
SERIAL: Final = 3
FOLLOWERS: Final[Followers] = Followers(frozenset(), frozenset("/"))
LOWEST: Final = 1
HIGHEST: Final = 5


def offer(scene: Scene, at: int) -> list[Reading]:
    """The project code that begins at an atom."""
    if scene.kinds[at] != "w":
        return []
    letters, here = _letters(scene, at)
    here = _over_separator(scene, here)
    if not letters or here >= scene.end or scene.kinds[here] != "n":
        return []
    first = scene.words[here]
    if len(first) == YEAR + SERIAL:
        return [_reading(scene, f"{letters}-{first[:YEAR]}-{first[YEAR:]}", at, here + 1)]
    after = _over_separator(scene, here + 1)
    if len(first) != YEAR or after >= scene.end or scene.kinds[after] != "n" or len(scene.words[after]) != SERIAL:
        return []
    return [_reading(scene, f"{letters}-{first}-{scene.words[after]}", at, after + 1)]


def _letters(scene: Scene, at: int) -> tuple[str, int]:
    """The three letters, with a zero typed for an O, and the atom after them."""
    typed, here = "", at
    while here < scene.end and len(typed) < LETTERS and (here == at or scene.glued[here]):
        if scene.kinds[here] == "s" or (scene.kinds[here] == "n" and scene.words[here].strip("0")):
            break
        typed += scene.words[here].replace("0", "o")
        here += 1
    return (typed.upper(), here) if len(typed) == LETTERS and typed.isascii() else ("", at)


def _over_separator(scene: Scene, at: int) -> int:
    return at + 1 if scene.words[at] in SEPARATORS else at


def _reading(scene: Scene, code: str, at: int, last: int) -> Reading:
    mended = len(scene.words[at]) < LETTERS
    return Reading(FIELD, code, at, last, flags=(Flag("corrected_project", "note"),) if mended else ())


def offer_rating(scene: Scene, at: int, *, labelled: bool = False) -> list[Reading]:
    """`4/5`, or under its label a number from 1 to 5."""
    number = scene.numbers[at]
    if number is None:
        return []
    last = at + 1
    if scene.words[at + 1] == "/" and scene.numbers[at + 2] == HIGHEST:
        last = at + 3
    elif not labelled:
        return []
    if not LOWEST <= number <= HIGHEST:
        return [Reading(RATING, None, at, last, flags=(Flag("out_of_range_rating", detail=str(number)),))]
    return [Reading(RATING, number, at, last)]


def settle(readings: list[Reading]) -> tuple[object | None, list[Flag]]:
    """One value; two that differ are for a person."""
    values = list(dict.fromkeys(reading.value for reading in readings if reading.value is not None))
    if len(values) > 1:
        return None, [Flag(f"conflicting_{readings[0].field}")]
    return (values[0] if values else None), []
