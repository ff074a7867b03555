"""The pace of a channel is one for all workers."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

from gateway.casework import pace
from gateway.records import db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def _places(session, count, *, now=NOW, per_second=2.0):
    return [(pace.take_place(session, "twilio", per_second=per_second, now=now) - NOW) for _ in range(count)]


def test_a_seconds_worth_leaves_at_once_and_the_rest_in_its_turn(session):
    seconds = [place.total_seconds() for place in _places(session, 6)]
    assert seconds == [0, 0, 0, 0.5, 1, 1.5]


def test_after_a_pause_there_is_room_again_and_no_more_than_a_second_of_it(session):
    _places(session, 6)
    later = NOW + timedelta(hours=1)
    waits = [(place - timedelta(hours=1)).total_seconds() for place in _places(session, 4, now=later)]
    assert waits == [0, 0, 0, 0.5]


def test_each_channel_has_its_own(session):
    _places(session, 6)
    assert pace.take_place(session, "kannel", per_second=2.0, now=NOW) == NOW


def test_many_workers_at_once_never_take_the_same_place(database):
    places, gate = [], threading.Barrier(8)

    def one():
        gate.wait()
        for _ in range(5):
            with db.transaction() as session:
                places.append(pace.take_place(session, "twilio", per_second=10.0, now=NOW))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    later = Counter(place for place in places if place > NOW)
    assert len(places) == 40
    assert set(later.values()) == {1}
    assert max(later) == NOW + timedelta(seconds=2.9)
