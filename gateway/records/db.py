"""The engine and the transaction; one database a process, chosen at start by its URL."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from gateway.errors import LakanaError
from gateway.records import catalogue as _all_records  # noqa: F401  who knows only some fails at the first write

# Per connection: a commit that returned survives a power cut, and deleted text does not linger in free pages.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)


class NotConnected(LakanaError):
    """The process used a record before it chose its database."""

    code = "not_connected"


def open_engine(url: str) -> Engine:
    """An engine with the durability we promise; opens no connection yet."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": "-c synchronous_commit=on -c timezone=UTC"},
    )

    @event.listens_for(engine, "connect")
    def note(connection: Any, _entry: ConnectionPoolEntry) -> None:
        with _noting:
            _open.add(connection)

    return engine


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=10, max_overflow=20, connect_args={"timeout": 10, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
        # Python's own idea of transactions is switched off: BEGIN IMMEDIATE below must be the real one.
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        only_reads = connection.get_execution_options().get("lakana_reads", False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine


_open: WeakSet[Any] = WeakSet()
_noting = threading.Lock()
_engine: Engine | None = None
_sessions: sessionmaker[Session] | None = None


def connect(url: str) -> Engine:
    """Chooses this process's database; a second call replaces the first."""
    global _engine, _sessions
    disconnect()
    _engine = open_engine(url)
    _sessions = sessionmaker(_engine, expire_on_commit=False)
    return _engine


def disconnect() -> None:
    """Closes every connection of this process."""
    global _engine, _sessions
    if _engine is not None:
        _engine.dispose()
    _engine = _sessions = None


def cut() -> None:
    """Breaks every connection to a server under those who wait for it: an error now instead of an answer some day."""
    with _noting:
        connections = list(_open)
    for connection in connections:
        if connection.closed:
            continue
        with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)


def engine() -> Engine:
    """The engine that connect() chose."""
    if _engine is None:
        raise NotConnected("no database was chosen")
    return _engine


@contextmanager
def transaction() -> Iterator[Session]:
    """One transaction that may write: committed at the end, rolled back by any exception."""
    if _sessions is None:
        raise NotConnected("no database was chosen")
    with _sessions.begin() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """One transaction that only reads; on SQLite it does not wait for writers."""
    if _sessions is None:
        raise NotConnected("no database was chosen")
    with _sessions() as session:
        session.connection(execution_options={"lakana_reads": True})
        try:
            yield session
        finally:
            session.close()  # a rollback would empty what was read, and pages are made from it afterwards
