"""Days and stretches worked out from the day of receipt: pure arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fields import calendar
from parsers.fields.calendar import When

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(2005, 1, 1), date(2095, 12, 31))


def _iso(when):
    return when.start.isoformat(), when.end.isoformat()


@given(st.integers(1, 31), st.integers(1, 12), DAYS)
def test_the_latest_such_day_is_not_after_today_and_none_lies_between(day, month, today):
    found = calendar.latest(day, month, today)
    if not calendar.exists(day, month):
        assert found is None
        return
    assert found is not None
    assert (found.day, found.month) == (day, month)
    assert found <= today
    later = calendar.exact(day, month, found.year + 1)
    assert later is None or later > today


@given(st.integers(0, 6), DAYS)
def test_a_weekday_is_the_last_one_and_never_today(number, today):
    when = calendar.weekday(number, today)
    assert when.start.weekday() == number
    assert 1 <= (today - when.start).days <= 7
    assert 1 <= (calendar.weekday(number, today, ahead=True).start - today).days <= 7


@given(st.sampled_from(("begin", "middle", "end", "whole")), st.integers(1, 12), DAYS)
def test_a_part_of_a_month_has_begun_and_ends_today_at_the_latest(part, month, today):
    when = calendar.part_of_month(part, month, None, today)
    assert when.start <= when.end <= today
    assert when.approximate


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("0", "2026-11-20", "2026-11-20"),
        ("-2", "2026-11-18", "2026-11-18"),
        ("night", "2026-11-19", "2026-11-20"),
        ("last_week", "2026-11-09", "2026-11-15"),
        ("this_week", "2026-11-16", "2026-11-20"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("this_month", "2026-11-01", "2026-11-20"),
        ("last_weekend", "2026-11-14", "2026-11-15"),
    ],
)
def test_a_named_day_is_counted_from_the_day_of_receipt(name, first, last):
    assert _iso(calendar.named_day(name, FRIDAY)) == (first, last)


@pytest.mark.parametrize(
    ("number", "unit", "day", "rough"),
    [
        (3, "day", "2026-11-17", False),
        (2, "week", "2026-11-06", True),
        (1, "month", "2026-10-20", True),
        (13, "month", "2025-10-20", True),
        (30, "hour", "2026-11-19", True),
    ],
)
def test_so_long_ago_is_one_day_rough_for_weeks_and_months(number, unit, day, rough):
    assert calendar.ago(number, unit, FRIDAY) == When(
        date.fromisoformat(day), date.fromisoformat(day), approximate=rough
    )


def test_a_month_ago_stays_within_a_shorter_month():
    assert calendar.ago(1, "month", date(2027, 3, 31)).start == date(2027, 2, 28)


def test_a_thousand_days_ago_is_no_date():
    assert calendar.ago(1000, "day", FRIDAY) is None


@pytest.mark.parametrize(
    ("written", "digits", "year"), [(26, 2, 2026), (2026, 4, 2026), (1448, 4, None), (126, 3, None)]
)
def test_a_year_has_two_or_four_digits(written, digits, year):
    assert calendar.full_year(written, digits) == year


def test_the_oldest_day_that_counts_is_two_years_ago():
    assert FRIDAY - timedelta(days=calendar.OLDEST_DAYS) == date(2024, 11, 19)
