"""Dates: 14/11, 14 nov, hier, lundi dernier, il y a 3 jours, du 10 au 12/11, début novembre. Day first, always."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from parsers.fields import calendar
from parsers.fields.calendar import When
from parsers.fields.counts import number_at
from parsers.reading import Flag, Reading, Scene

FIELD = "date"
FROM = frozenset(("du", "de", "from", "entre", "between", "le"))
TO = frozenset(("au", "a", "to", "et", "and", "jusqu"))
MONTH_SMALL = frozenset(("de", "d", "du", "le", "mois", "of"))
ORDINALS = ("er", "e", "st", "nd", "rd", "th", "eme")
JOINED = TO.union(ORDINALS, ("of",))
AFTER_NUMBER = frozenset(("month", "ago_unit"))
LAST_MONTH = 12
LAST_DAY = 31
OLDEST_CHILD = 17
OPENS = frozenset(("day", "weekday", "ago", "month", "month_part", "last_before", "next_before", "number"))


@dataclass(frozen=True, slots=True)
class Point:
    """A day as written: the month and year may be left for the other end of a range to say."""

    last: int
    day: int
    month: int | None = None
    year: int | None = None
    odd_year: bool = False


def offer(scene: Scene, at: int, *, labelled: bool = False) -> list[Reading]:
    """The dates that begin at an atom."""
    if scene.atoms[at].kind == "n":
        return _numeric(scene, at, labelled=labelled)
    readings = _worded(scene, at) if scene.says(at, OPENS) else []
    start = scene.skip(at, FROM) if scene.words[at] in FROM else at
    if start > at:
        readings += [_from(reading, at) for reading in _ranges(scene, start)]
    return readings


def _from(reading: Reading, first: int) -> Reading:
    return Reading(FIELD, reading.value, first, reading.last, reading.bonus, reading.flags)


def _may_begin(scene: Scene, at: int) -> bool:
    """Whether what follows a number can make it part of a date."""
    if at >= scene.end:
        return False
    following = scene.atoms[at]
    if following.kind == "s":
        return following.word in "/-."
    return following.kind == "n" or scene.words[at] in JOINED or scene.says(at, AFTER_NUMBER)


def _numeric(scene: Scene, at: int, *, labelled: bool) -> list[Reading]:
    if not _may_begin(scene, at + 1):
        return []
    readings = _ranges(scene, at)
    point = _point(scene, at, labelled=labelled)
    if point:
        readings.append(_single(scene, at, point))
    bare = _bare_pair(scene, at, labelled=labelled)
    if bare:
        readings.append(bare)
    ago = _ago_after(scene, at)
    return [*readings, ago] if ago else readings


def _point(scene: Scene, at: int, *, labelled: bool = False, spaced: bool = False) -> Point | None:
    """A day with its month: 14/11, 14/11/26, 14.11.26, 2026-11-14, 14 nov 2026."""
    day = scene.number(at)
    if day is None:
        return None
    for signs in ("/", "-", "."):
        if scene.is_sign(at + 1, signs, glued=not (labelled or spaced)) and scene.number(at + 2) is not None:
            return _signed(scene, at, signs, labelled=labelled)
    return _with_month_name(scene, at, day) or _spaced(scene, at, day)


def _spaced(scene: Scene, at: int, day: int) -> Point | None:
    """`14 11 2026`: a year of four digits makes it a day."""
    month, written = scene.number(at + 1), scene.number(at + 2)
    if month is None or written is None or len(scene.words[at + 2]) != 4:
        return None
    year = calendar.full_year(written, 4)
    return Point(at + 3, day, month, year) if year and calendar.exists(day, month) else None


def _signed(scene: Scene, at: int, sign: str, *, labelled: bool) -> Point | None:
    first, second = scene.number(at), scene.number(at + 2)
    third = scene.number(at + 4) if scene.is_sign(at + 3, sign, glued=True) else None
    if first is None or second is None:
        return None
    if third is not None and len(scene.words[at]) == 4:
        return Point(at + 5, third, second, calendar.full_year(first, 4))
    if third is not None:
        year = calendar.full_year(third, len(scene.words[at + 4]))
        return Point(at + 5, first, second, year, odd_year=year is None)
    if sign == "/" or labelled:
        return _maybe_year(scene, Point(at + 3, first, second))
    return None


def _maybe_year(scene: Scene, point: Point) -> Point:
    """A year of four digits after a blank still belongs to the day: 14 nov 2026."""
    here = point.last
    written = scene.number(here)
    if written is None or scene.atoms[here].new_line or scene.is_sign(here + 1, "=:"):
        return point
    year = calendar.full_year(written, len(scene.words[here]))
    if year is None or len(scene.words[here]) != 4:
        return point
    return Point(here + 1, point.day, point.month, year)


def _with_month_name(scene: Scene, at: int, day: int) -> Point | None:
    here = at + 1
    if here < scene.end and scene.words[here] in ORDINALS and scene.atoms[here].glued:
        here += 1
    while scene.is_sign(here, "-/.") or (here < scene.end and scene.words[here] == "of"):
        here += 1
    month = scene.longest(here, "month")
    if not month or day > LAST_DAY:
        return None
    here = month[0] + (1 if scene.is_sign(month[0], "-/.", glued=True) else 0)
    written = scene.number(here)
    if written is not None and scene.atoms[here].glued and len(scene.words[here]) == 2:
        return Point(here + 1, day, int(month[1]), calendar.full_year(written, 2))
    point = _maybe_year(scene, Point(here, day, int(month[1])))
    return point if point.last > here else Point(month[0], day, int(month[1]))


def _resolve(scene: Scene, point: Point) -> tuple[date | None, tuple[Flag, ...]]:
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
        if found and timedelta(0) < found - scene.today <= timedelta(days=31):
            return found
    return None


def _checked(scene: Scene, when: When | None, *, relative: bool = False) -> tuple[When | None, tuple[Flag, ...]]:
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


def _single(scene: Scene, at: int, point: Point) -> Reading:
    found, flags = _resolve(scene, point)
    last = _over_day_part(scene, point.last)
    if found is None:
        return Reading(FIELD, None, at, last, bonus=-18, flags=flags)
    if scene.is_sign(point.last, "/", glued=True) and scene.number(point.last + 1) is not None:
        return Reading(FIELD, None, at, point.last + 2, bonus=-18, flags=(Flag("ambiguous_date"),))
    when, flags = _checked(scene, When(found, found))
    return Reading(FIELD, when, at, last, flags=flags)


def _ranges(scene: Scene, at: int) -> list[Reading]:
    """10-12/11, du 10 au 12/11, 10/11 au 12/11, 10 au 12 novembre."""
    day = scene.number(at)
    if day is None:
        return []
    readings = []
    full = _point(scene, at)
    starts = [Point(at + 1, day)] + ([full] if full else [])
    for start in starts:
        here = start.last
        if scene.is_sign(here, "-") or (here < scene.end and scene.words[here] in TO):
            here = scene.skip(here + 1, frozenset(("le", "au")))
            end = _point(scene, here)
            if end and end.month is not None:
                readings.append(_range(scene, at, start, end))
    return readings


def _range(scene: Scene, at: int, start: Point, end: Point) -> Reading:
    last, end_flags = _resolve(scene, end)
    wanted = Point(start.last, start.day, start.month or end.month, start.year or end.year)
    first, flags = _resolve(scene, wanted)
    if first is None or last is None:
        return Reading(FIELD, None, at, end.last, bonus=-18, flags=(flags or end_flags))
    if first > last and start.year is None and first.year == last.year:
        first = calendar.exact(first.day, first.month, first.year - 1) or first
    if first > last or (last - first).days > calendar.OLDEST_DAYS // 2:
        return Reading(FIELD, None, at, end.last, flags=(Flag("impossible_date"),))
    when, flags = _checked(scene, When(first, last))
    return Reading(FIELD, when, at, end.last, flags=flags)


def _bare_pair(scene: Scene, at: int, *, labelled: bool) -> Reading | None:
    """`06-11` is a day, `15-17` are ages, `10-12` may be either."""
    if labelled or not scene.is_sign(at + 1, "-", glued=True) or scene.is_sign(at + 3, "-/.", glued=True):
        return None
    day, month = scene.number(at), scene.number(at + 2)
    if day is None or month is None or month > LAST_MONTH or scene.longest(at + 3, "age_unit", "unit", "month"):
        return None
    if at + 3 < scene.end and scene.words[at + 3] in ("g", "f", "e", "b"):
        return None
    leading_zero = scene.words[at][0] == "0" or scene.words[at + 2][0] == "0"
    if leading_zero or day > month or day > OLDEST_CHILD:
        return _single(scene, at, Point(at + 3, day, month))
    return Reading(FIELD, None, at, at + 3, flags=(Flag("ambiguous_date"),))


def _worded(scene: Scene, at: int) -> list[Reading]:
    day = scene.longest(at, "day")
    readings = [_named(scene, at, *day)] if day else []
    for found in (_weekday(scene, at), _ago_before(scene, at), _ago_after(scene, at), _month(scene, at)):
        if found:
            readings.append(found)
    return readings


def _named(scene: Scene, at: int, last: int, name: str) -> Reading:
    when, flags = _checked(scene, calendar.named_day(name, scene.today), relative=True)
    return Reading(FIELD, when, at, _over_day_part(scene, last), flags=flags)


def _over_day_part(scene: Scene, at: int) -> int:
    part = scene.longest(at, "day_part") if at < scene.end and not scene.atoms[at].new_line else None
    return part[0] if part else at


def _weekday(scene: Scene, at: int) -> Reading | None:
    before = scene.longest(at, "last_before", "next_before")
    is_next = bool(before) and scene.longest(at, "next_before") is not None
    day = scene.longest(before[0] if before else at, "weekday")
    if not day:
        return None
    last = day[0]
    after = scene.longest(last, "last", "next")
    if after:
        is_next, last = scene.longest(last, "next") is not None, after[0]
    point = _point(scene, last)
    if point and not after and not before:
        return _dated_weekday(scene, at, int(day[1]), point)
    when, flags = _checked(scene, calendar.weekday(int(day[1]), scene.today, ahead=is_next), relative=True)
    return Reading(FIELD, when, at, _over_day_part(scene, last), flags=flags)


def _dated_weekday(scene: Scene, at: int, number: int, point: Point) -> Reading:
    """`lundi 9 novembre`: the day must be a Monday."""
    reading = _single(scene, at, point)
    if isinstance(reading.value, When) and reading.value.start.weekday() != number:
        return Reading(FIELD, None, at, reading.last, flags=(Flag("conflicting_date"),))
    return reading


def _ago_before(scene: Scene, at: int) -> Reading | None:
    opening = scene.longest(at, "ago")
    if not opening or opening[1] != "before":
        return None
    return _ago(scene, at, opening[0], after=False)


def _ago_after(scene: Scene, at: int) -> Reading | None:
    return _ago(scene, at, at, after=True)


def _ago(scene: Scene, at: int, here: int, *, after: bool) -> Reading | None:
    """il y a 3 jours, 3 days ago."""
    amount = number_at(scene, here)
    unit = scene.longest(amount[0], "ago_unit") if amount else None
    if amount is None or unit is None:
        return None
    last = unit[0]
    if after:
        closing = scene.longest(last, "ago")
        if not closing or closing[1] != "after":
            return None
        last = closing[0]
    when, flags = _checked(scene, calendar.ago(amount[1], unit[1], scene.today))
    if when and amount[2]:
        when = When(when.start, when.end, approximate=True)
    return Reading(FIELD, when, at, last, flags=flags)


def _month(scene: Scene, at: int) -> Reading | None:
    """début novembre, mi-octobre, novembre 2026."""
    part = scene.longest(at, "month_part")
    here = at
    if part:
        here = scene.skip(part[0], MONTH_SMALL)
        here += 1 if scene.is_sign(here, "-") else 0
    month = scene.longest(here, "month")
    if not month:
        return None
    named = _maybe_year(scene, Point(month[0], 1, int(month[1])))
    if not part and named.year is None:
        return None
    when = calendar.part_of_month(part[1] if part else calendar.WHOLE, int(month[1]), named.year, scene.today)
    checked, flags = _checked(scene, when)
    return Reading(FIELD, checked, at, named.last, flags=flags)


def settle(readings: Sequence[Reading]) -> tuple[dict[str, object], list[Flag]]:
    """One day or stretch; two that differ are for a person."""
    whens = [reading.value for reading in readings if isinstance(reading.value, When)]
    if not whens:
        return {}, []
    if len({(when.start, when.end) for when in whens}) > 1:
        return {}, [Flag("conflicting_date")]
    flags = [Flag("repeated_date", "note")] if len(whens) > 1 else []
    when = whens[0]
    fields = {"date_from": when.start, "date_to": when.end, "date_approximate": when.approximate}
    return dict(fields), flags
