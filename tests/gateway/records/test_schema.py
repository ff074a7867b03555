"""Migrations give exactly the records' schema, run both ways, and leave a later database alone."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from gateway.records import db, schema


@pytest.fixture
def engine(database_url):
    engine = db.open_engine(database_url)
    yield engine
    engine.dispose()


def test_the_migrations_give_the_schema_of_the_records(engine):
    schema.upgrade(engine)
    assert schema.differences(engine) == []
    assert schema.state(engine) is schema.SchemaState.CURRENT


def test_a_difference_is_named(engine):
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE releases"))
    assert any("releases" in line for line in schema.differences(engine))


def test_migrations_run_back_to_nothing_and_up_again(engine):
    schema.upgrade(engine)
    schema.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(engine)
    assert schema.differences(engine) == []


def test_an_empty_database_is_recognised(engine):
    assert schema.state(engine) is schema.SchemaState.EMPTY


def test_a_database_of_a_later_release_is_refused_and_left_as_it_is(engine):
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaNewer, match="9999"):
        schema.upgrade(engine)
    assert schema.current(engine) == "9999"
    assert schema.state(engine) is schema.SchemaState.NEWER


def _filled(engine):
    """A database of the schema before several reports, with an alert that other rows point at."""
    schema.upgrade(engine, "0002")
    at = "2026-11-20 09:00:00"
    rows = {
        "messages": {
            "id": "m" * 16,
            "channel": "x",
            "account": "",
            "provider_id": "1",
            "our_number": "",
            "digest": b"1",
        }
        | {
            "sender_kind": "phone",
            "segments": 1,
            "received_at": at,
            "state": "done",
            "attempt": 1,
            "is_training": False,
        },
        "alerts": {"id": "a" * 16, "message_id": "m" * 16, "reference": "K7Q28", "kind": "incident", "status": "new"}
        | {"received_at": at, "language": "fr", "types": "||", "missing": "[]", "version": 1}
        | dict.fromkeys(("is_urgent", "needs_check", "has_answer_waiting", "is_restricted"), False),
        "releases": {"id": "r" * 16, "alert_id": "a" * 16, "boys": 1, "girls": 0, "unknown": 0, "is_estimated": False},
    }
    with engine.begin() as connection:
        for table, row in rows.items():
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def test_the_rows_of_an_older_release_stay_and_are_the_first_of_their_message(engine):
    _filled(engine)
    schema.upgrade(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT message_id, part, reference FROM alerts")).all()
        assert [tuple(row) for row in found] == [("m" * 16, 1, "K7Q28")]
        assert connection.execute(text("SELECT alert_id FROM releases")).scalar() == "a" * 16
    columns = [column["name"] for column in inspect(engine).get_columns("alerts")]
    twin = ", ".join({"id": "'b'", "part": "2", "reference": "'A3B4C'"}.get(name, name) for name in columns)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO alerts ({', '.join(columns)}) SELECT {twin} FROM alerts"))
    schema.downgrade(engine, "0002")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT message_id, reference FROM alerts ORDER BY reference")).all()
        assert [tuple(row) for row in found] == [(None, "A3B4C"), ("m" * 16, "K7Q28")]
    schema.upgrade(engine)
    assert schema.differences(engine) == []


def test_sqlite_watches_over_what_points_where_again_after_a_migration(sqlite_url):
    engine = db.open_engine(sqlite_url)
    _filled(engine)
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text("DELETE FROM alerts"))
    engine.dispose()


def test_a_migration_that_leaves_rows_pointing_at_nothing_changes_nothing(sqlite_url):
    engine = db.open_engine(sqlite_url)
    _filled(engine)
    with engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(text("DELETE FROM alerts"))
        connection.commit()
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(schema.SchemaBroken, match="releases"):
        schema.upgrade(engine)
    assert schema.current(engine) == "0002"
    engine.dispose()
