"""A day as it is written, with its month and perhaps its year, and the day in the calendar that it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from parsers.fields import calendar
from parsers.fields.calendar import When
from parsers.reading import Flag, Reading, Scene

FIELD: Final = "date"
ORDINALS: Final = ("er", "e", "st", "nd", "rd", "th", "eme")
LAST_DAY: Final = 31
UNITS: Final = frozenset(("unit", "age_unit"))
DIGITS: Final = 2  # of a day and of a month: 1/007 is neither
MONTH_AHEAD: Final = timedelta(days=31)
IMPOSSIBLE: Final = -18  # a day that cannot be gives way to any other reading


@dataclass(init=False, slots=True, unsafe_hash=True)
class Point:
    """A day as written: the month and year may be left for the other end of a range to say."""

    last: int
    day: int
    month: int | None
    year: int | None
    odd_year: bool

    def __init__(
        self, last: int, day: int, month: int | None = None, year: int | None = None, *, odd_year: bool = False
    ) -> None:
        self.last = last
        self.day = day
        self.month = month
        self.year = year
        self.odd_year = odd_year


def point_at(scene: Scene, at: int, *, labelled: bool = False, spaced: bool = False) -> Point | None:
    """A day with its month: 14/11, 14/11/26, 14.11.26, 2026-11-14, 14 nov 2026."""
    day = scene.numbers[at]
    if day is None:
        return None
    sign = scene.words[at + 1]
    if sign in "/-." and scene.numbers[at + 2] is not None:
        loose = labelled or spaced or (sign == "/" and _stands_alone(scene, at))
        if loose or scene.glued[at + 1]:
            return _signed(scene, at, sign, labelled=labelled)
    return _with_month_name(scene, at, day) or _spaced(scene, at, day)


def _stands_alone(scene: Scene, at: int) -> bool:
    """`14 / 11` with blanks is a day unless slashes part the values: then one stands before or behind it too."""
    before = scene.words[at - 1] == "/" or at == scene.start
    return not (before or scene.words[at + 3] == "/" or scene.glued[at])


def _spaced(scene: Scene, at: int, day: int) -> Point | None:
    """`14 11 2026`: a year of four digits makes it a day."""
    month, written = scene.numbers[at + 1], scene.numbers[at + 2]
    if month is None or written is None or len(scene.words[at + 2]) != 4:
        return None
    year = calendar.full_year(written, 4)
    return Point(at + 3, day, month, year) if year and calendar.exists(day, month) else None


def _signed(scene: Scene, at: int, sign: str, *, labelled: bool) -> Point | None:
    first, second = scene.numbers[at], scene.numbers[at + 2]
    third = scene.numbers[at + 4] if scene.glued_words[at + 3] in sign else None
    if first is None or second is None or len(scene.words[at + 2]) > DIGITS:
        return None
    if third is not None and len(scene.words[at]) == 4:
        return Point(at + 5, third, second, calendar.full_year(first, 4))
    if len(scene.words[at]) > DIGITS:
        return None
    if third is not None:
        year = calendar.full_year(third, len(scene.words[at + 4]))
        return Point(at + 5, first, second, year, odd_year=year is None)
    if sign == "/" or labelled:
        return with_year(scene, Point(at + 3, first, second))
    return None


def _is_short_year(scene: Scene, at: int, year: int) -> bool:
    """`14 nov 26`: two digits behind a month's name, when they are this year or the last and count nothing."""
    if not 0 <= scene.today.year - year <= 1 or at < 1 or scene.kinds[at - 1] != "w":
        return False
    return at + 1 >= scene.end or (not scene.glued[at + 1] and not scene.says(at + 1, UNITS))


def with_year(scene: Scene, point: Point, *, after_day: bool = False) -> Point:
    """A year of four digits after a blank still belongs to the day: 14 nov 2026."""
    here = point.last
    written = scene.numbers[here]
    if written is None or scene.new_line[here] or scene.words[here + 1] in "=:":
        return point
    year = calendar.full_year(written, len(scene.words[here]))
    if year is None or (len(scene.words[here]) != 4 and not (after_day and _is_short_year(scene, here, year))):
        return point
    return Point(here + 1, point.day, point.month, year)


def _with_month_name(scene: Scene, at: int, day: int) -> Point | None:
    here = at + 1
    if here < scene.end and scene.words[here] in ORDINALS and scene.glued[here]:
        here += 1
    while scene.words[here] in "-/." or (here < scene.end and scene.words[here] == "of"):
        here += 1
    month = scene.hear(here, "month")
    if not month or day > LAST_DAY:
        return None
    here = month[0] + (1 if scene.glued_words[month[0]] in "-/." else 0)
    written = scene.numbers[here]
    if written is not None and scene.glued[here] and len(scene.words[here]) == 2:
        return Point(here + 1, day, int(month[1]), calendar.full_year(written, 2))
    point = with_year(scene, Point(here, day, int(month[1])), after_day=True)
    return point if point.last > here else Point(month[0], day, int(month[1]))


def resolve(scene: Scene, point: Point) -> tuple[date | None, tuple[Flag, ...]]:
    if point.odd_year or point.month is None or not calendar.exists(point.day, point.month):
        return None, (Flag("impossible_date"),)
    if point.year is None:
        found = _upcoming(scene, point.day, point.month) or calendar.latest(point.day, point.month, scene.today)
    else:
        found = calendar.exact(point.day, point.month, point.year)
    return (found, ()) if found else (None, (Flag("impossible_date"),))


def _upcoming(scene: Scene, day: int, month: int) -> date | None:
    """In a form that looks ahead, a day of the coming month is that one, not last year's."""
    if not scene.form.allows_future:
        return None
    for year in (scene.today.year, scene.today.year + 1):
        found = calendar.exact(day, month, year)
        if found and timedelta(0) < found - scene.today <= MONTH_AHEAD:
            return found
    return None


def checked(scene: Scene, when: When | None, *, relative: bool = False) -> tuple[When | None, tuple[Flag, ...]]:
    """No day to come, none older than two years; a day named as to come is normal in a form that looks ahead."""
    if when is None:
        return None, (Flag("out_of_range_date"),)
    if when.end > scene.today:
        if relative and scene.form.allows_future:
            return when, ()
        return (when if scene.form.allows_future else None), (Flag("future_date"),)
    if (scene.today - when.start).days > calendar.OLDEST_DAYS:
        return None, (Flag("out_of_range_date"),)
    return when, ()


def single(scene: Scene, at: int, point: Point) -> Reading:
    found, flags = resolve(scene, point)
    last = over_day_part(scene, point.last)
    if found is None:
        return Reading(FIELD, None, at, last, bonus=IMPOSSIBLE, flags=flags)
    if scene.glued_words[point.last] == "/" and scene.numbers[point.last + 1] is not None:
        return Reading(FIELD, None, at, point.last + 2, bonus=IMPOSSIBLE, flags=(Flag("ambiguous_date"),))
    when, flags = checked(scene, When(found, found))
    return Reading(FIELD, when, at, last, flags=flags)


def over_day_part(scene: Scene, at: int) -> int:
    part = scene.hear(at, "day_part") if at < scene.end and not scene.new_line[at] else None
    return part[0] if part else at
