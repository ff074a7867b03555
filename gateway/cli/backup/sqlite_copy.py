"""A SQLite database while others write to it: copied by SQLite itself, never as a file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from gateway.cli.backup.refusal import BackupRefused

FILE = "database.sqlite"


def copy(database: Path, folder: Path) -> None:
    """One moment of the database, whole."""
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=30)) as source,
        closing(sqlite3.connect(folder / FILE)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    check(folder / FILE)


def check(database: Path) -> None:
    """Asks SQLite whether every page and every reference is in order."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupRefused(f"the database in it is damaged: {found if found != 'ok' else 'references that fail'}")


def put(folder: Path, database: Path) -> None:
    """Puts the copy where the database is to be; nothing may be there."""
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = folder / FILE
    content.chmod(0o600)
    beside = database.with_name(f".{database.name}.part")
    with content.open("rb") as source, beside.open("xb") as target:
        while chunk := source.read(1 << 20):
            target.write(chunk)
    beside.replace(database)
