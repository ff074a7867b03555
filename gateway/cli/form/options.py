"""Turns the choices of an XLSForm into lists of values: each with its number, its word on the card, and its words."""

import re
from dataclasses import dataclass, field

from gateway.cli.form.questions import Question, Reading, plain
from gateway.cli.form.workbook import Cell, Row, Workbook
from parsers.codebook.phrases import expand

BRACKETS = re.compile(r"\([^()]*\)|[()|]")
MOST_WORDS = 4  # nobody types a longer label
HIGHEST = 99


@dataclass
class Option:
    """One choice: the value it becomes, and the row it stands in."""

    row: Row
    code: str
    number: int
    says: dict[str, str]
    card: str = ""
    words: dict[str, str] = field(default_factory=dict)


def read(workbook: Workbook, reading: Reading) -> dict[str, list[Option]]:
    """The lists that the questions ask from, by name."""
    asked = {question.list_name: question for question in reading.questions if question.list_name}
    return {name: _options(workbook, reading, question) for name, question in asked.items()}


def _options(workbook: Workbook, reading: Reading, question: Question) -> list[Option]:
    rows = [row for row in workbook.choices if row.get("list_name") == question.list_name]
    if not rows:
        told = f"there is no list {question.list_name!r} on the sheet choices"
        reading.faults.append((question.row.cell("type"), told))
    numbers = _numbers(rows, reading)
    options = []
    for row, number in zip(rows, numbers, strict=True):
        says = row.labels(workbook.unnamed_language)
        name = row.get("name")
        typed = row.get("sms_option")
        options.append(
            Option(
                row=row,
                code=plain(name if not name.isdigit() else next(iter(says.values()), name), longest=36)
                or f"c_{number}",
                number=number,
                says=says,
                card=typed if not typed.isdigit() else "",
                words=_words(says),
            )
        )
    _check(options, reading)
    return options


def _numbers(rows: list[Row], reading: Reading) -> list[int]:
    """The numbers people know from the list, when all its choices are numbers; else in the order of the list."""
    for column in ("sms_option", "name"):
        given = [row.get(column) for row in rows]
        if given and all(text.isascii() and text.isdigit() for text in given):
            for row, text in zip(rows, given, strict=True):
                if not 1 <= int(text) <= HIGHEST:
                    reading.faults.append((row.cell(column), f"{text} is no number from 1 to {HIGHEST}"))
            return [int(text) for text in given]
    return list(range(1, len(rows) + 1))


def _words(says: dict[str, str]) -> dict[str, str]:
    """The label as people may type it."""
    found = {language: " ".join(BRACKETS.sub(" ", text).split()) for language, text in says.items()}
    return {language: text for language, text in found.items() if 0 < len(expand(text)[0].split()) <= MOST_WORDS}


def _check(options: list[Option], reading: Reading) -> None:
    """Two choices of one list that are said alike would be told apart by chance."""
    said: dict[tuple[str, str], Cell] = {}
    for option in options:
        cells = {
            ("code", option.code): option.row.cell("name"),
            ("number", str(option.number)): option.row.cell("sms_option"),
        }
        cells |= {
            ("word", expand(text)[0]): option.row.cell(option.row.label_column()) for text in option.words.values()
        }
        if option.card:
            cells[("word", expand(option.card)[0])] = option.row.cell("sms_option")
        for key, cell in cells.items():
            if key in said and said[key].row != cell.row:
                reading.faults.append((cell, f"{key[1]!r} stands for another choice already (row {said[key].row})"))
            said.setdefault(key, cell)
