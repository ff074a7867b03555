"""Opening a backup, proving it on a scratch database, and putting it back where nothing is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import psycopg
from pyrage.x25519 import Identity
from sqlalchemy import func, make_url, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from gateway.casework import invariants
from gateway.casework.invariants import Finding, Ground
from gateway.cli.backup import archive, making, manifest, postgres_copy, sqlite_copy
from gateway.cli.backup.manifest import Manifest
from gateway.cli.backup.refusal import BackupRefused
from gateway.records import catalogue, db, schema
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from gateway.settings import Settings
from gateway.trust import audit


def verify(settings: Settings, source: Path, keys: Sequence[Identity]) -> tuple[Manifest, list[Finding]]:
    """Restores it to a scratch database and asks everything that must hold."""
    with _opened(settings, source, keys) as (promised, folder), _scratch(settings, promised, folder) as url:
        _fill(url, promised, folder)
        return promised, _examined(url, promised)


def restore(settings: Settings, source: Path, keys: Sequence[Identity], *, now: datetime) -> Manifest:
    """Puts it into the empty database of the settings; what was about to be sent then is not sent now."""
    with _opened(settings, source, keys) as (promised, folder):
        _check_same_kind(settings, promised)
        _check_empty(settings.database_url)
        try:
            _fill(settings.database_url, promised, folder)
            if "I7" in {finding.number for finding in _examined(settings.database_url, promised) if finding.is_broken}:
                raise BackupRefused("the audit in it does not fit the keys that are here: put back those of its time")
        except BackupRefused:
            _empty(settings.database_url)
            raise
        with db.transaction() as session:
            _hush(session, now)
            audit.record(session, audit.Action.BACKUP_RESTORED, officer=None, now=now)
    return promised


@contextmanager
def _opened(settings: Settings, source: Path, keys: Sequence[Identity]) -> Iterator[tuple[Manifest, Path]]:
    """The manifest and the folder of a backup that is whole and not of a later release."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.home, prefix=".backup-") as temporary:
        folder = Path(temporary) / "content"
        folder.mkdir()
        archive.unpack(source, folder, keys)
        promised = manifest.read(folder / manifest.NAME)
        if not schema.knows(promised.schema):
            raise BackupRefused(
                f"it is of schema {promised.schema}, this release knows {schema.newest()}: install the newer release"
            )
        yield promised, folder


@contextmanager
def _scratch(settings: Settings, promised: Manifest, folder: Path) -> Iterator[str]:
    if promised.database == "sqlite":
        yield f"sqlite:///{folder.parent / 'scratch.sqlite'}"
        return
    _check_same_kind(settings, promised)
    with postgres_copy.scratch(settings.database_url, f"lakana_verify_{token_hex(6)}") as url:
        yield url


def _check_same_kind(settings: Settings, promised: Manifest) -> None:
    here = make_url(settings.database_url).get_backend_name()
    if here != promised.database:
        raise BackupRefused(f"it is of {promised.database}, and DATABASE_URL names {here}: set it to such a database")


def _check_empty(url: str) -> None:
    """Nothing is ever written over."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        if Path(parts.database or "").exists():
            raise BackupRefused(f"{parts.database} exists: move it away first; nothing is written over")
        return
    engine = db.open_engine(url)
    try:
        if schema.current(engine) is None:
            return
        with engine.connect() as connection:
            counts = [connection.scalar(select(func.count()).select_from(t)) for t in catalogue.METADATA.sorted_tables]
    finally:
        engine.dispose()
    if any(counts):
        raise BackupRefused("the database has rows in it: name an empty one in DATABASE_URL; nothing is written over")


def _empty(url: str) -> None:
    """Takes away again what was put where nothing was."""
    db.disconnect()
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        for path in Path(parts.database or "").parent.glob(f"{Path(parts.database or '').name}*"):
            path.unlink()
        return
    engine = db.open_engine(url)
    try:
        schema.downgrade(engine, "base")
    finally:
        engine.dispose()


def _fill(url: str, promised: Manifest, folder: Path) -> None:
    """The rows, counted; then, if it is of an older release, the migrations since."""
    if promised.database == "sqlite":
        sqlite_copy.check(folder / sqlite_copy.FILE)
        sqlite_copy.put(folder, Path(make_url(url).database or ""))
    engine = db.open_engine(url)
    try:
        if promised.database != "sqlite":
            schema.upgrade(engine, to=promised.schema)
            postgres_copy.fill(engine, folder, promised.columns)
        if schema.current(engine) != promised.schema:
            raise BackupRefused("it is damaged: its database is of another schema than its manifest says")
        with engine.connect() as connection:
            found = making.described(connection, list(promised.tables))
        if found != {"tables": dict(promised.tables), "audit": dict(promised.audit)}:
            raise BackupRefused("it is damaged: other rows than its manifest counts")
        schema.upgrade(engine)
    except (psycopg.Error, SQLAlchemyError) as error:
        raise BackupRefused(f"its rows cannot be put back ({type(error).__name__})") from None
    finally:
        engine.dispose()


def _examined(url: str, promised: Manifest) -> list[Finding]:
    """As if it were still the moment at which it was made."""
    db.connect(url)
    with db.reading() as session:
        return invariants.examine(session, Ground(promised.at))


def _hush(session: Session, now: datetime) -> None:
    """Replies of that time may have gone out since: a second text on a seized phone is worse than none."""
    for before, after in ((ReplyState.PENDING, ReplyState.SUPPRESSED), (ReplyState.SENDING, ReplyState.UNKNOWN)):
        values = {"state": after, "reason": "restored", "settled_at": now, "lease_until": None, "next_try_at": None}
        session.execute(update(Reply).where(Reply.state == before).values(values))
