"""Making a backup: one moment of the whole database, described, and sealed for those who keep its keys elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from psycopg import Connection
from pyrage.x25519 import Recipient
from sqlalchemy import Connection as Records
from sqlalchemy import create_engine, func, select, table

from gateway.cli.backup import archive, manifest, postgres_copy, sqlite_copy
from gateway.cli.backup.manifest import Manifest
from gateway.cli.backup.refusal import BackupRefused
from gateway.records import db, schema
from gateway.records.audit_entry import AuditHead
from gateway.settings import Settings
from gateway.trust import audit


def make(settings: Settings, target: Path, to: Sequence[Recipient], *, now: datetime) -> Manifest:
    """Copies, describes and seals; the target must not exist."""
    if target.exists():
        raise BackupRefused(f"{target} exists already: give each backup a name of its own")
    if not target.parent.is_dir():
        raise BackupRefused(f"{target.parent} is not there")
    with db.transaction() as session:  # in the copy too: whoever looks into it knows when it was made
        audit.record(session, audit.Action.BACKUP_MADE, officer=None, now=now)
    with TemporaryDirectory(dir=settings.home, prefix=".backup-") as temporary:
        folder = Path(temporary) / "content"
        folder.mkdir()
        facts = _copied(folder)
        files = {path.name: manifest.described(path) for path in folder.iterdir()}
        made = Manifest(made_at=now.isoformat(), database=db.engine().dialect.name, files=files, **facts)
        (folder / manifest.NAME).write_bytes(made.written())
        archive.pack(folder, target, to)
    return made


def described(connection: Records, tables: Sequence[str]) -> dict[str, Any]:
    """How many rows each table has, and the end of the audit."""
    counts = {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in tables}
    head = connection.execute(select(AuditHead.number, AuditHead.link).where(AuditHead.id == audit.HEAD_ID)).first()
    return {"tables": counts, "audit": {"number": head[0], "link": head[1].hex()} if head else {}}


def _copied(folder: Path) -> dict[str, Any]:
    columns = postgres_copy.columns()
    facts = {"columns": columns, "schema": schema.newest()}
    if db.engine().dialect.name == "sqlite":
        sqlite_copy.copy(Path(db.engine().url.database or "").absolute(), folder)
        engine = create_engine(f"sqlite:///{folder / sqlite_copy.FILE}")
        try:
            with engine.connect() as connection:
                return facts | described(connection, list(columns))
        finally:
            engine.dispose()
    return facts | _snapshot(folder, columns)


def _snapshot(folder: Path, columns: Mapping[str, list[str]]) -> dict[str, Any]:
    """Everything as it was at one moment, however long the copying takes."""
    how = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with db.engine().connect().execution_options(**how) as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, Connection)  # noqa: S101  the driver of this dialect
        facts = described(connection, list(columns))
        with raw.cursor() as cursor:
            postgres_copy.copy(cursor, folder, columns)
    return facts
