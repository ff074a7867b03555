"""Dates in words: hier, lundi dernier, il y a 3 jours, début novembre."""

from typing import Final

from parsers.fields import calendar
from parsers.fields.calendar import When
from parsers.fields.counts import number_at
from parsers.fields.days import FIELD, Point, checked, over_day_part, point_at, single, with_year
from parsers.reading import Flag, Reading, Scene

MONTH_SMALL: Final = frozenset(("de", "d", "du", "le", "mois", "of"))


def offer_words(scene: Scene, at: int) -> list[Reading]:
    """The dates that begin with a word, by the tables that it opens."""
    said = scene.said[at]
    readings = [_named(scene, at, at + said["day"][0], said["day"][1])] if "day" in said else []
    for read, opens in READERS:
        if not opens.isdisjoint(said) and (found := read(scene, at)):
            readings.append(found)
    return readings


def _named(scene: Scene, at: int, last: int, name: str) -> Reading:
    when, flags = checked(scene, calendar.named_day(name, scene.today), relative=True)
    return Reading(FIELD, when, at, over_day_part(scene, last), flags=flags)


def _weekday(scene: Scene, at: int) -> Reading | None:
    before = scene.longest(at, "last_before", "next_before")
    is_next = bool(before) and scene.hear(at, "next_before") is not None
    day = scene.hear(before[0] if before else at, "weekday")
    if not day:
        return None
    last = day[0]
    after = scene.longest(last, "last", "next")
    if after:
        is_next, last = scene.hear(last, "next") is not None, after[0]
    point = point_at(scene, last)
    if point and not after and not before:
        return _dated_weekday(scene, at, int(day[1]), point)
    when, flags = checked(scene, calendar.weekday(int(day[1]), scene.today, ahead=is_next), relative=True)
    return Reading(FIELD, when, at, over_day_part(scene, last), flags=flags)


def _dated_weekday(scene: Scene, at: int, number: int, point: Point) -> Reading:
    """`lundi 9 novembre`: the day must be a Monday."""
    reading = single(scene, at, point)
    if isinstance(reading.value, When) and reading.value.start.weekday() != number:
        return Reading(FIELD, None, at, reading.last, flags=(Flag("conflicting_date"),))
    return reading


def _ago_before(scene: Scene, at: int) -> Reading | None:
    opening = scene.hear(at, "ago")
    if not opening or opening[1] != "before":
        return None
    return _ago(scene, at, opening[0], after=False)


def ago_after(scene: Scene, at: int) -> Reading | None:
    return _ago(scene, at, at, after=True)


def _ago(scene: Scene, at: int, here: int, *, after: bool) -> Reading | None:
    """il y a 3 jours, 3 days ago."""
    amount = number_at(scene, here)
    unit = scene.hear(amount[0], "ago_unit") if amount else None
    if amount is None or unit is None:
        return None
    last = unit[0]
    if after:
        closing = scene.hear(last, "ago")
        if not closing or closing[1] != "after":
            return None
        last = closing[0]
    when, flags = checked(scene, calendar.ago(amount[1], unit[1], scene.today))
    if when and amount[2]:
        when = When(when.start, when.end, approximate=True)
    return Reading(FIELD, when, at, last, flags=flags)


def _month(scene: Scene, at: int) -> Reading | None:
    """début novembre, mi-octobre, novembre 2026."""
    part = scene.hear(at, "month_part")
    here = at
    if part:
        here = scene.skip(part[0], MONTH_SMALL)
        here += 1 if scene.words[here] == "-" else 0
    month = scene.hear(here, "month")
    if not month:
        return None
    named = with_year(scene, Point(month[0], 1, int(month[1])))
    if not part and named.year is None:
        return None
    when = calendar.part_of_month(part[1] if part else calendar.WHOLE, int(month[1]), named.year, scene.today)
    found, flags = checked(scene, when)
    return Reading(FIELD, found, at, named.last, flags=flags)


READERS: Final = (
    (_weekday, frozenset(("weekday", "last_before", "next_before"))),
    (_ago_before, frozenset(("ago",))),
    (ago_after, frozenset(("number", "about"))),
    (_month, frozenset(("month", "month_part"))),
)
