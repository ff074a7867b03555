"""The spool: messages that the database could not take, one private file each, until it can.

1. put: written through to the disk under a spare name, then given its own, then the folder is written through. The name
   is a keyed hash of the provider's id, so a repeat meets the file that is there. 2. pour: into the database, in the
   caller's transaction. 3. clear: after its commit, and never before. What came in is sealed in the file as in the row.
"""

import base64
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from gateway.casework import intake
from gateway.casework.intake import Arrival, Received, Row
from gateway.records.codes import MessageSource, SenderKind
from gateway.records.states import MessageState
from gateway.vault.blind import content_digest
from gateway.vault.keyring import InboxKeys

MOST_AT_ONCE = 100
REFUSED = ".refused"
_SPARE = "."
_SPARE_KEPT = timedelta(hours=1)


class Unreadable(ValueError):
    """A file in the spool that is not as it was written."""


@dataclass(frozen=True)
class Poured:
    """Files whose rows are in the transaction, and files that no database will take."""

    stored: tuple[Path, ...] = ()
    refused: tuple[Path, ...] = ()


def put(folder: Path, row: Row, *, keys: InboxKeys) -> Received:
    """Returns once the message is safe on the disk; OSError when it is not."""
    path = _path(folder, row, keys)
    if _place(path, _written(row, keys)):
        return _received(row)
    try:
        known = _read(path, keys)
    except (OSError, Unreadable):  # poured at this very moment, or damaged: the database tells repeats apart
        _place(path.with_name(f"{path.name}-{row.id}"), _written(row, keys))
        return _received(row)
    if known.digest == row.digest:
        return Received(known.id, Arrival.REPEATED)
    apart = intake.apart(row)
    is_new = _place(_path(folder, apart, keys), _written(apart, keys))
    return Received(row.id, Arrival.QUARANTINED if is_new else Arrival.REPEATED, apart.reason)


def pour(session: Session, folder: Path, *, keys: InboxKeys) -> Poured:
    """Stores the oldest files' rows, each whole or not at all; a row that is there already is none the worse."""
    stored, refused = [], []
    for path in sorted(_waiting(folder), key=_written_at)[:MOST_AT_ONCE]:
        try:
            row = replace(_read(path, keys), source=MessageSource.SPOOL)
            with session.begin_nested():
                intake.store(session, [row])
        except FileNotFoundError:  # another process of this machine was quicker
            continue
        except (OSError, ValueError, TypeError, DataError, IntegrityError):  # damaged, or of a later release
            refused.append(path)
        else:
            stored.append(path)
    return Poured(tuple(stored), tuple(refused))


def clear(folder: Path, poured: Poured) -> None:
    """Takes away what is committed now; what was refused stays, under a name that says so, for a person to look at."""
    for path in poured.stored:
        path.unlink(missing_ok=True)
    for path in poured.refused:
        if path.exists():
            path.replace(path.with_name(path.name + REFUSED))
    if poured.stored or poured.refused:
        _settle(folder)


def count(folder: Path | None) -> int:
    """How many messages lie there, refused ones among them."""
    return sum(1 for _ in _files(folder))


def refused(folder: Path | None) -> int:
    """How many of them nobody will ever take by himself."""
    return sum(path.name.endswith(REFUSED) for path in _files(folder))


def oldest(folder: Path | None, *, now: datetime) -> timedelta:
    """How long the oldest has been lying there."""
    written = [seconds for path in _files(folder) if (seconds := _written_at(path))]
    return max(now - datetime.fromtimestamp(min(written), UTC), timedelta()) if written else timedelta()


def forget_spares(folder: Path, *, now: datetime) -> None:
    """Files whose writer died before they had a name: nobody was told that they were stored."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        is_old = path.name.startswith(_SPARE) and path.stat().st_mtime < (now - _SPARE_KEPT).timestamp()
        if is_old:
            path.unlink(missing_ok=True)


def _files(folder: Path | None) -> Iterator[Path]:
    if folder is not None and folder.is_dir():
        yield from (path for path in folder.iterdir() if not path.name.startswith(_SPARE))


def _waiting(folder: Path) -> Iterator[Path]:
    return (path for path in _files(folder) if not path.name.endswith(REFUSED))


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # poured at this very moment
        return 0.0


def _received(row: Row) -> Received:
    is_apart = row.state is MessageState.QUARANTINED
    return Received(row.id, Arrival.QUARANTINED if is_apart else Arrival.STORED, row.reason)


def _path(folder: Path, row: Row, keys: InboxKeys) -> Path:
    named = json.dumps(["spool", row.channel, row.account, row.provider_id]).encode("ascii")
    return folder / content_digest(keys, named).hex()


def _written(row: Row, keys: InboxKeys) -> bytes:
    """One line that proves the other whole."""
    plain = {name: _PLAIN[type(value)](value) if type(value) in _PLAIN else value for name, value in vars(row).items()}
    content = json.dumps(plain).encode("ascii")
    return content_digest(keys, content).hex().encode("ascii") + b"\n" + content


def _read(path: Path, keys: InboxKeys) -> Row:
    proof, _, content = path.read_bytes().partition(b"\n")
    if proof != content_digest(keys, content).hex().encode("ascii"):
        raise Unreadable("not as it was written")
    written: dict[str, Any] = json.loads(content)
    return Row(**{name: _TYPED[name](value) if name in _TYPED and value else value for name, value in written.items()})


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


_PLAIN: dict[type, Any] = {bytes: lambda value: base64.b64encode(value).decode("ascii"), datetime: datetime.isoformat}
_TYPED: dict[str, Any] = {
    "sealed": _from_base64,
    "digest": _from_base64,
    "part_key": _from_base64,
    "received_at": datetime.fromisoformat,
    "sent_at": datetime.fromisoformat,
    "sender_kind": SenderKind,
    "state": MessageState,
}


def _place(path: Path, content: bytes) -> bool:
    """Whether the file is ours; either way a file of this name is on the disk when this returns."""
    _make(path.parent)
    spare = path.with_name(f"{_SPARE}{secrets.token_hex(8)}")
    try:
        _write_through(spare, content)
        path.hardlink_to(spare)  # unlike a rename, a link never takes the place of what is there
    except FileExistsError:
        return False
    finally:
        spare.unlink(missing_ok=True)
        _settle(path.parent)
    return True


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _settle(folder.parent)


def _write_through(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _settle(folder: Path) -> None:
    """A name is on the disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
