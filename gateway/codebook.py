"""The codebook of this deployment: chosen at the start, looked over as a whole, asked for by all that works with it.

1. use: from now on this process reads this folder; its places must be whole. 2. ready: the whole codebook of a folder,
with every fault of its files named at once; what is started for a deployment asks this first.
"""

import csv
from functools import cache
from pathlib import Path

from gateway.errors import SettingWrong
from gateway.texts import own
from parsers.codebook import gazetteer, reader
from parsers.codebook.book import Codebook, Form
from parsers.codebook.faults import CodebookFaulty, Fault
from parsers.codebook.place import PlacesWrong

_folder: Path | None = None


class CodebookWrong(SettingWrong):
    """A deployment's own codebook has faults: a line for each, with file, line and reason."""

    code = "codebook"

    def __init__(self, folder: Path | None, faults: list[Fault]) -> None:
        lines = "\n".join(f"  {fault}" for fault in sorted(set(faults)))
        super().__init__("LAKANA_CODEBOOK", f"the codebook in {folder} cannot be used:\n{lines}")


def use(folder: Path | None) -> None:
    """From now on this process reads this folder, whose places must be whole; None is the codebook that is built in."""
    global _folder
    _check_places(folder)
    _folder = folder


@cache
def ready(folder: Path | None = None) -> Codebook:
    """The codebook in a folder; CodebookWrong names every fault of its files at once."""
    _check_places(folder)
    faults: list[Fault] = []
    try:
        book = reader.load(folder)
    except CodebookFaulty as faulty:
        faults += faulty.faults
        book = reader.load()
    faults += own.check(folder, book)
    if faults:
        raise CodebookWrong(folder, faults)
    return book


def folder() -> Path | None:
    """The folder of this process."""
    return _folder


def book() -> Codebook:
    """All of it."""
    return reader.load(_folder)


def places() -> gazetteer.Gazetteer:
    """Its places alone."""
    return reader.load_places(_folder)


def own_form(name: str | None) -> Form | None:
    """The deployment's own form of this name; None for what is built in, and for a form that is no longer there."""
    return None if not name or name in reader.load().forms else book().forms.get(name)


def _check_places(folder: Path | None) -> None:
    """Refuses a folder whose list of places is not whole."""
    try:
        reader.load_places(folder)
    except (PlacesWrong, UnicodeDecodeError, csv.Error) as wrong:
        raise SettingWrong("LAKANA_CODEBOOK", f"{folder}: {wrong}") from None
