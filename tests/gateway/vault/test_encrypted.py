"""Encrypted columns of a record."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from gateway.vault.current import VaultLocked, lock, unlock
from gateway.vault.encrypted import EncryptedJson, EncryptedText, RowWithoutId
from gateway.vault.field import FieldBroken, is_current
from gateway.vault.keyring import Keyring


class Base(DeclarativeBase):
    pass


class Letter(Base):
    __tablename__ = "letter"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    details_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    body = EncryptedText("body_sealed")
    details = EncryptedJson("details_sealed")


@pytest.fixture(autouse=True)
def opened(keyring: Keyring) -> Iterator[None]:
    unlock(keyring)
    yield
    lock()


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_a_text_comes_back_from_the_database_where_it_stands_encrypted(session: Session) -> None:
    row_id = uuid.uuid4()
    session.add(Letter(id=row_id, body="CANARY, and half a pair \ud83d"))
    session.commit()
    stored = session.execute(text("SELECT body_sealed FROM letter")).scalar_one()
    assert b"CANARY" not in stored
    assert session.get_one(Letter, row_id).body == "CANARY, and half a pair \ud83d"


@pytest.mark.parametrize("value", [{"place": "ML07", "counts": [3, 1]}, [], "text", 0, False, {"half": "\ud83d"}])
def test_a_json_value_comes_back_from_the_database(session: Session, value: Any) -> None:
    row_id = uuid.uuid4()
    session.add(Letter(id=row_id, details=value))
    session.commit()
    assert session.get_one(Letter, row_id).details == value


def test_none_stays_null(session: Session) -> None:
    row = Letter(id=uuid.uuid4(), body="text", details={})
    row.body, row.details = None, None
    session.add(row)
    session.commit()
    assert session.execute(text("SELECT body_sealed, details_sealed FROM letter")).one() == (None, None)
    assert (row.body, row.details) == (None, None)


def test_an_empty_text_is_not_null() -> None:
    row = Letter(id=uuid.uuid4(), body="")
    assert row.body == ""
    assert row.body_sealed is not None


def test_values_exchanged_between_rows_are_broken_and_the_other_columns_still_load() -> None:
    one, other = Letter(id=uuid.uuid4(), body="one", details=[1]), Letter(id=uuid.uuid4(), body="other")
    one.body_sealed, other.body_sealed = other.body_sealed, one.body_sealed
    with pytest.raises(FieldBroken, match=rf"letter\.body_sealed of {one.id}"):
        _ = one.body
    assert one.details == [1]


def test_values_exchanged_between_columns_are_broken() -> None:
    row = Letter(id=uuid.uuid4(), body="[1]", details=[2])
    row.body_sealed, row.details_sealed = row.details_sealed, row.body_sealed
    with pytest.raises(FieldBroken):
        _ = row.details


def test_a_row_needs_its_id_first() -> None:
    with pytest.raises(RowWithoutId, match=r"letter\.body_sealed: give the row its id"):
        Letter(body="too early")


def test_a_locked_process_neither_reads_nor_writes_and_leaves_what_is_stored() -> None:
    row = Letter(id=uuid.uuid4(), body="text")
    before = row.body_sealed
    lock()
    with pytest.raises(VaultLocked):
        _ = row.body
    with pytest.raises(VaultLocked):
        row.body = "another"
    assert row.body_sealed == before


def test_setting_a_value_to_itself_gives_it_the_key_in_use_now(keyring: Keyring, other_keyring: Keyring) -> None:
    row = Letter(id=uuid.uuid4(), body="text")
    both = Keyring(**{**vars(other_keyring), "field_keys": {**keyring.field_keys, **other_keyring.field_keys}})
    unlock(both)
    assert row.body_sealed is not None
    assert not is_current(both, row.body_sealed)
    row.body = row.body
    assert is_current(both, row.body_sealed)
    assert row.body == "text"


def test_the_class_itself_gives_the_descriptor() -> None:
    assert isinstance(Letter.body, EncryptedText)
    assert Letter.details.column == "details_sealed"


@given(st.text(st.characters(), max_size=50))
def test_every_text_passes_through_a_row(value: str) -> None:
    assert Letter(id=uuid.UUID(int=1), body=value).body == value
