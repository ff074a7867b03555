"""Reads an XLSForm: its rows with the cell each came from, and whatever stands against it, by sheet, row and column."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from gateway.errors import SettingWrong

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
FIRST_ROW = 2  # the first one has the names of the columns
LANGUAGES = {
    "fr": "fr",
    "français": "fr",
    "francais": "fr",
    "french": "fr",
    "en": "en",
    "english": "en",
    "anglais": "en",
}
LABEL = re.compile(r"label(?:::?\s*(?P<language>.+))?", re.IGNORECASE)
ROW = re.compile(r"\[row : (\d+)\]\s*")
SHEET = re.compile(r"'(survey|choices|settings)' sheet")
MOST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, order=True)
class Cell:
    """Where something stands in the workbook."""

    sheet: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"sheet {self.sheet}, row {self.row}, column {self.column}"


class FormRefused(SettingWrong):
    """The workbook cannot become a form: one line for each reason, with sheet, row and column."""

    code = "form_refused"

    def __init__(self, faults: list[tuple[Cell, str]]) -> None:
        self.faults = sorted(set(faults))
        lines = "\n".join(f"  {cell}: {why}" for cell, why in self.faults)
        super().__init__("the form", f"was not taken over, nothing was written:\n{lines}")


@dataclass(frozen=True)
class Row:
    """One row of a sheet; the names of its columns in small letters."""

    sheet: str
    number: int
    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """What stands in a column; nothing when it is empty or not there."""
        return self.values.get(column, "").strip()

    def cell(self, column: str) -> Cell:
        """The cell in a column."""
        return Cell(self.sheet, self.number, column)

    def labels(self, unnamed: str) -> dict[str, str]:
        """The labels in the languages of the cards; `unnamed` is the language of a label that names none."""
        found: dict[str, str] = {}
        for column, text in self.values.items():
            match = LABEL.fullmatch(column)
            language = _language(match["language"]) if match and match["language"] else unnamed if match else ""
            if language and text.strip():
                found.setdefault(language, " ".join(text.split()))
        return found

    def label_column(self) -> str:
        """The column that a fault in the label is shown in."""
        return next((column for column in self.values if LABEL.fullmatch(column)), "label")


@dataclass(frozen=True)
class Workbook:
    """The three sheets."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: Row

    @property
    def unnamed_language(self) -> str:
        """The language of labels without one."""
        return _language(self.settings.get("default_language")) or "fr"


def read(path: Path) -> Workbook:
    """The workbook, if it is an XLSForm; FormRefused says where it is not."""
    if path.suffix.lower() != ".xlsx" or path.stat().st_size > MOST_BYTES:
        raise SettingWrong(path.name, "must be an .xlsx file of at most 5 MB")
    rows: Sequence[Mapping[str, str]] = ()
    try:
        data = get_xlsform(path)
        rows = data.survey or ()
        convert(path, validate=False)
    except PyXFormError as error:
        told = str(error)
        if not ROW.search(told) and not SHEET.search(told):
            raise SettingWrong(path.name, f"is no form of a survey: {' '.join(told.split())}") from None
        raise FormRefused([_told(told, rows)]) from None
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise SettingWrong(path.name, f"is no workbook that can be read ({error})") from None
    settings = tuple(_rows(SETTINGS, data.settings))
    return Workbook(
        survey=tuple(_rows(SURVEY, data.survey)),
        choices=tuple(_rows(CHOICES, data.choices)),
        settings=settings[0] if settings else Row(SETTINGS, FIRST_ROW),
    )


def _rows(sheet: str, rows: Sequence[Mapping[str, str]] | None) -> Iterator[Row]:
    for at, row in enumerate(rows or ()):
        values = {
            " ".join(str(column).lower().split()).replace("list name", "list_name"): str(text)
            for column, text in row.items()
        }
        if any(text.strip() for text in values.values()):
            yield Row(sheet, at + FIRST_ROW, values)


def _language(name: str) -> str:
    """`French (fr)`, `fr`, `Français`."""
    code = re.search(r"\((\w+)\)", name)
    return LANGUAGES.get((code[1] if code else name).strip().lower(), "")


def _told(error: str, rows: Sequence[Mapping[str, str]]) -> tuple[Cell, str]:
    """The library's own words, with the row and sheet that it names, and the column that they are about."""
    row, sheet = ROW.search(error), SHEET.search(error)
    told = " ".join(ROW.sub("", error).split()).split(" {'")[0]  # a row as Python writes it helps nobody
    number = int(row[1]) if row else 1
    values = rows[number - FIRST_ROW] if FIRST_ROW <= number < FIRST_ROW + len(rows) else {}
    quoted = [column for column, text in values.items() if len(str(text)) > 1 and str(text).split()[-1] in told]
    column = "type" if "no type" in told else quoted[0] if quoted else "name"
    return Cell(sheet[1] if sheet else SURVEY, number, column), told
