"""Days, months and ranges worked out from the day a message was received; pure arithmetic, no words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

OLDEST_DAYS: Final = 731
CENTURY: Final = 2000
YEARS: Final = range(1900, 2101)
LOOK_BACK: Final = 9
BEGIN: Final = "begin"
MIDDLE: Final = "middle"
END: Final = "end"
WHOLE: Final = "whole"
PART_DAYS: Final = {BEGIN: (1, 10), MIDDLE: (11, 20), END: (21, 31), WHOLE: (1, 31)}
LAST_MONTH: Final = 12


@dataclass(init=False, slots=True, unsafe_hash=True)
class When:
    """A day or a stretch of days."""

    start: date
    end: date
    approximate: bool

    def __init__(self, start: date, end: date, *, approximate: bool = False) -> None:
        self.start = start
        self.end = end
        self.approximate = approximate


def full_year(written: int, digits: int) -> int | None:
    """26 is 2026; three digits and impossible years are none."""
    if digits == 2:
        return CENTURY + written
    return written if digits == 4 and written in YEARS else None


@lru_cache(maxsize=4096)
def latest(day: int, month: int, today: date) -> date | None:
    """The latest such day not after today."""
    for year in range(today.year, today.year - LOOK_BACK, -1):
        found = exact(day, month, year)
        if found and found <= today:
            return found
    return None


@lru_cache(maxsize=4096)
def exact(day: int, month: int, year: int) -> date | None:
    """This day, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def exists(day: int, month: int) -> bool:
    """Whether some year has this day."""
    return exact(day, month, 2024) is not None


def part_of_month(part: str, month: int, year: int | None, today: date) -> When:
    """The beginning, middle, end or whole of a month: the latest one begun, unless a year is said; up to today."""
    if year is None:
        year = today.year if date(today.year, month, PART_DAYS[part][0]) <= today else today.year - 1
    low, high = PART_DAYS[part]
    start = date(year, month, low)
    end = date(year, month, min(high, monthrange(year, month)[1]))
    return When(start, _not_after(end, today, start), approximate=True)


def _not_after(end: date, today: date, start: date) -> date:
    return min(end, today) if start <= today else end


@lru_cache(maxsize=256)
def named_day(name: str, today: date) -> When:
    """What `hier`, `cette nuit` and `la semaine passée` mean on a given day."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    spans = {
        "night": When(today - timedelta(days=1), today, approximate=True),
        "last_week": When(monday - timedelta(days=7), monday - timedelta(days=1), approximate=True),
        "this_week": When(monday, today, approximate=True),
        "last_month": When(before.replace(day=1), before, approximate=True),
        "this_month": When(first, today, approximate=True),
        "last_weekend": When(monday - timedelta(days=2), monday - timedelta(days=1), approximate=True),
    }
    if name in spans:
        return spans[name]
    day = today + timedelta(days=int(name))
    return When(day, day)


def weekday(number: int, today: date, *, ahead: bool = False) -> When:
    """The last such day before today, or the next one after it."""
    if ahead:
        day = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    else:
        day = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return When(day, day)


def ago(number: int, unit: str, today: date) -> When | None:
    """So many days, weeks or months before today; weeks and months are rough."""
    if number > OLDEST_DAYS:
        return None
    if unit == "month":
        months = today.year * LAST_MONTH + today.month - 1 - number
        year, month = divmod(months, LAST_MONTH)
        day = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
        return When(day, day, approximate=True)
    days = {"day": number, "week": 7 * number, "hour": number // 24}[unit]
    day = today - timedelta(days=days)
    return When(day, day, approximate=unit != "day")
