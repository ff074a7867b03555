"""The transaction: what is committed stays, what fails leaves nothing, on both databases."""

import pytest
from sqlalchemy import inspect, text

from gateway.records import db, schema
from gateway.records.project import Project


@pytest.fixture
def engine(database_url):
    engine = db.connect(database_url)
    schema.upgrade(engine)
    yield engine
    db.disconnect()


def test_what_a_transaction_wrote_is_there_afterwards(engine):
    with db.transaction() as session:
        session.add(Project(code="GAO-22-014", title="Forage"))
    with db.reading() as session:
        assert session.query(Project).one().title == "Forage"


def test_an_exception_takes_the_whole_transaction_back(engine):
    def write_and_fail() -> None:
        with db.transaction() as session:
            session.add(Project(code="GAO-22-014", title="Forage"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with db.reading() as session:
        assert session.query(Project).count() == 0


def test_a_misspelt_column_is_refused_before_it_is_lost():
    with pytest.raises(TypeError, match="tittle"):
        Project(code="GAO-22-014", tittle="Forage")


def test_without_a_database_nothing_pretends_to_work():
    db.disconnect()
    with pytest.raises(db.NotConnected), db.transaction():
        pass


def test_sqlite_keeps_what_it_acknowledged(tmp_path):
    engine = db.open_engine(f"sqlite:///{tmp_path}/l.sqlite")
    with engine.connect() as connection:
        pragma = lambda name: connection.execute(text(f"PRAGMA {name}")).scalar()  # noqa: E731
        assert pragma("journal_mode") == "wal"
        assert (pragma("synchronous"), pragma("foreign_keys"), pragma("secure_delete")) == (2, 1, 1)
        assert (pragma("busy_timeout"), pragma("trusted_schema")) == (10000, 0)
    engine.dispose()


def test_postgresql_waits_for_its_disk(database_url):
    engine = db.open_engine(database_url)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
    else:
        assert inspect(engine).get_table_names() == []
    engine.dispose()
