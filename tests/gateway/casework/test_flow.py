"""Received is understood, laid before a person, or waiting: by day and channel, and nothing is left over."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text, update

from gateway import clock
from gateway.casework import flow
from gateway.records import db
from gateway.records.codes import Outcome
from gateway.records.message import Message
from gateway.records.states import MessageState
from tests.make import message as make_message

BAMAKO, AUCKLAND = ZoneInfo("Africa/Bamako"), ZoneInfo("Pacific/Auckland")


def _flows(now, zone=BAMAKO, **how):
    with db.reading() as session:
        return flow.by_day(session, now=now, zone=zone, **how)


def _at(session, moment, state=MessageState.DONE, **columns):
    made = make_message.message(session, f"ENF {moment} {state} {columns}", received_at=moment, state=state)
    for name, value in ({"outcome": Outcome.ALERT} if state is MessageState.DONE else {} | columns).items():
        setattr(made, name, value)
    for name, value in columns.items():
        setattr(made, name, value)


def test_every_state_has_its_place(database, open_vault):
    now = datetime(2026, 11, 14, 12, tzinfo=BAMAKO)
    with db.transaction() as session:
        for state in MessageState:
            _at(session, now, state)
        for outcome in Outcome:
            _at(session, now, outcome=outcome)
    (only,) = _flows(now)
    assert (only.day, only.channel, only.unaccounted) == (date(2026, 11, 14), "simulator", 0)
    assert (only.received, only.waiting, only.for_a_person) == (len(MessageState) + len(Outcome), 3, 3)


def test_a_day_begins_where_the_office_is(database, open_vault):
    late = datetime(2026, 11, 13, 23, 30, tzinfo=BAMAKO)
    with db.transaction() as session:
        _at(session, late)
    now = datetime(2026, 11, 14, 12, tzinfo=BAMAKO)
    assert [each.day for each in _flows(now)] == [date(2026, 11, 13)]
    assert [each.day for each in _flows(now, AUCKLAND)] == [date(2026, 11, 14)]


@pytest.mark.parametrize(("days", "shown"), [(1, 0), (2, 1)])
def test_only_the_latest_days_are_told(sqlite_database, open_vault, days, shown):
    with db.transaction() as session:
        _at(session, datetime(2026, 11, 13, 12, tzinfo=BAMAKO))
    assert len(_flows(datetime(2026, 11, 14, 12, tzinfo=BAMAKO), days=days)) == shown


def test_exercises_are_not_counted(street):
    street.text("TEST ENF REC 3G ANSONGO 14/11")
    assert _flows(clock.now()) == []


def test_a_message_without_a_place_shows(street):
    street.text("ENF REC 3G ANSONGO 14/11")
    raw = db.engine().raw_connection()
    if db.engine().dialect.name == "sqlite":
        raw.cursor().execute("PRAGMA ignore_check_constraints=ON")
    else:
        raw.cursor().execute("ALTER TABLE messages DROP CONSTRAINT ck_messages_state")
    raw.cursor().execute("UPDATE messages SET state = 'mislaid'")
    raw.commit()
    raw.detach()
    raw.close()
    assert [each.unaccounted for each in _flows(clock.now())] == [1]


def test_it_adds_up_to_the_inbox(street):
    for said in ("ENF REC 3G ANSONGO 14/11", "bonjour", "AIDE", "ENF REC 3G ANSONGO 14/11"):
        street.text(said)
    street.post("ENF TUE 2F GAO 13/11")
    with db.transaction() as session:
        session.execute(update(Message).where(Message.kind == "command").values(state=MessageState.DEAD))
        stored = session.scalar(text("SELECT count(*) FROM messages"))
    (only,) = _flows(clock.now())
    assert (only.received, only.understood, only.for_a_person, only.waiting) == (stored, 2, 2, 1)


def test_a_long_text_counts_once_whatever_its_parts(database, open_vault):
    now = datetime(2026, 11, 14, 12, tzinfo=BAMAKO)
    with db.transaction() as session:
        _at(session, now, provider_id="whole")
        whole = session.query(Message).one()
        for _ in range(2):
            _at(session, now, outcome=None, part_of_id=whole.id)
    (only,) = _flows(now)
    assert (only.received, only.understood, only.unaccounted) == (1, 1, 0)
