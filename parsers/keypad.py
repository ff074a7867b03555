"""Digits pressed in a call, read as the same form that a text fills in."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from parsers.codebook.book import Codebook, Form
from parsers.codebook.reader import load
from parsers.message import read_message
from parsers.result import Parsed, ReporterContext

TEN = {"violation": {"0": "10"}}  # a key has one digit, and the list ten values
LONGEST = 12


def read_keys(  # noqa: PLR0913 - what parse() takes, and the three things that a call has instead of a text
    form: str,
    pressed: Mapping[int, str],
    *,
    received_on: date,
    ongoing: bool = False,
    reporter: ReporterContext | None = None,
    codebook: Path | None = None,
) -> Parsed:
    """What was pressed for each field of the card; a field left out, or keys it does not know, stay open for a person.

    `ongoing` is the answer to whether it goes on now; a project is given by its code, as the list read out has it.
    `codebook` is a deployment's own folder, as for texts.
    """
    book = load(codebook)
    text = _as_text(book, form, pressed, ongoing=ongoing)
    return read_message(text, today=received_on, reporter=reporter or ReporterContext(), book=book)


def _as_text(book: Codebook, form: str, pressed: Mapping[int, str], *, ongoing: bool) -> str:
    keyword = next(keyword.word.upper() for keyword in book.keywords.values() if keyword.kind == form)
    fields = book.forms[form].by_number
    parts = [
        f"{number}={_keys(book.forms[form], number, pressed[number])}" for number in sorted(pressed) if number in fields
    ]
    return " ".join([keyword, *parts, *(["URG"] if ongoing else [])])


def _keys(form: Form, number: int, keys: str) -> str:
    """Only what a keypad or the project list can give."""
    plain = "".join(key for key in keys if key.isascii() and (key.isalnum() or key == "-"))[:LONGEST]
    return TEN.get(form.by_number[number].name, {}).get(plain, plain)
