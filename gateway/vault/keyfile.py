"""Key files on the disk: read only while they are private, written whole or not at all."""

import os
import secrets
import stat
from pathlib import Path

from gateway.errors import LakanaError

_PRIVATE = 0o600
_OTHERS = 0o077


class KeysMissing(LakanaError):
    """There is no key file where the settings say it is."""

    code = "keys_missing"


class KeysExposed(LakanaError):
    """Other users of the machine could read the key file."""

    code = "keys_exposed"


class KeysBroken(LakanaError):
    """The key file cannot be read, or is not whole."""

    code = "keys_broken"


class KeysPresent(LakanaError):
    """There are keys already: new ones in their place would make everything stored unreadable."""

    code = "keys_present"


def read_private(path: Path) -> bytes:
    """The content, after looking at the mode of the very file that was opened."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & _OTHERS:
                raise KeysExposed(f"{path}: other users can reach the keys (mode {mode:04o}); run: chmod 600 {path}")
            return file.read()
    except FileNotFoundError:
        raise KeysMissing(f"{path}: no key file here; put back your copy, or set LAKANA_KEYS to its place") from None
    except OSError as error:
        raise KeysBroken(f"{path}: cannot be read ({error.strerror}); run as the user who owns this file") from None


def write_new(path: Path, content: bytes) -> None:
    """Puts a file where none is; a crash leaves the whole file or none."""
    spare = _write_spare(path, content)
    try:
        path.hardlink_to(spare)  # unlike a rename, a link never takes the place of what is there
    except FileExistsError:
        raise KeysPresent(f"{path}: there are keys here already; move them away first if you mean it") from None
    finally:
        spare.unlink()
    _settle(path.parent)


def write_over(path: Path, content: bytes) -> None:
    """Puts a file in the place of the one there; a crash leaves the old one or the new one."""
    _write_spare(path, content).replace(path)
    _settle(path.parent)


def _write_spare(path: Path, content: bytes) -> Path:
    spare = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    return spare


def _settle(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
