"""Who wrote steadily and writes no more."""

from datetime import timedelta

import pytest

from gateway import clock
from gateway.casework import silence
from gateway.casework.silence import Silence
from gateway.records import db
from tests.make import alert as make_alert

NOW = clock.now()
TWO_DAYS = timedelta(days=2)


def _heard(region, days_ago, channel="twilio"):
    with db.transaction() as session:
        for days in days_ago:
            place = {"place": {"pcode": {"ML07": "ML0701", "ML06": "ML0605"}[region]}}
            at = NOW - timedelta(days=days)
            alert = make_alert.alert(session, fields=place, received_at=at, channel=channel)
            assert alert.region == region


def _silent(**how):
    with db.reading() as session:
        return silence.of_regions(session, **{"after": TWO_DAYS, "now": NOW, **how})


def test_a_region_that_wrote_every_day_and_stopped(database, open_vault):
    _heard("ML07", range(3, 25))
    _heard("ML06", range(25))
    assert _silent() == [Silence("ML07", NOW - timedelta(days=3))]


@pytest.mark.parametrize(
    ("days_ago", "is_silent"),
    [
        (range(3, 17), True),  # 14 in four weeks: one in each two days
        (range(3, 16), False),  # so seldom that two days mean nothing
        (range(1, 20), False),  # not silent yet
        (range(58, 74), True),  # silent for long is silent still
        (range(61, 90), False),  # a post that was given up is forgotten
    ],
)
def test_when_it_is_a_silence(sqlite_database, open_vault, days_ago, is_silent):
    _heard("ML07", days_ago)
    assert bool(_silent()) is is_silent


def test_nobody_is_told_of_the_silence_of_others(sqlite_database, open_vault):
    _heard("ML07", range(3, 25))
    assert _silent(regions=["ML06"]) == []
    assert len(_silent(regions=["ML06", "ML07"])) == 1


def test_without_a_limit_nobody_is_silent(sqlite_database, open_vault):
    _heard("ML07", range(3, 25))
    assert _silent(after=timedelta()) == []


def test_a_channel_that_stopped(database, open_vault):
    _heard("ML07", range(3, 25), channel="kannel")
    with db.reading() as session:
        found = silence.of_channels(session, after=TWO_DAYS, now=NOW)
    assert [each.subject for each in found] == ["kannel"]
