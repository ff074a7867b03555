"""What a backup says of itself: when, which schema, how many rows, where the audit ended, a sum of every file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gateway.cli.backup.refusal import BackupRefused

NAME = "manifest.json"
FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`tables` counts rows; `columns` says in which order a table's values stand; `audit` is the end of the chain."""

    made_at: str
    database: str
    schema: str
    tables: Mapping[str, int]
    columns: Mapping[str, list[str]]
    audit: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]]
    format: int = FORMAT

    @property
    def at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    def written(self) -> bytes:
        """As it is stored."""
        return json.dumps(asdict(self), indent=1).encode("ascii")


def read(path: Path) -> Manifest:
    """The manifest of an opened backup, after every file was held against it."""
    try:
        given = json.loads(path.read_bytes())
        if given["format"] > FORMAT:
            raise BackupRefused(
                f"it is of format {given['format']}, this release knows {FORMAT}: install the newer one"
            )
        manifest = Manifest(**given)
        datetime.fromisoformat(manifest.made_at)
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupRefused("it is damaged: its manifest is missing or cannot be read") from None
    found = {each.name for each in path.parent.iterdir()} - {NAME}
    if found != set(manifest.files):
        raise BackupRefused("it is damaged: it holds other files than its manifest names")
    for name, promised in manifest.files.items():
        if described(path.parent / name) != promised:
            raise BackupRefused(f"it is damaged: {name} is not as it was written")
    return manifest


def described(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            total.update(chunk)
    return {"bytes": path.stat().st_size, "sha256": total.hexdigest()}
