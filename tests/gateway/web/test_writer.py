"""Group commit: rows that come together are committed together, and nobody is told before."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from gateway import clock
from gateway.casework import intake
from gateway.casework.intake import Arrival
from gateway.channels import simulator
from gateway.records import db
from gateway.web.writer import NotStored, Writer
from tests.stand_ins.street import rows


def _row(keys, text="ENF REC"):
    return intake.prepare(simulator.inbound("+22370000001", text), keys=keys, now=clock.now())


def _together(writer, prepared):
    """What each of many threads got, all let loose at once."""
    gate, results = threading.Barrier(len(prepared)), {}

    def one(number):
        gate.wait()
        try:
            results[number] = writer.take(prepared[number])
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(prepared))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [results[number] for number in range(len(prepared))]


def test_everybody_in_a_crowd_is_stored_once(database, bell, open_vault):
    keys = open_vault.inbox()
    results = _together(Writer(db.transaction), [_row(keys) for _ in range(40)])
    assert [result.arrival for result in results] == [Arrival.STORED] * 40
    assert len({result.message_id for result in results}) == 40
    assert rows()["messages"] == 40


def test_the_same_message_from_many_threads_is_one_row(database, bell, open_vault):
    keys = open_vault.inbox()
    same = simulator.inbound("+22370000001", "ENF REC")
    results = _together(Writer(db.transaction), [intake.prepare(same, keys=keys, now=clock.now()) for _ in range(30)])
    assert sorted(result.arrival for result in results) == [Arrival.REPEATED] * 29 + [Arrival.STORED]
    assert len({result.message_id for result in results}) == 1
    assert rows()["messages"] == 1


def test_when_the_commit_fails_everybody_in_it_is_told(sqlite_database, bell, open_vault):
    @contextmanager
    def fails():
        with db.transaction() as session:
            yield session
            raise OperationalError("COMMIT", None, Exception("disk full"))

    results = _together(Writer(fails), [_row(open_vault.inbox()) for _ in range(10)])
    assert all(isinstance(result, (OperationalError, NotStored)) for result in results)
    assert rows()["messages"] == 0


def test_after_a_failure_the_next_one_is_stored(sqlite_database, bell, open_vault):
    keys = open_vault.inbox()
    failing = iter([True])

    @contextmanager
    def fails_once():
        with db.transaction() as session:
            yield session
            if next(failing, False):
                raise OperationalError("COMMIT", None, Exception("disk full"))

    writer = Writer(fails_once)
    with pytest.raises(OperationalError):
        writer.take(_row(keys))
    assert writer.take(_row(keys)).arrival is Arrival.STORED
