"""Builds XLSForms, as a survey tool would have them."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl

Sheet = Sequence[Sequence[object]]
SURVEY: Sheet = (
    ("type", "name", "label::French (fr)", "label::English (en)", "required", "constraint", "sms_field"),
    ("start", "start", None, None, None, None, None),
    ("select_one state", "state", "Le point d’eau marche ?", "Does it work?", "yes", None, "etat"),
    ("integer", "families", "Familles", "Families", None, ". >= 0 and . <= 5000", None),
    ("note", "thanks", "Merci", "Thank you", None, None, None),
    ("select_multiple wrong", "wrong", "Problèmes", "Problems", None, None, "souci"),
    ("geopoint", "where", "Lieu", "Place", "yes", None, None),
    ("date", "since", "Depuis", "Since", None, None, None),
    ("text", "remark", "Remarque", "Remark", None, None, None),
)
CHOICES: Sheet = (
    ("list_name", "name", "label::French (fr)", "label::English (en)", "sms_option"),
    ("state", "works", "Il marche", "It works", None),
    ("state", "broken", "Il est cassé (ou sec)", "It is broken", None),
    ("wrong", "salt", "Eau salée", "Salty", "SEL"),
    ("wrong", "queue", "Longue file", "Long queue", "FILE"),
)
SETTINGS: Sheet = (
    ("form_title", "form_id", "sms_keyword", "sms_separator", "default_language"),
    ("Points d’eau", "water_points", "wpt", "+", "French (fr)"),
)


def replaced(sheet: Sheet, row: int, column: str, value: object) -> list[list[object]]:
    """The sheet with another value in a cell, the row counted as people see it."""
    rows = [list(each) for each in sheet]
    rows[row - 1][rows[0].index(column)] = value
    return rows


def xlsform(path: Path, *, survey: Sheet = SURVEY, choices: Sheet = CHOICES, settings: Sheet = SETTINGS) -> Path:
    """Writes the workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
