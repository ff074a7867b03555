"""The deployment's own list of places on the disk: whole as it was or whole as it is now, never half of it."""

import csv
import io
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from gateway.errors import LakanaError
from parsers.codebook.gazetteer import Place
from parsers.codebook.place import COLUMNS
from parsers.codebook.reader import PLACES


class NotWritten(LakanaError):
    """The list could not be written; what was there is untouched."""

    code = "not_written"


def write(folder: Path, places: Iterable[Place]) -> Path:
    """Puts the list in the place of the one in the folder, and makes the folder when it is not there."""
    path = folder / PLACES
    spare = folder / f".{PLACES}.{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with spare.open("w", encoding="utf-8", newline="") as file:
            file.write(as_csv(places))
            file.flush()
            os.fsync(file.fileno())
        spare.replace(path)
        _settle(folder)
    except OSError as error:
        with suppress(OSError):
            spare.unlink()
        raise NotWritten(f"{path} cannot be written ({error.strerror}); nothing was changed") from None
    return path


def as_csv(places: Iterable[Place]) -> str:
    """The file's content."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, places))
    return content.getvalue()


def _row(place: Place) -> list[str]:
    said = place._asdict() | {"alternates": ";".join(place.alternates)}
    return ["" if said[column] is None else str(said[column]) for column in COLUMNS]


def _settle(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
