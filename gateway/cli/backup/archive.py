"""The file of a backup: a tar in an age envelope, written whole or not at all, opened with care."""

import os
import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path

from pyrage import DecryptError, decrypt_io, encrypt_io
from pyrage.x25519 import Identity, Recipient

from gateway.cli.backup.manifest import NAME
from gateway.cli.backup.refusal import BackupRefused

_DAMAGED = "it is damaged: a part of it was changed, or it was cut off"


def pack(folder: Path, target: Path, to: Sequence[Recipient]) -> None:
    """Everything in the folder, encrypted; the file appears under its name once it is whole and on the disk."""
    plain, beside = folder.with_suffix(".tar"), target.with_name(f".{target.name}.part")
    try:
        with tarfile.open(plain, "w") as tar:
            for path in sorted(folder.iterdir(), key=lambda path: path.name == NAME):  # the manifest comes last
                tar.add(path, arcname=path.name, filter=_nobodys)
        with plain.open("rb") as source, beside.open("xb") as sealed:
            beside.chmod(0o600)
            encrypt_io(source, sealed, list(to))
            os.fsync(sealed.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BackupRefused(f"{target} cannot be written ({error.strerror or error})") from None
    finally:
        plain.unlink(missing_ok=True)


def unpack(source: Path, folder: Path, keys: Sequence[Identity]) -> None:
    """Opens the envelope into an empty folder; what is not exactly as it was sealed is refused."""
    plain = folder.with_suffix(".tar")
    try:
        with source.open("rb") as sealed, plain.open("xb") as opened:
            decrypt_io(sealed, opened, list(keys))
        with tarfile.open(plain) as tar:
            for member in tar:
                if not member.isfile() or Path(member.name).name != member.name:
                    raise BackupRefused("it is no backup of Lakana: it holds more than plain files")
                _take_out(tar, member, folder)
    except DecryptError as error:
        if "matching" in str(error):
            raise BackupRefused("none of these keys opens it: it was made for somebody else") from None
        raise BackupRefused(_DAMAGED) from None
    except tarfile.TarError:
        raise BackupRefused("it is no backup of Lakana") from None
    except OSError as error:
        # The library tells damage in the middle of a file as an error of reading, without a number.
        raise BackupRefused(error.strerror or _DAMAGED) from None
    finally:
        plain.unlink(missing_ok=True)


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    content = tar.extractfile(member)
    assert content is not None  # noqa: S101  a plain file, as was just seen
    with content, (folder / member.name).open("xb") as target:
        shutil.copyfileobj(content, target)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of whoever made it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member
