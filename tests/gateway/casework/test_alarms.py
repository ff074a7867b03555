"""Alarms: once at the beginning, again after a while, and once when it is over."""

from datetime import timedelta

from sqlalchemy import func, select

from gateway import clock
from gateway.casework import alarms
from gateway.casework.alarms import CALM, RETRY
from gateway.records import db
from gateway.records.alarm import Alarm
from gateway.records.codes import AlarmKind

START = clock.now()
HOURS = timedelta(hours=12)


class Day:
    """A day of which every step is a transaction of its own."""

    def __init__(self):
        self.now = START

    def passes(self, **span):
        self.now += timedelta(**span)
        return self

    def finds(self, found, **how):
        with db.transaction() as session:
            alarms.observe(session, AlarmKind.SILENT_REGION, found, now=self.now, **how)

    def tells(self, succeeds=True):
        """What somebody is told of now: subject, figure, and whether it is over."""
        with db.transaction() as session:
            due = alarms.due(session, now=self.now)
        if succeeds:
            with db.transaction() as session:
                alarms.told(session, due, every=HOURS, now=self.now)
        return [(each.subject, each.figure, each.closed_at is not None) for each in due]


def _open():
    with db.reading() as session:
        return [alarm.subject for alarm in alarms.opened(session)]


def test_the_life_of_an_alarm(database):
    day = Day()
    day.finds({"ML07": 2})
    assert day.tells() == [("ML07", 2, False)]
    for _ in range(11):
        day.passes(hours=1).finds({"ML07": 3})
        assert day.tells() == []
    day.passes(hours=1)
    assert day.tells() == [("ML07", 3, False)]
    day.passes(hours=1).finds({})
    assert (day.tells(), _open()) == ([], ["ML07"])
    day.now += CALM
    day.finds({})
    assert (day.tells(), _open()) == ([("ML07", 3, True)], [])
    day.passes(days=2)
    assert day.tells() == []


def test_what_comes_and_goes_is_one_alarm(database):
    day = Day()
    for minute in range(60):
        day.passes(minutes=1).finds({"ML07": 2} if minute % 3 == 0 else {})
        assert day.tells() == ([("ML07", 2, False)] if minute == 0 else [])
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Alarm)) == 1


def test_the_same_again_later_is_another_alarm(database):
    day = Day()
    for _ in range(2):
        day.finds({"ML07": 2})
        assert day.tells() == [("ML07", 2, False)]
        day.finds({}, calm=timedelta())
        assert day.tells() == [("ML07", 2, True)]


def test_what_is_over_before_anybody_heard_of_it_is_not_told(database):
    day = Day()
    day.finds({"ML07": 2})
    day.finds({}, calm=timedelta())
    assert day.tells() == []


def test_each_subject_has_its_own(database):
    day = Day()
    day.finds({"ML07": 2, "ML06": 4})
    assert sorted(day.tells()) == [("ML06", 4, False), ("ML07", 2, False)]
    day.finds({"ML06": 4}, calm=timedelta())
    assert day.tells() == [("ML07", 2, True)]
    assert _open() == ["ML06"]


def test_who_could_not_be_told_is_told_at_the_next_try(database):
    day = Day()
    day.finds({"ML07": 2})
    assert day.tells(succeeds=False) == [("ML07", 2, False)]
    assert day.passes(minutes=1).tells() == []
    day.now += RETRY
    assert day.tells() == [("ML07", 2, False)]


def test_two_processes_do_not_tell_the_same_twice(database):
    day = Day()
    day.finds({"ML07": 2})
    assert (len(day.tells(succeeds=False)), day.tells(succeeds=False)) == (1, [])


def test_one_that_ends_while_it_is_told_is_told_to_be_over(database):
    day = Day()
    day.finds({"ML07": 2})
    with db.transaction() as session:
        due = alarms.due(session, now=day.now)
    with db.transaction() as session:
        session.get_one(Alarm, due[0].id).told_at = day.now
    day.finds({}, calm=timedelta())
    with db.transaction() as session:
        alarms.told(session, due, every=HOURS, now=day.now)
    assert day.tells() == [("ML07", 2, True)]


def test_the_database_refuses_a_second_one_about_the_same(database):
    day = Day()
    day.finds({"ML07": 2})
    with db.transaction() as session:
        alarms._open(session, Alarm(kind=AlarmKind.SILENT_REGION, subject="ML07", raised_at=START))
    assert _open() == ["ML07"]
