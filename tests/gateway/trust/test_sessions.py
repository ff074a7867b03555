from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text

from gateway.records.db import reading, transaction
from gateway.records.officer_session import OfficerSession
from gateway.trust import sessions
from gateway.trust.sessions import Browser, Limits
from tests.make.officer import officer

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)
LIMITS = Limits(idle=timedelta(minutes=15), absolute=timedelta(hours=8))


def begin(*, is_pending: bool = False) -> tuple[str, str]:
    with transaction() as session:
        one = officer(session)
        return sessions.begin(session, one, is_pending=is_pending, now=NOW), one.id


def find(token: str, at: datetime = NOW) -> Browser | None:
    with reading() as session:
        return sessions.find(session, token, limits=LIMITS, now=at)


def note(browser: Browser, at: datetime) -> None:
    with transaction() as session:
        sessions.note_activity(session, browser, now=at)


def test_a_token_has_256_bits_and_only_its_hash_is_stored(database: Engine) -> None:
    token, officer_id = begin()
    assert len(token) == 43
    with transaction() as session:
        row = session.scalars(select(OfficerSession)).one()
        everything = "".join(str(v) for v in session.execute(text("SELECT * FROM officer_sessions")).one())
    assert len(row.token_hash) == 32
    assert token[:12] not in everything
    found = find(token)
    assert found is not None
    assert found.officer.id == officer_id


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\x00", "é" * 8000])
def test_a_token_nobody_was_given_finds_nobody(database: Engine, token: str) -> None:
    begin()
    assert find(token) is None


def test_the_idle_limit(database: Engine) -> None:
    token, _ = begin()
    assert find(token, NOW + timedelta(minutes=14, seconds=59)) is not None
    assert find(token, NOW + timedelta(minutes=15)) is None


def test_activity_moves_the_idle_limit_but_not_the_absolute_one(database: Engine) -> None:
    token, _ = begin()
    at = NOW
    while at <= NOW + timedelta(hours=7, minutes=50):
        browser = find(token, at)
        assert browser is not None
        note(browser, at)
        at += timedelta(minutes=10)
    assert find(token, NOW + timedelta(hours=7, minutes=59)) is not None
    assert find(token, NOW + timedelta(hours=8)) is None


def test_waiting_for_the_code_has_a_shorter_limit(database: Engine) -> None:
    token, _ = begin(is_pending=True)
    browser = find(token)
    assert browser is not None
    assert browser.is_pending
    assert find(token, NOW + sessions.PENDING_FOR) is None


def test_an_ended_session_is_not_brought_back_by_a_late_request(database: Engine) -> None:
    """A request that found the session before it was ended notes its activity afterwards."""
    token, _ = begin()
    browser = find(token)
    assert browser is not None
    with transaction() as session:
        sessions.end(session, browser.session_id)
    note(browser, NOW)
    assert find(token) is None


def test_ending_all_leaves_only_the_one_named(database: Engine) -> None:
    token, officer_id = begin()
    with transaction() as session:
        other = sessions.begin(session, sessions_officer(token), is_pending=False, now=NOW)
        waiting = sessions.begin(session, sessions_officer(token), is_pending=True, now=NOW)
    kept = find(token)
    assert kept is not None
    with transaction() as session:
        assert sessions.end_all(session, officer_id, but=kept.session_id) == 2
    assert find(token) is not None
    assert find(other) is None
    assert find(waiting) is None


def sessions_officer(token: str):  # type: ignore[no-untyped-def]
    found = find(token)
    assert found is not None
    return found.officer


def test_a_rotated_token_replaces_the_old_one(database: Engine) -> None:
    token, _ = begin()
    browser = find(token)
    assert browser is not None
    with transaction() as session:
        new = sessions.rotate(session, browser.session_id)
    assert find(token) is None
    assert find(new) is not None


def test_a_disabled_officer_has_no_session(database: Engine) -> None:
    token, officer_id = begin()
    with transaction() as session:
        session.execute(text("UPDATE officers SET is_active = :no WHERE id = :id"), {"no": False, "id": officer_id})
    assert find(token) is None


def test_what_is_past_its_limits_is_swept_out(database: Engine) -> None:
    begin()
    with transaction() as session:
        sessions.sweep(session, limits=LIMITS, now=NOW + timedelta(minutes=14))
        assert session.scalars(select(OfficerSession)).all()
        sessions.sweep(session, limits=LIMITS, now=NOW + timedelta(minutes=15))
        assert not session.scalars(select(OfficerSession)).all()


def test_living_sessions_are_listed_the_last_used_first(database: Engine) -> None:
    token, officer_id = begin()
    with transaction() as session:
        sessions.begin(session, sessions_officer(token), is_pending=False, now=NOW + timedelta(minutes=5))
        sessions.begin(session, sessions_officer(token), is_pending=False, now=NOW - timedelta(hours=9))
    with reading() as session:
        listed = sessions.of(session, officer_id, limits=LIMITS, now=NOW + timedelta(minutes=6))
    assert [row.created_at for row in listed] == [NOW + timedelta(minutes=5), NOW]
