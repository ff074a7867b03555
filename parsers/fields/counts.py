"""How many children: 3G2F, trois garçons, une dizaine d'enfants, 5E (3G 2F)."""

from dataclasses import dataclass
from typing import Final

from parsers.reading import Flag, Followers, Reading, Scene

FIELD: Final = "children"
LETTERS: Final = {"g": "g", "f": "girls", "e": "unknown", "b": "b"}
UNITS: Final = {"boys": "boys", "girls": "girls", "children": "unknown"}
BEFORE_UNIT: Final = frozenset(("d", "de", "des", "jeunes", "jeune", "petits", "petites", "petit", "petite"))
MOST: Final = 500
LONGEST_RUN: Final = 6
OTHER_UNITS: Final = frozenset(("age_unit", "month", "unit", "hour"))
FOLLOWERS: Final[Followers] = Followers(frozenset(("unit", "or")), BEFORE_UNIT.union(LETTERS, ("a", "to", "-", "'")))
OPENS: Final = frozenset(("about_word", "about", "number", "unit"))


@dataclass(init=False, slots=True, unsafe_hash=True)
class Count:
    """A number of children of one sex; `g` is a boy in French and a girl in English."""

    sex: str
    number: int
    about: bool

    def __init__(self, sex: str, number: int, about: bool = False) -> None:
        self.sex = sex
        self.number = number
        self.about = about


def offer(scene: Scene, at: int, *, labelled: bool = False) -> list[Reading]:
    """The counts that begin at an atom."""
    if scene.kinds[at] == "w" and not scene.says(at, OPENS) and scene.words[at] not in LETTERS:
        return []
    if scene.words[at] == "-":
        return _negative(scene, at, labelled=labelled)
    if scene.numbers[at] is not None:
        return _with_unit(scene, Count("", scene.numbers[at] or 0), at, at + 1, labelled=labelled)
    letter_first = _letter_first(scene, at)
    if letter_first:
        return letter_first
    about, start, flags = _about(scene, at)
    amount = number_at(scene, start)
    if amount is None:
        return []
    last, number, rounded = amount
    readings = _with_unit(scene, Count("", number, about or rounded), at, last, labelled=labelled)
    return [reading.doubted(flags) for reading in readings] if flags else readings


def number_at(scene: Scene, at: int) -> tuple[int, int, bool] | None:
    """A number in digits or words: the atom after it, its value, and whether it is a rough one (une dizaine)."""
    digits = scene.numbers[at]
    if digits is not None:
        return at + 1, digits, False
    if at < scene.end and scene.words[at] == "a" and scene.language != "en":
        return None
    said = scene.said[at]
    for table in ("about", "number"):
        if table in said:
            length, value = said[table]
            return at + length, int(value), table == "about"
    return None


def unit_at(scene: Scene, at: int) -> tuple[int, str] | None:
    """A count letter or word, and the sex it stands for."""
    if at >= scene.end:
        return None
    word = scene.words[at]
    if word in LETTERS:
        return at + 1, LETTERS[word]
    here = scene.skip(at, BEFORE_UNIT)
    found = scene.said[here].get("unit")
    return (here + found[0], UNITS[found[1]]) if found else None


def _about(scene: Scene, at: int) -> tuple[bool, int, tuple[Flag, ...]]:
    word = scene.hear(at, "about_word") if "about_word" in scene.said[at] else None
    if not word:
        return False, at, ()
    flags = (Flag("ambiguous_children", detail=word[1]),) if word[1] == "least" else ()
    return True, word[0], flags


def _with_unit(scene: Scene, count: Count, at: int, last: int, *, labelled: bool) -> list[Reading]:
    span = _second_number(scene, last)
    if span is not None:
        unit = unit_at(scene, span)
        if unit:
            return [Reading(FIELD, None, at, unit[0], flags=(Flag("ambiguous_children"),))]
    unit = unit_at(scene, last) if last < scene.end and not scene.new_line[last] else None
    readings = []
    violation = scene.hear(last, "violation") if "violation" in scene.said[last] else None
    if unit and violation and violation[0] >= unit[0]:  # 2 enfants soldats: two, and recruitment
        readings.append(Reading(FIELD, Count(unit[1], count.number, count.about), at, last, bonus=8))
    elif unit and not _is_tangled(scene, at):
        readings.append(Reading(FIELD, Count(unit[1], count.number, count.about), at, unit[0]))
    elif unit:
        end = _tangle_end(scene, at)
        readings.append(Reading(FIELD, None, at, end, flags=(Flag("ambiguous_children"),)))
    elif labelled:
        readings.append(Reading(FIELD, Count("unknown", count.number, count.about), at, last))
    return readings


def _second_number(scene: Scene, at: int) -> int | None:
    """The atom after `3 ou 4`, `3-4`, `3 à 4`, when the first number was just before."""
    joined = scene.hear(at, "or") if "or" in scene.said[at] else None
    if joined:
        here = joined[0]
    elif scene.words[at] == "-" or (at < scene.end and scene.words[at] in ("a", "to")):
        here = at + 1
    else:
        return None
    second = number_at(scene, here)
    return second[0] if second else None


