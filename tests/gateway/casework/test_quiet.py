"""No phone rings at night, but that of somebody who has just written."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.casework.quiet import JUST_WRITTEN, QuietHours, held_until

BAMAKO = ZoneInfo("Africa/Bamako")
NIGHT = QuietHours(time(21), time(6))
NOON = QuietHours(time(12), time(14, 30))


def _at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


CASES = [
    (NIGHT, _at(20, 20, 59), None),
    (NIGHT, _at(20, 21, 0), _at(21, 6)),
    (NIGHT, _at(21, 3, 0), _at(21, 6)),
    (NIGHT, _at(21, 5, 59), _at(21, 6)),
    (NIGHT, _at(21, 6, 0), None),
    (NOON, _at(20, 11, 59), None),
    (NOON, _at(20, 12, 0), _at(20, 14, 30)),
    (NOON, _at(20, 14, 30), None),
    (None, _at(21, 3, 0), None),
]


@pytest.mark.parametrize(("quiet", "now", "until"), CASES)
def test_what_is_not_fresh_waits_for_the_end_of_quiet_hours(quiet, now, until):
    assert held_until(quiet, written_at=now - timedelta(hours=2), now=now, timezone=BAMAKO) == until


def test_who_has_just_written_is_answered_at_any_hour():
    now = _at(21, 3)
    assert held_until(NIGHT, written_at=now - JUST_WRITTEN, now=now, timezone=BAMAKO) is None
    late = now - JUST_WRITTEN - timedelta(seconds=1)
    assert held_until(NIGHT, written_at=late, now=now, timezone=BAMAKO) == _at(21, 6)


def test_the_clock_is_that_of_the_office():
    now = _at(20, 20)
    there = ZoneInfo("Asia/Dubai")
    assert held_until(NIGHT, written_at=now - timedelta(hours=1), now=now, timezone=there) == _at(21, 2)


@given(st.datetimes(timezones=st.just(UTC), allow_imaginary=False), st.times(), st.times())
def test_whatever_waits_may_go_when_its_wait_is_over(moment, start, end):
    quiet = QuietHours(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    now = min(max(moment, _at(1, 0).replace(year=1900)), _at(1, 0).replace(year=2200))
    until = held_until(quiet, written_at=now - timedelta(days=1), now=now, timezone=BAMAKO)
    if until is not None:
        assert now < until <= now + timedelta(days=1)
        assert held_until(quiet, written_at=now - timedelta(days=1), now=until, timezone=BAMAKO) is None
