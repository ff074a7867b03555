"""Dates: 14/11, 14 nov, hier, lundi dernier, il y a 3 jours, du 10 au 12/11, début novembre. Day first, always."""

from typing import Final

from parsers.fields import calendar
from parsers.fields.calendar import When
from parsers.fields.day_words import ago_after, offer_words
from parsers.fields.days import FIELD, IMPOSSIBLE, ORDINALS, Point, checked, point_at, resolve, single
from parsers.reading import ANY_NUMBER, Flag, Followers, Reading, Scene

FROM: Final[frozenset[str]] = frozenset(("du", "de", "from", "entre", "between", "le"))
TO: Final = frozenset(("au", "a", "to", "jusqu"))
BETWEEN: Final = frozenset(("entre", "between"))
TO_OR_AND: Final = TO.union(("et", "and"))
SMALL: Final = frozenset(("le", "au"))
JOINED: Final = TO.union(ORDINALS, ("of",))
FOLLOWERS: Final[Followers] = Followers(frozenset(("month", "ago_unit")), JOINED.union("/-.", (ANY_NUMBER,)))
LAST_MONTH: Final = 12
OPENS: Final = frozenset(("day", "weekday", "ago", "month", "month_part", "last_before", "next_before", "number"))


def offer(scene: Scene, at: int, *, labelled: bool = False) -> list[Reading]:
    """The dates that begin at an atom."""
    if scene.kinds[at] == "n":
        return _numeric(scene, at, labelled=labelled)
    readings = offer_words(scene, at) if scene.says(at, OPENS) else []
    start = scene.skip(at, FROM) if scene.words[at] in FROM else at
    if start > at:
        ranges = _ranges(scene, start, full=point_at(scene, start), between=scene.words[at] in BETWEEN)
        readings += [reading.begun(at) for reading in ranges]
    return readings


def _numeric(scene: Scene, at: int, *, labelled: bool) -> list[Reading]:
    point = point_at(scene, at, labelled=labelled)
    readings = _ranges(scene, at, full=point_at(scene, at) if labelled else point)
    if point:
        readings.append(single(scene, at, point))
    if scene.glued_words[at + 1] == "-" and (bare := _bare_pair(scene, at, labelled=labelled)):
        readings.append(bare)
    if "ago_unit" in scene.said[at + 1] and (ago := ago_after(scene, at)):
        readings.append(ago)
    return readings


def _ranges(scene: Scene, at: int, *, full: Point | None, between: bool = False) -> list[Reading]:
    """10-12/11, du 10 au 12/11, 10/11 au 12/11, 10 au 12 novembre; after `entre` also 10 et 12/11."""
    day = scene.numbers[at]
    if day is None:
        return []
    readings = []
    words = TO_OR_AND if between else TO
    for start in [Point(at + 1, day), *([full] if full else [])]:
        here = start.last
        if scene.words[here] == "-" or (here < scene.end and scene.words[here] in words):
            end = point_at(scene, scene.skip(here + 1, SMALL))
            if end and end.month is not None:
                readings.append(_range(scene, at, start, end))
    return readings


def _range(scene: Scene, at: int, start: Point, end: Point) -> Reading:
    last, flags = resolve(scene, end)
    if last is None:
        return Reading(FIELD, None, at, end.last, bonus=IMPOSSIBLE, flags=flags)
    if start.month is None:
        first = calendar.exact(start.day, last.month, last.year)
    elif start.year is None:
        first = calendar.latest(start.day, start.month, last)
    else:
        first = calendar.exact(start.day, start.month, start.year)
    if first is None or first > last or (last - first).days > calendar.OLDEST_DAYS // 2:
        return Reading(FIELD, None, at, end.last, flags=(Flag("impossible_date"),))
    when, flags = checked(scene, When(first, last))
    return Reading(FIELD, when, at, end.last, flags=flags)


def _bare_pair(scene: Scene, at: int, *, labelled: bool) -> Reading | None:
    """`06-11` and `14-11` are days, `15-17` are ages, `10-12` may be either."""
    if labelled or scene.glued_words[at + 1] != "-" or scene.glued_words[at + 3] in "-/.":
        return None
    day, month = scene.numbers[at], scene.numbers[at + 2]
    if day is None or month is None or month > LAST_MONTH or scene.longest(at + 3, "age_unit", "unit", "month"):
        return None
    if at + 3 < scene.end and scene.words[at + 3] in ("g", "f", "e", "b"):
        return None
    leading_zero = scene.words[at][0] == "0" or scene.words[at + 2][0] == "0"
    if leading_zero or day > LAST_MONTH:
        return single(scene, at, Point(at + 3, day, month))
    return Reading(FIELD, None, at, at + 3, flags=(Flag("ambiguous_date"),))


def settle(_scene: Scene, readings: list[Reading]) -> tuple[dict[str, object], list[Flag]]:
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
