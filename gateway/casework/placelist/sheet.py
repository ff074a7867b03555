"""A table in a file, CSV or a workbook, as lines of text that know their number."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from gateway.errors import LakanaError

MOST_LINES = 200_000
MOST_BYTES = 100 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024  # a workbook is a zip file, and a small one may hold a very large one
SEPARATORS = ",;\t|"
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
OF_OLD_WINDOWS = "cp1252"  # what Excel writes in French when it is asked for CSV


class Unreadable(LakanaError):
    """The file is not a table that can be read; the text says why."""

    code = "unreadable_file"


@dataclass(frozen=True)
class Line:
    """One line of a table: where it stands, and its cells without blanks around them."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """One table: the name of its sheet (none in CSV), its columns, its lines."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read(path: Path) -> list[Sheet]:
    """The tables of a file; Unreadable says what is wrong with it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{path.name} is larger than {MOST_BYTES // 2**20} MB")
        found = _workbook(path) if zipfile.is_zipfile(path) else [("", _csv(path))]
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from None
    sheets = [sheet for name, lines in found if (sheet := _sheet(name, lines))]
    if not sheets:
        raise Unreadable(f"{path.name} holds no table: the first line names the columns, places follow")
    return sheets


def _sheet(name: str, lines: Iterable[Line]) -> Sheet | None:
    filled = []
    for line in lines:
        if any(line.cells):
            filled.append(line)
        if len(filled) > MOST_LINES:
            raise Unreadable(f"more than {MOST_LINES} lines; import the table in parts")
    if not filled:
        return None
    head, *rest = filled
    return Sheet(name, tuple(head.cells), tuple(line for line in rest if not _is_tags(line)))


def _is_tags(line: Line) -> bool:
    """Whether a line holds the HXL tags of the columns."""
    return all(cell.startswith("#") for cell in line.cells if cell)


def _csv(path: Path) -> Iterator[Line]:
    text = _decoded(path.read_bytes())
    if "\0" in text:
        raise Unreadable(f"{path.name} is neither CSV nor a workbook (xlsx)")
    head = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(SEPARATORS, key=head.count))
    try:
        for cells in reader:
            yield Line(reader.line_num, [cell.strip() for cell in cells])
    except csv.Error as error:
        raise Unreadable(f"line {reader.line_num}: {error}") from None


def _decoded(content: bytes) -> str:
    encoding = next(name for mark, name in ENCODINGS if content.startswith(mark))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode(OF_OLD_WINDOWS, "replace")


def _workbook(path: Path) -> Iterator[tuple[str, Iterator[Line]]]:
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise Unreadable(f"{path.name} is too large when unpacked")
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_LINES + 2)
                yield name, (Line(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1))
    except (CalamineError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{path.name} is not a workbook that can be read: {error}") from None


def _text(cell: object) -> str:
    """A cell as it would be written in CSV: codes that a spreadsheet took for numbers lose their `.0`."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()
