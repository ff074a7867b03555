"""The codebook of this deployment, ready to be worked with: forms, lists, words and replies looked over together."""

from functools import cache
from pathlib import Path

from gateway import codebook as deployment
from gateway.errors import SettingWrong
from gateway.texts import own
from parsers.codebook import reader
from parsers.codebook.book import Codebook
from parsers.codebook.faults import CodebookFaulty, Fault


class CodebookWrong(SettingWrong):
    """A deployment's own codebook has faults: a line for each, with file, line and reason."""

    code = "codebook"

    def __init__(self, folder: Path | None, faults: list[Fault]) -> None:
        lines = "\n".join(f"  {fault}" for fault in sorted(set(faults)))
        super().__init__("LAKANA_CODEBOOK", f"the codebook in {folder} cannot be used:\n{lines}")


@cache
def ready(folder: Path | None = None) -> Codebook:
    """The codebook in a folder; CodebookWrong names every fault of its files at once."""
    deployment.check_places(folder)
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
