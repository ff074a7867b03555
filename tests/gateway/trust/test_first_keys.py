"""Keys are made once, for an office that holds nothing yet, and never in the place of lost ones."""

import pytest

from gateway.records import db
from gateway.records.schema import SchemaNewer
from gateway.trust import first_keys
from gateway.vault import current
from gateway.vault.keyfile import KeysMissing
from gateway.vault.keyring import load_inbox_keys, public_path
from tests.make import officer as make_officer


def test_an_empty_office_gets_keys_and_keeps_them(database, make_settings, tmp_path):
    settings = make_settings(LAKANA_KEYS=str(tmp_path / "own" / "keys"))
    first = first_keys.open_or_make(settings, database)
    assert first_keys.open_or_make(settings, database).field_kid == first.field_kid


def test_lost_keys_are_not_replaced(database, make_settings, tmp_path):
    settings = make_settings(LAKANA_KEYS=str(tmp_path / "own" / "keys"))
    current.unlock(first_keys.open_or_make(settings, database))
    with db.transaction() as session:
        make_officer.officer(session)
    current.lock()
    settings.keys.rename(tmp_path / "elsewhere")
    with pytest.raises(KeysMissing):
        first_keys.open_or_make(settings, database)
    assert not settings.keys.exists()


def test_a_lost_public_part_is_written_again(database, make_settings, tmp_path):
    settings = make_settings(LAKANA_KEYS=str(tmp_path / "own" / "keys"))
    keyring = first_keys.open_or_make(settings, database)
    public_path(settings.keys).unlink()
    first_keys.open_or_make(settings, database)
    assert keyring.opens(load_inbox_keys(settings.keys))


def test_a_newer_database_is_left_alone(database, make_settings, tmp_path):
    settings = make_settings(LAKANA_KEYS=str(tmp_path / "own" / "keys"))
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaNewer):
        first_keys.open_or_make(settings, database)
    assert not settings.keys.exists()