def _letter_first(scene: Scene, at: int) -> list[Reading]:
    """`G3`, `G 3`, `filles: 2`: the letter or word first, when the number is not another count's."""
    unit = unit_at(scene, at) if scene.kinds[at] == "w" else None
    if unit is None:
        return []
    here = unit[0] + 1 if scene.words[unit[0]] in "=:" else unit[0]
    number = scene.numbers[here]
    if number is None or _starts_other(scene, here):
        return []
    if here == unit[0] and (scene.words[at] not in LETTERS or _begins_with_number(scene, at)):
        return []
    bonus = 12 if here > unit[0] else 0
    return [Reading(FIELD, Count(unit[1], number), at, here + 1, bonus=bonus)]


def _starts_other(scene: Scene, at: int) -> bool:
    """Whether the number here begins a date, an age or another count with a word for its unit."""
    if scene.words[at + 1] in "/-.:" and scene.numbers[at + 2] is not None:
        return True
    return scene.says(at + 1, OTHER_UNITS)


def _begins_with_number(scene: Scene, at: int) -> bool:
    """Whether this letter closes a count that began with its number, as the G of 3G2F does."""
    if at - 1 < scene.start or scene.numbers[at - 1] is None:
        return False
    if not scene.glued[at]:
        return not scene.glued[at + 1]
    first = at
    while first > scene.start and scene.glued[first] and _in_run(scene, first - 1):
        first -= 1
    return scene.numbers[first] is not None


def _in_run(scene: Scene, at: int) -> bool:
    return scene.numbers[at] is not None or (scene.kinds[at] == "w" and scene.words[at] in LETTERS)


def _run(scene: Scene, at: int) -> tuple[int, int]:
    """The run of numbers and count letters with blanks between all of them, around an atom."""

    def belongs(here: int) -> bool:
        if not scene.start <= here < scene.end or scene.new_line[here]:
            return False
        if scene.numbers[here] is not None:
            return not _starts_other(scene, here)
        return scene.kinds[here] == "w" and scene.words[here] in LETTERS

    def alternates(left: int, right: int) -> bool:
        if not (belongs(left) and belongs(right)) or scene.glued[right]:
            return False
        return (scene.numbers[left] is None) != (scene.numbers[right] is None)

    first = last = at
    while at - first < LONGEST_RUN and alternates(first - 1, first):
        first -= 1
    while last - at < LONGEST_RUN and alternates(last, last + 1):
        last += 1
    return first, last + 1


def _is_tangled(scene: Scene, at: int) -> bool:
    """Whether numbers and letters pair two ways here: `3 G 3 F 2` is 3G 3F or G3 F2."""
    if scene.numbers[at] is None or at + 1 >= scene.end or scene.glued[at + 1]:
        return False
    first, last = _run(scene, at)
    return (last - first) % 2 == 1 and last - first > 1


def _tangle_end(scene: Scene, at: int) -> int:
    return _run(scene, at)[1]


def _negative(scene: Scene, at: int, *, labelled: bool) -> list[Reading]:
    """`-2G`: a minus is one only when nothing stands before it and the number right behind it."""
    if not labelled and scene.glued[at] and scene.words[at - 1] not in "=:":
        return []
    if scene.numbers[at + 1] is None or not scene.glued[at + 1]:
        return []
    unit = unit_at(scene, at + 2)
    if not unit and not labelled:
        return []
    last = unit[0] if unit else at + 2
    return [Reading(FIELD, None, at, last, bonus=8, flags=(Flag("out_of_range_children"),))]


def settle(readings: list[Reading], language: str | None) -> tuple[dict[str, object], list[Flag]]:
    """The counts of a message put together: by sex, checked against the total."""
    counts = [reading.value for reading in readings if isinstance(reading.value, Count)]
    if not counts:
        return {}, []
    sexes, flags = _by_sex(counts, language)
    if sexes is None or any(len(set(numbers)) > 1 for numbers in sexes.values()):
        return {}, [*flags, *([] if sexes is None else [Flag("conflicting_children")])]
    if max(map(len, sexes.values())) > 1:
        flags.append(Flag("repeated_children", "note"))
    boys, girls = (sexes.get(sex, [0])[0] for sex in ("boys", "girls"))
    unknown = sexes.get("unknown", [0])[0]
    if "unknown" in sexes and len(sexes) > 1:
        if unknown != boys + girls:
            return {}, [*flags, Flag("conflicting_children")]
        unknown = 0
    if boys + girls + unknown > MOST:
        return {}, [*flags, Flag("out_of_range_children")]
    about = True in [count.about for count in counts]
    return {"boys": boys, "girls": girls, "unknown": unknown, "children_approximate": about}, flags


def _by_sex(counts: list[Count], language: str | None) -> tuple[dict[str, list[int]] | None, list[Flag]]:
    letters = {count.sex for count in counts}
    meaning = _g_means(letters, language)
    if "g" in letters and meaning is None:
        return None, [Flag("ambiguous_sex")]
    sexes: dict[str, list[int]] = {}
    for count in counts:
        sex = {"g": meaning or "g", "b": "boys"}.get(count.sex, count.sex)
        sexes.setdefault(sex, []).append(count.number)
    return sexes, []


def _g_means(sexes: set[str], language: str | None) -> str | None:
    """B beside G is English, F beside G is French, else the language decides."""
    if "b" in sexes:
        return None if "girls" in sexes else "girls"
    if "girls" in sexes:
        return "boys"
    return {"fr": "boys", "en": "girls"}.get(language or "")
