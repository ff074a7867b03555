"""The rounds of a process: whose time has come is done, once for all processes, whatever fails beside it."""

import threading
from datetime import timedelta

import pytest
import time_machine

from gateway import clock
from gateway.errors import ChannelError
from tests import services
from workers import rounds
from workers.rounds import Duty

MINUTE = timedelta(minutes=1)


@pytest.fixture
def table(monkeypatch):
    """A table with one round that notes when it was gone."""
    gone = []
    monkeypatch.setattr(rounds, "ROUNDS", {"one": Duty(lambda _: MINUTE, gone.append)})
    return gone


def test_each_is_done_once_in_its_time(database, make_settings, table):
    settings, start = make_settings(), clock.now()
    with time_machine.travel(start, tick=False) as time:
        assert rounds.go(settings) == []
        time.move_to(start + MINUTE)
        assert [rounds.go(settings), rounds.go(settings)] == [["one"], []]
    assert table == [settings]


def test_what_fails_keeps_nothing_else_from_being_done(sqlite_database, make_settings, table, monkeypatch):
    def fails(_settings):
        raise ChannelError("mail_450", retryable=True)

    monkeypatch.setattr(rounds, "ROUNDS", {"bad": Duty(lambda _: MINUTE, fails), **rounds.ROUNDS})
    settings, start = make_settings(), clock.now()
    with time_machine.travel(start, tick=False) as time:
        rounds.go(settings)
        time.move_to(start + MINUTE)
        assert rounds.go(settings) == ["one"]


def test_what_is_never_wanted_is_never_done(sqlite_database, make_settings, table, monkeypatch):
    monkeypatch.setattr(rounds, "ROUNDS", {"one": Duty(lambda _: timedelta(), table.append)})
    with time_machine.travel(clock.now(), tick=False) as time:
        for _ in range(3):
            time.shift(MINUTE)
            assert rounds.go(make_settings()) == []


def test_without_a_database_the_thread_lives_on_and_stops_when_told(make_settings, monkeypatch, table):
    looks, stopping = [], threading.Event()
    monkeypatch.setattr(rounds, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(rounds, "ROUNDS", {"one": Duty(lambda _: looks.append(1) or MINUTE, table.append)})
    thread = rounds.keep(stopping, make_settings())
    services.wait_until(lambda: len(looks) > 2, "no look was taken")
    stopping.set()
    thread.join(5)
    assert not thread.is_alive()


def test_the_table_is_what_the_service_needs(make_settings):
    assert {name: duty.every(make_settings()) for name, duty in rounds.ROUNDS.items()} == {
        "watch": MINUTE,
        "audit": timedelta(hours=1),
        "self_test": timedelta(hours=1),
        "self_test_read": MINUTE,
    }
