"""The bell rings after the commit and only then; a lost ring costs no message."""

import pytest

from gateway import dispatch
from gateway.dispatch import MOST_WAITING, Job, LocalBell, RQBell, after_commit
from gateway.records import db


def test_it_rings_after_the_commit_and_not_before(sqlite_database, bell):
    with db.transaction() as session:
        after_commit(session, Job.READ, "a")
        after_commit(session, Job.SEND, "b")
        assert bell.is_quiet
    assert [bell.listen(0), bell.listen(0), bell.listen(0)] == [(Job.READ, "a"), (Job.SEND, "b"), None]


def test_what_is_rolled_back_does_not_ring(sqlite_database, bell):
    def fail():
        with db.transaction() as session:
            after_commit(session, Job.READ, "a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert bell.is_quiet


def test_a_savepoint_taken_back_does_not_silence_the_rest(sqlite_database, bell):
    with db.transaction() as session:
        after_commit(session, Job.READ, "a")
        session.begin_nested().rollback()
        assert bell.is_quiet
    assert bell.listen(0) == (Job.READ, "a")


def test_a_flood_of_rings_is_bounded():
    bell = LocalBell()
    for number in range(MOST_WAITING + 50):
        bell.ring(Job.READ, str(number))
    heard = 0
    while bell.listen(0):
        heard += 1
    assert heard == MOST_WAITING


def test_the_bell_is_chosen_by_one_setting(make_settings):
    assert isinstance(dispatch.choose(make_settings()), LocalBell)
    assert isinstance(dispatch.choose(make_settings(REDIS_URL="redis://127.0.0.1:1/0")), RQBell)
    dispatch.use(LocalBell())
