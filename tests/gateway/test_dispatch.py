"""The bell rings after the commit and only then; a lost ring costs no message."""

import pytest

from gateway import dispatch
from gateway.dispatch import Job, LocalBell, RQBell, after_commit
from gateway.records import db


def test_it_rings_after_the_commit_and_not_before(sqlite_database, bell):
    with db.transaction() as session:
        after_commit(session, Job.READ)
        after_commit(session, Job.SEND)
        assert bell.is_quiet
    assert [bell.listen(0), bell.listen(0), bell.listen(0)] == [Job.READ, Job.SEND, None]


def test_what_is_rolled_back_does_not_ring(sqlite_database, bell):
    def fail():
        with db.transaction() as session:
            after_commit(session, Job.READ)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert bell.is_quiet


def test_a_savepoint_taken_back_does_not_silence_the_rest(sqlite_database, bell):
    with db.transaction() as session:
        after_commit(session, Job.READ)
        session.begin_nested().rollback()
        assert bell.is_quiet
    assert bell.listen(0) is Job.READ


def test_a_flood_rings_once_until_somebody_comes():
    bell = LocalBell()
    for _ in range(1000):
        bell.ring(Job.READ)
    assert [bell.listen(0), bell.listen(0)] == [Job.READ, None]
    bell.ring(Job.READ)
    assert bell.listen(0) is Job.READ


def test_whoever_listens_for_one_job_leaves_the_others_to_others():
    bell = LocalBell()
    bell.ring(Job.SEND)
    assert bell.listen(0, (Job.READ,)) is None
    assert bell.listen(0, (Job.SEND,)) is Job.SEND


def test_the_bell_is_chosen_by_one_setting(make_settings):
    assert isinstance(dispatch.choose(make_settings()), LocalBell)
    assert isinstance(dispatch.choose(make_settings(REDIS_URL="redis://127.0.0.1:1/0")), RQBell)
    dispatch.use(LocalBell())
