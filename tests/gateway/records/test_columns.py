"""Columns mean the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from gateway.records import db, schema
from gateway.records.codes import ReplyMode
from gateway.records.ids import new_id
from gateway.records.reporter import Reporter

NOON_IN_PARIS = datetime(2026, 11, 14, 12, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def session(database_url):
    schema.upgrade(db.connect(database_url))
    with db.transaction() as session:
        yield session
    db.disconnect()


def stored(session, reporter):
    session.add(reporter)
    session.flush()
    session.expire(reporter)
    return reporter


def test_a_moment_comes_back_in_utc_and_aware(session):
    found = stored(session, Reporter(pseudonym="Relais-2A3B", first_seen_at=NOON_IN_PARIS))
    assert found.first_seen_at == datetime(2026, 11, 14, 11, 0, tzinfo=UTC)
    assert found.first_seen_at.tzinfo is not None


def test_a_moment_without_a_zone_is_refused(session):
    with pytest.raises(StatementError, match="time zone"), session.begin_nested():
        stored(session, Reporter(pseudonym="Relais-2A3B", first_seen_at=datetime(2026, 11, 14)))  # noqa: DTZ001


def test_a_code_comes_back_as_the_enum_and_others_are_refused(session):
    found = stored(session, Reporter(pseudonym="Relais-2A3B", first_seen_at=NOON_IN_PARIS, mode=ReplyMode.SILENT))
    assert found.mode is ReplyMode.SILENT
    with pytest.raises(StatementError, match="shouting"), session.begin_nested():
        stored(session, Reporter(pseudonym="Relais-2A3C", first_seen_at=NOON_IN_PARIS, mode="shouting"))


def test_ids_are_short_safe_and_not_repeated():
    drawn = {new_id() for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(len(drawn_id) == 16 and drawn_id.isalnum() and drawn_id.islower() for drawn_id in drawn)
