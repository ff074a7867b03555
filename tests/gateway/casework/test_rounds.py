"""A round is gone once in its time, whoever asks."""

from datetime import timedelta

from gateway import clock
from gateway.casework import rounds
from gateway.records import db

NOW, EVERY = clock.now(), timedelta(minutes=5)


def _begins(**later):
    with db.transaction() as session:
        return rounds.begin(session, "watch", every=EVERY, now=NOW + timedelta(**later))


def _is_due(**later):
    with db.reading() as session:
        return rounds.is_due(session, "watch", every=EVERY, now=NOW + timedelta(**later))


def test_it_comes_once_in_its_time(database):
    assert _is_due()
    assert not _begins()  # counted from here
    assert not _is_due(minutes=4)
    assert not _begins(minutes=4)
    assert _is_due(minutes=5)
    assert _begins(minutes=5)
    assert not _begins(minutes=5)
    assert _begins(minutes=10)


def test_a_clock_that_is_set_back_does_not_stop_it(database):
    _begins()
    assert _is_due(hours=-1)
    assert _begins(hours=-1)
    assert not _begins(hours=-1)
