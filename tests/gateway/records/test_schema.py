"""Migrations give exactly the records' schema, run both ways, and leave a later database alone."""

import pytest
from sqlalchemy import inspect, text

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
