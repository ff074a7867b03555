"""The codebook this process works with: the deployment's own folder when there is one, chosen at the start."""

import csv
from pathlib import Path

from gateway.errors import SettingWrong
from parsers.codebook import gazetteer, reader
from parsers.codebook.book import Codebook
from parsers.codebook.place import PlacesWrong

_folder: Path | None = None


def use(folder: Path | None) -> None:
    """From now on this process reads this folder, whose places must be whole; None is the codebook that is built in."""
    global _folder
    check_places(folder)
    _folder = folder


def check_places(folder: Path | None) -> None:
    """Refuses a folder whose list of places is not whole."""
    try:
        reader.load_places(folder)
    except (PlacesWrong, UnicodeDecodeError, csv.Error) as wrong:
        raise SettingWrong("LAKANA_CODEBOOK", f"{folder}: {wrong}") from None


def folder() -> Path | None:
    """The folder of this process."""
    return _folder


def book() -> Codebook:
    """All of it."""
    return reader.load(_folder)


def places() -> gazetteer.Gazetteer:
    """Its places alone."""
    return reader.load_places(_folder)
