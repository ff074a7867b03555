"""Ages: 12 ans, 12-15, 12 à 15 ans, 16 et 17 ans, 8 mois."""

from typing import Final

from parsers.fields.counts import number_at
from parsers.reading import ANY_NUMBER, Flag, Followers, Reading, Scene

FIELD: Final = "age"
ADULT: Final = 18
OLDEST: Final = 120
LAST_MONTH: Final = 12
MONTHS_IN_YEAR: Final = 12
OLDEST_IN_PAIR: Final = 25
TO: Final = frozenset(("a", "to", "ou", "or"))
AND: Final = frozenset(("et", "and"))
BEFORE: Final = frozenset(("de", "d", "of", "a"))
MOST: Final = 12
FOLLOWERS: Final[Followers] = Followers(
    frozenset(("age_unit", "number", "about")), TO.union(AND, "-,&/", (ANY_NUMBER,))
)
OPENS: Final = frozenset(("age_word", "number"))

Ages = tuple[int, ...]


def offer(scene: Scene, at: int, *, labelled: bool = False) -> list[Reading]:
    """The ages that begin at an atom."""
    if not (_may_slash(scene, at) or labelled) or (scene.kinds[at] == "w" and not scene.says(at, OPENS)):
        return []
    if scene.words[at] == "-":
        return _below(scene, at, labelled=labelled)
    start = _over_age_word(scene, at) if "age_word" in scene.said[at] else at
    listed = _listed(scene, start)
    if not listed:
        return []
    numbers, last = listed
    unit = scene.hear(last, "age_unit")
    slashed = _slashed(scene, at, start) if scene.words[start + 1] == "/" else None
    if slashed:
        return [slashed]
    if unit:
        return [_reading(_in_years(numbers, unit[1]), at, unit[0])]
    if labelled or (start > at and len(numbers) <= 2):
        return [_reading(numbers, at, last)]
    if _is_bare_pair(scene, start, last, numbers):
        return [_reading(numbers, at, last)]
    return []


def _may_slash(scene: Scene, at: int) -> bool:
    """Most numbers before a slash are days: only the word for years or months makes them ages."""
    return scene.words[at + 1] != "/" or "age_unit" in scene.said[at + 3]


def _below(scene: Scene, at: int, *, labelled: bool) -> list[Reading]:
    """`-15 ans` is said for under fifteen, `-3` under a label is no age: both are for a person."""
    if (scene.glued[at] and not labelled) or scene.numbers[at + 1] is None or not scene.glued[at + 1]:
        return []
    unit = scene.hear(at + 2, "age_unit")
    if not unit and not labelled:
        return []
    return [Reading(FIELD, None, at, unit[0] if unit else at + 2, bonus=8, flags=(Flag("out_of_range_age"),))]


def _over_age_word(scene: Scene, at: int) -> int:
    word = scene.hear(at, "age_word")
    if not word:
        return at
    here = word[0]
    return scene.skip(here, BEFORE)


def _listed(scene: Scene, at: int) -> tuple[Ages, int] | None:
    """Numbers one after the other, with a hyphen, a comma, a small word or a blank between them."""
    first = number_at(scene, at)
    if first is None or first[2] or scene.words[at] == "a":
        return None
    numbers, last = [first[1]], first[0]
    alone = scene.glued[at] and at > scene.start and scene.kinds[at - 1] == "w"
    while len(numbers) < MOST:
        here = last
        is_pair = scene.words[here] == "-" or (here < scene.end and scene.words[here] in TO)
        if (is_pair and len(numbers) > 1) or (alone and not is_pair):
            break
        if is_pair or scene.words[here] in ",&" or (here < scene.end and scene.words[here] in AND):
            here += 1
        following = number_at(scene, here) if here < scene.end and not scene.new_line[here] else None
        if following is None or following[1] > OLDEST or following[2] or _is_counted(scene, following[0]):
            break
        numbers.append(following[1])
        last = following[0]
        if is_pair:
            break
    return tuple(numbers), last


def _is_counted(scene: Scene, at: int) -> bool:
    """Whether the number before this atom belongs to a count, a date or a label, and so to no age."""
    if scene.words[at] in "/=:":
        return True
    return at < scene.end and (
        scene.words[at] in ("g", "f", "e", "b") or scene.longest(at, "unit", "month") is not None
    )


def _slashed(scene: Scene, first: int, at: int) -> Reading | None:
    """`10/12 ans`: with the word behind them two numbers and a slash are ages."""
    low, high = scene.numbers[at], scene.numbers[at + 2]
    unit = scene.hear(at + 3, "age_unit")
    if low is None or high is None or unit is None or scene.words[at - 1] == "/":
        return None
    return _reading(_in_years((low, high), unit[1]), first, unit[0])


def _in_years(numbers: Ages, unit: str) -> Ages:
    return tuple(number // MONTHS_IN_YEAR for number in numbers) if unit == "months" else numbers


def _is_bare_pair(scene: Scene, at: int, last: int, numbers: Ages) -> bool:
    """`15-17` without a word: no date, since there is no month 17."""
    if len(numbers) != 2 or last != at + 3 or scene.words[at + 1] != "-":
        return False
    low, high = numbers
    return low < high and LAST_MONTH < high <= OLDEST_IN_PAIR and scene.words[last] not in "-/."


def _reading(numbers: Ages, first: int, last: int) -> Reading:
    low, high = min(numbers), max(numbers)
    flags = []
    if high > OLDEST:
        return Reading(FIELD, None, first, last, flags=(Flag("out_of_range_age"),))
    if high >= ADULT:
        flags.append(Flag("adult", detail=str(high)))
    return Reading(FIELD, (low, high), first, last, flags=tuple(flags))


def settle(_scene: Scene, readings: list[Reading]) -> tuple[dict[str, object], list[Flag]]:
    """One range of ages; two that differ are for a person."""
    ranges = [reading.value for reading in readings if isinstance(reading.value, tuple)]
    if not ranges:
        return {}, []
    if len(set(ranges)) > 1:
        return {}, [Flag("conflicting_age")]
    flags = [Flag("repeated_age", "note")] if len(ranges) > 1 else []
    return {"age_min": ranges[0][0], "age_max": ranges[0][1]}, flags
