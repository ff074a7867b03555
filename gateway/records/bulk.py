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
    if session.get_bind().dialect.name == "postgresql":
        _at_once(session, _insert_text(table, session.get_bind().dialect), table.columns, rows)
    else:
        session.connection().execute(insert(table), list(rows))


def update_rows(session: Session, records: Sequence[Record], names: Sequence[str]) -> None:
    """Writes these columns of records of one table, which leave the session."""
    if not records:
        return
    table = Record.metadata.tables[records[0].__tablename__]
    for record in records:
        session.expunge(record)
    rows = [{name: getattr(record, name) for name in ("id", *names)} for record in records]
    dialect = session.get_bind().dialect
    if dialect.name == "postgresql":
        columns = [table.columns[name] for name in ("id", *names)]
        _at_once(session, _update_text(table, tuple(names), dialect), columns, rows)
    else:
        named = [{f"_{name}": value for name, value in row.items()} for row in rows]
        values = {name: bindparam(f"_{name}") for name in names}
        session.connection().execute(update(table).where(table.c.id == bindparam("_id")).values(values), named)


def _row(table: Table, record: Record) -> dict[str, Any]:
    given = record.__dict__
    return {key: given[key] if key in given else _default(column) for key, column in table.columns.items()}


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _at_once(
    session: Session, statement: str, columns: Iterable[Column[Any]], rows: Sequence[Mapping[str, Any]]
) -> None:
    """One array for each column: one statement to send, to plan and to run, however many rows there are."""
    dialect = session.get_bind().dialect
    arrays: dict[str, list[Any]] = {}
    for column in columns:
        prepare = _processor(column, dialect)
        values = [row[column.key] for row in rows]
        arrays[column.key] = [None if each is None else prepare(each) for each in values] if prepare else values
    session.connection().exec_driver_sql(statement, arrays)


@cache
def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)


@cache
def _insert_text(table: Table, dialect: Dialect) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({_arrays(table.columns, dialect)})"  # noqa: S608


@cache
def _update_text(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    columns = [table.columns[name] for name in ("id", *names)]
    given = ", ".join(f'"{column.name}"' for column in columns)
    assigned = ", ".join(f'"{name}" = given."{name}"' for name in names)
    arrays = f"unnest({_arrays(columns, dialect)}) AS given ({given})"
    return f"UPDATE {table.name} SET {assigned} FROM {arrays} WHERE {table.name}.id = given.id"  # noqa: S608


def _arrays(columns: Iterable[Column[Any]], dialect: Dialect) -> str:
    return ", ".join(f"%({column.key})s::{column.type.compile(dialect)}[]" for column in columns)
