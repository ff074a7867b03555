"""Writing what is new or changed in a session with one statement for each table, however many rows there are.

The ORM writes row by row; where many messages are settled together that was two thirds of the work. Rows written here
leave the session: whoever needs one again asks the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Dialect, Table, bindparam, insert, update
from sqlalchemy.orm import Session

from gateway.records.record import Record

_WAS = "was_"


def insert_new(session: Session) -> None:
    """Inserts every new record of the session, tables that others point to first."""
    new: dict[str, list[Record]] = {}
    for record in session.new:
        new.setdefault(record.__tablename__, []).append(record)
    for table in Record.metadata.sorted_tables:
        records = new.get(table.name, [])
        for record in records:
            session.expunge(record)
        insert_rows(session, table, [_row(table, record) for record in records])


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts these rows; each of them names every column."""
    if not rows:
        return
    dialect = session.get_bind().dialect
    if dialect.name == "postgresql" and len(rows) > 1:
        _copy(session, table, [_column(column, dialect, [row[column.key] for row in rows]) for column in table.columns])
    else:
        session.connection().execute(insert(table), list(rows))


def update_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Changes rows of the same shape by their ids, as far as they are still what `was_…` says; how many it were."""
    dialect, names = session.get_bind().dialect, tuple(rows[0])
    if dialect.name == "postgresql":
        columns = [table.columns[name.removeprefix(_WAS)] for name in names]
        # One array for each column: one statement to send, to plan and to run, however many rows there are.
        arrays = [
            _column(column, dialect, [row[name] for row in rows]) for column, name in zip(columns, names, strict=True)
        ]
        return session.connection().exec_driver_sql(_update_text(table, names, dialect), tuple(arrays)).rowcount
    named = [{f"_{name}": value for name, value in row.items()} for row in rows]
    found = [table.c[name.removeprefix(_WAS)] == bindparam(f"_{name}") for name in names if _is_condition(name)]
    values: dict[str, Any] = {name: bindparam(f"_{name}") for name in names if not _is_condition(name)}
    return session.connection().execute(update(table).where(*found).values(values), named).rowcount


def _is_condition(name: str) -> bool:
    return name == "id" or name.startswith(_WAS)


def _row(table: Table, record: Record) -> dict[str, Any]:
    given = record.__dict__
    return {key: given[key] if key in given else _default(column) for key, column in table.columns.items()}


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _copy(session: Session, table: Table, columns: Sequence[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in zip(*columns, strict=True):
            copy.write_row(row)


def _column(column: Column[Any], dialect: Dialect, values: Sequence[Any]) -> list[Any]:
    """The values as the driver takes them."""
    prepare = _processor(column, dialect)
    return [None if each is None else prepare(each) for each in values] if prepare else list(values)


@cache
def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)


@cache
def _update_text(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    columns = [table.columns[name.removeprefix(_WAS)] for name in names]
    given = ", ".join(f'"{name}"' for name in names)
    assigned = ", ".join(f'"{name}" = given."{name}"' for name in names if not _is_condition(name))
    found = " AND ".join(
        f'{table.name}."{name.removeprefix(_WAS)}" = given."{name}"' for name in names if _is_condition(name)
    )
    arrays = f"unnest({_arrays(columns, dialect)}) AS given ({given})"
    return f"UPDATE {table.name} SET {assigned} FROM {arrays} WHERE {found}"  # noqa: S608  names of our own tables


def _arrays(columns: Iterable[Column[Any]], dialect: Dialect) -> str:
    return ", ".join(f"%s::{column.type.compile(dialect)}[]" for column in columns)
