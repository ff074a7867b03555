"""Writes the questions of a survey as the TOML of a form, remembering for every line the cell it came from."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.cli.form.options import Option
from gateway.cli.form.questions import Question, Reading, plain
from gateway.cli.form.workbook import Cell, Workbook
from parsers.codebook import sources

# What the parser takes for a blank between two fields; any other sign would be read as part of an answer.
SEPARATORS = frozenset(" ,;.|*#+_/\n")
LONGEST_NAME = 16
KEYWORD = re.compile(r"[A-Za-z]{3,12}")


@dataclass
class Definition:
    """A form as TOML, line by line."""

    name: str
    lines: list[tuple[str, Cell]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The file."""
        return "".join(f"{line}\n" for line, _ in self.lines)

    def add(self, cell: Cell, *lines: str) -> None:
        """More lines, all from one cell or from cells of its row."""
        self.lines += [(line, cell) for line in lines]

    def cell(self, line: int) -> Cell:
        """Where a line came from."""
        return self.lines[min(max(line, 1), len(self.lines)) - 1][1]


def write(
    workbook: Workbook, reading: Reading, options: dict[str, list[Option]], *, keyword: str, stem: str
) -> Definition:
    """The definition; what is wrong with the settings is added to the faults of the reading."""
    settings = workbook.settings
    name = plain(settings.get("form_id") or settings.get("id_string") or stem, longest=LONGEST_NAME)
    made = Definition(name or "form")
    if name in sources.built_in(sources.FORMS)["forms"]:
        reading.faults.append((settings.cell("form_id"), f"{name!r} is a form that comes with the program"))
    word = keyword or settings.get("sms_keyword")
    if not KEYWORD.fullmatch(word):
        told = f"{word!r} must be 3 to 12 letters" if word else "is missing; fill it in, or give --keyword"
        reading.faults.append((settings.cell("sms_keyword"), told))
    separator = settings.values.get("sms_separator", "")
    if not SEPARATORS.issuperset(separator):
        told = f"{separator!r} does not part two answers here; one of , ; . | * # + or a blank does"
        reading.faults.append((settings.cell("sms_separator"), told))
    title = settings.get("form_title") or name
    made.add(settings.cell("sms_keyword"), "# Taken over from an XLSForm by `lakana form import`.", "[[keyword]]")
    made.add(settings.cell("sms_keyword"), f'kind = "{made.name}"', f"any = [{_quoted(word.upper())}]", "")
    required = ", ".join(_quoted(question.name) for question in reading.questions if question.is_required)
    made.add(settings.cell("form_id"), f"[forms.{made.name}]")
    made.add(settings.cell("form_title"), f"title = {_spoken({workbook.unnamed_language: title})}")
    made.add(Cell("survey", 1, "required"), f"required = [{required}]")
    for question in reading.questions:
        _question(made, question)
    for list_name, listed in options.items():
        _list(made, f"{made.name}_{plain(list_name, longest=20)}", listed)
    return made


def _question(made: Definition, question: Question) -> None:
    row = question.row
    made.add(row.cell("name"), "", f"[[forms.{made.name}.field]]", f"number = {question.number}")
    made.add(row.cell("name"), f"name = {_quoted(question.name)}")
    made.add(row.cell("type"), f"reader = {_quoted(question.reader)}")
    column = "sms_field" if row.get("sms_field") else "name"
    made.add(row.cell(column), f"labels = [{', '.join(map(_quoted, question.labels))}]")
    if question.list_name:
        made.add(row.cell("type"), f'values = "{made.name}_{plain(question.list_name, longest=20)}"')
    if question.is_list:
        made.add(row.cell("type"), "list = true")
    for bound, number in question.bounds.items():
        made.add(row.cell("constraint"), f"{bound} = {number:g}")
    if question.row.get("type").lower() == "decimal":
        made.add(row.cell("type"), "decimals = true")
    if question.says:
        made.add(row.cell(row.label_column()), f"says = {_spoken(question.says)}")


def _list(made: Definition, name: str, options: list[Option]) -> None:
    for option in options:
        row = option.row
        made.add(row.cell("name"), "", f"[[values.{name}]]", f"code = {_quoted(option.code)}")
        made.add(row.cell("sms_option" if row.get("sms_option").isdigit() else "name"), f"number = {option.number}")
        if option.card:
            made.add(row.cell("sms_option"), f"card = [{_quoted(option.card.upper())}]")
        if option.says:
            made.add(row.cell(row.label_column()), f"says = {_spoken(option.says)}")
    for language in dict.fromkeys(language for option in options for language in option.words):
        made.add(options[0].row.cell("list_name"), "", f"[words.{language}.{name}]")
        for option in options:
            if language in option.words:
                cell = option.row.cell(option.row.label_column())
                made.add(cell, f"{option.code} = [{_quoted(option.words[language])}]")


def _spoken(words: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{language} = {_quoted(text)}" for language, text in words.items()) + " }"


def _quoted(text: str) -> str:
    """A text as TOML writes it: as JSON does, but for one control character."""
    return json.dumps("".join(each for each in text if each.isprintable()), ensure_ascii=False)
