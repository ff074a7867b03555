"""Encrypted columns of a record: plain in Python, a ciphertext in the database.

    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body = EncryptedText("body_sealed")

The row needs its id before the value, since the id is part of the encryption. Setting a value to itself writes it
anew with the key in use now.
"""

import json
from typing import Any, Self, overload

from gateway.errors import LakanaError
from gateway.vault import field
from gateway.vault.current import current

_short = json.JSONEncoder(separators=(",", ":")).encode


class RowWithoutId(LakanaError):
    """An encrypted value was asked of a row that has no id yet."""

    code = "row_without_id"


class EncryptedText:
    """A text kept encrypted in the named column; None stays NULL."""

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: object, owner: type) -> str | None: ...
    def __get__(self, row: object | None, owner: type) -> Self | str | None:
        return self if row is None else _read(row, self.column)

    def __set__(self, row: object, text: str | None) -> None:
        setattr(row, self.column, self.seal(row, text))

    def seal(self, row: object, text: str | None) -> bytes | None:
        """What setting the value would write; the row stays as it is."""
        return _encrypted(row, self.column, text)


class EncryptedJson:
    """A value kept encrypted as JSON in the named column; set it whole, a change inside it is not seen."""

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: object, owner: type) -> Any: ...
    def __get__(self, row: object | None, owner: type) -> Self | Any:
        if row is None:
            return self
        text = _read(row, self.column)
        return None if text is None else json.loads(text)

    def __set__(self, row: object, value: Any) -> None:
        setattr(row, self.column, self.seal(row, value))

    def seal(self, row: object, value: Any) -> bytes | None:
        """What setting the value would write; the row stays as it is."""
        return _encrypted(row, self.column, None if value is None else _short(value))


def _read(row: object, column: str) -> str | None:
    encrypted: bytes | None = getattr(row, column)
    if encrypted is None:
        return None
    table, row_id = _place(row, column)
    return field.decrypt(current(), encrypted, table=table, column=column, row_id=row_id)


def _encrypted(row: object, column: str, text: str | None) -> bytes | None:
    if text is None:
        return None
    table, row_id = _place(row, column)
    return field.encrypt(current(), text, table=table, column=column, row_id=row_id)


def _place(row: object, column: str) -> tuple[str, str]:
    table: str = getattr(row, "__tablename__", type(row).__name__)
    row_id: object = getattr(row, "id", None)
    if row_id is None:
        raise RowWithoutId(f"{table}.{column}: give the row its id before an encrypted value")
    return table, str(row_id)
