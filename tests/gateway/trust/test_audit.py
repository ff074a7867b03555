from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from gateway.records.audit_entry import AuditEntry, AuditHead
from gateway.records.db import reading, transaction
from gateway.trust import audit
from gateway.trust.audit import Action
from gateway.vault import current
from gateway.vault.keyring import make_keyring
from tests.make.officer import officer

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)


def write(session: Session, count: int) -> None:
    one = officer(session)
    for number in range(count):
        at = NOW + timedelta(seconds=number)
        detail = {"note": "é\u202e", "list": [1, None, True], "number": number}
        audit.record(session, Action.SIGNED_IN, officer=one, now=at, subject=one, detail=detail)


def test_the_chain_of_what_was_written_is_whole(database: Engine) -> None:
    with transaction() as session:
        write(session, 5)
    with reading() as session:
        assert audit.verify(session) is None
        assert audit.length(session) == 5


def test_an_empty_chain_is_whole(database: Engine) -> None:
    with reading() as session:
        assert audit.verify(session) is None


def test_a_deed_that_is_rolled_back_leaves_no_entry(database: Engine) -> None:
    def fail_late() -> None:
        with transaction() as session:
            write(session, 2)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_late()
    with transaction() as session:
        write(session, 1)
        assert audit.verify(session) is None
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_a_chain_over_more_than_one_batch_is_walked_to_its_end(sqlite_database: Engine) -> None:
    with transaction() as session:
        write(session, 1)
    with transaction() as session:
        for _ in range(1100):
            audit.record(session, Action.AUDIT_READ, officer=None, now=NOW)
    with transaction() as session:
        assert audit.verify(session) is None
        session.execute(update(AuditEntry).where(AuditEntry.number == 1050).values(action="officer.added"))
        assert audit.verify(session) == 1050


CHANGES: dict[str, Any] = {
    "id": "aaaaaaaaaaaaaaaa",
    "number": 999,
    "at": NOW + timedelta(microseconds=1),
    "officer_id": None,
    "action": "officer.signed_out",
    "subject_kind": "officer",
    "subject_id": "bbbbbbbbbbbbbbbb",
    "detail": {"note": "é\u202e", "list": [1, None, True], "number": 3.0},
    "link": bytes(32),
}


@pytest.mark.parametrize("column", sorted(CHANGES))
def test_a_change_of_any_column_is_found(database: Engine, column: str) -> None:
    with transaction() as session:
        write(session, 5)
    with transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 3).values({column: CHANGES[column]}))
    with reading() as session:
        assert audit.verify(session) == 3


def test_every_column_is_among_those_changed() -> None:
    assert set(CHANGES) == {column.key for column in AuditEntry.__table__.columns}


EDITABLE = sorted(set(CHANGES) - {"number", "link"})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 6), st.sampled_from(EDITABLE), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_single_edit_of_the_stored_row_is_found(
    sqlite_database: Engine, number: int, column: str, after: str
) -> None:
    """Straight in the table, as somebody with the file in hand would; then taken back."""
    with transaction() as session:
        if not audit.length(session):
            write(session, 6)
    read = text(f"SELECT {column} FROM audit_entries WHERE number = {number}")
    edit = text(f"UPDATE audit_entries SET {column} = :value WHERE number = {number}")
    with sqlite_database.begin() as raw:
        before = raw.execute(read).scalar_one()
        raw.execute(edit, {"value": after})
    try:
        with reading() as session:
            assert audit.verify(session) == (None if after == before else number)
    finally:
        with sqlite_database.begin() as raw:
            raw.execute(edit, {"value": before})


def test_a_missing_entry_is_found(database: Engine) -> None:
    with transaction() as session:
        write(session, 5)
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.number == 2))
        assert audit.verify(session) == 2


def test_a_cut_off_end_is_found(database: Engine) -> None:
    with transaction() as session:
        write(session, 5)
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.number > 3))
        assert audit.verify(session) == 4


def test_an_added_entry_is_found(database: Engine) -> None:
    with transaction() as session:
        write(session, 3)
    with transaction() as session:
        values = {**CHANGES, "number": 4, "link": b"x" * 32}
        session.execute(insert(AuditEntry).values(values))
        assert audit.verify(session) == 4


def test_two_entries_that_changed_places_are_found(database: Engine) -> None:
    with transaction() as session:
        write(session, 5)
    with transaction() as session:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            session.execute(update(AuditEntry).where(AuditEntry.number == before).values(number=after))
        assert audit.verify(session) == 2


def test_a_changed_head_is_found(database: Engine) -> None:
    with transaction() as session:
        write(session, 3)
        session.execute(update(AuditHead).values(number=2))
        assert audit.verify(session) == 4


def test_a_lost_head_is_found(database: Engine) -> None:
    with transaction() as session:
        write(session, 3)
        session.execute(delete(AuditHead))
        assert audit.verify(session) == 4


def test_without_the_key_nobody_can_write_the_chain(database: Engine, tmp_path: Any) -> None:
    with transaction() as session:
        write(session, 1)
        genuine = current.current()
        current.unlock(make_keyring(tmp_path / "other.keys"))
        audit.record(session, Action.SIGNED_OUT, officer=None, now=NOW)
        current.unlock(genuine)
        assert audit.verify(session) == 2


def test_many_writers_at_once_make_one_chain(database: Engine) -> None:
    start = Barrier(6)

    def work() -> None:
        start.wait()
        for _ in range(10):
            with transaction() as session:
                audit.record(session, Action.AUDIT_READ, officer=None, now=NOW)

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading() as session:
        assert audit.verify(session) is None
        assert audit.length(session) == 60


def test_an_entry_keeps_what_fits_json_and_refuses_the_rest(database: Engine) -> None:
    with pytest.raises(TypeError), transaction() as session:
        audit.record(session, Action.AUDIT_READ, officer=None, now=NOW, detail={"what": object()})
