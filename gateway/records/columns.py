"""Column types that mean the same on SQLite and on PostgreSQL."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, DateTime, Dialect, Enum, String, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; refuses naive values, always returns aware ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CodeList(TypeDecorator[list[str]]):
    """A short list of codes as `|one|two|`: unlike JSON, a text that both databases can index and search."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, _dialect: Dialect) -> str | None:
        if value is None:
            return None
        return "|" + "".join(f"{code}|" for code in value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> list[str] | None:
        return None if value is None else [code for code in value.split("|") if code]


def names_code(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    """The condition that a CodeList column holds this code."""
    return type_coerce(column, String).contains(f"|{code}|", autoescape=True)


def coded(codes: type[StrEnum], column: str) -> Enum:
    """A column holding one of the codes of an enum; the database refuses any other."""
    return Enum(
        codes,
        native_enum=False,
        create_constraint=True,
        length=48,
        name=column,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


RowId = String(16)
