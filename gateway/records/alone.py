"""One at a time, among all processes that work on one database: whoever comes second does not wait but goes on."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from gateway.records import db


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody else is inside under this name; a process that dies inside leaves it free."""
    engine = db.engine()
    if engine.dialect.name == "postgresql":
        # Held by a connection of its own, so that it outlasts the transactions inside and ends with the process.
        with engine.connect() as connection, connection.begin():
            taken = connection.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _key(name)})
            yield bool(taken.scalar())
        return
    with Path(f"{engine.url.database}.{name}.lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _key(name: str) -> int:
    return zlib.crc32(f"lakana|{name}".encode())
