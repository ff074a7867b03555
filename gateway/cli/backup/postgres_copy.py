"""A PostgreSQL database: every table by COPY within one snapshot, and back by COPY within one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from psycopg import Connection, Cursor, sql
from sqlalchemy import Engine, make_url

from gateway.cli.backup.refusal import BackupRefused
from gateway.records import catalogue

_SUFFIX = ".copy"
_CHUNK = 1 << 20


def columns() -> dict[str, list[str]]:
    """The tables of this release in an order in which they can be filled, and their columns."""
    return {table.name: [column.name for column in table.columns] for table in catalogue.METADATA.sorted_tables}


def copy(cursor: Cursor[tuple[object, ...]], folder: Path, tables: Mapping[str, list[str]]) -> None:
    """Each table into a file of its own; the cursor stands in the snapshot."""
    for table, names in tables.items():
        with (folder / f"{table}{_SUFFIX}").open("wb") as target, cursor.copy(_out(table, names)) as rows:
            for chunk in rows:
                target.write(chunk)


def fill(engine: Engine, folder: Path, tables: Mapping[str, list[str]]) -> None:
    """Every file back into its table: all of them, or none."""
    with engine.begin() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, Connection)  # noqa: S101  the driver of this dialect
        with raw.cursor() as cursor:
            for table, names in tables.items():
                path = folder / f"{table}{_SUFFIX}"
                if not path.exists():
                    raise BackupRefused(f"it is damaged: {path.name} is missing")
                with path.open("rb") as source, cursor.copy(_in(table, names)) as rows:
                    while chunk := source.read(_CHUNK):
                        rows.write(chunk)


@contextmanager
def scratch(url: str, name: str) -> Iterator[str]:
    """An empty database beside that of the settings, gone again afterwards."""
    from gateway.records import db

    engine = db.open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False)
        finally:
            with engine.connect() as connection:
                connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        engine.dispose()


def _out(table: str, names: list[str]) -> sql.Composed:
    return sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table)
    )


def _in(table: str, names: list[str]) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
