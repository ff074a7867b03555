"""What a later message says of the fields: read by the card of the report it names, whose numbers it uses."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from gateway import codebook
from gateway.records.answer import Answer
from parsers import parse
from parsers.result import ReporterContext

FREE_TEXT = "incident"  # the card by which a text without a form is read
_SPOKEN: Mapping[str, Literal["fr", "en"]] = {"fr": "fr", "en": "en"}


def of(answer: Answer, form: str, language: str | None) -> dict[str, Any]:
    """The fields it gives; when it was read, nobody may have known what form the reference belongs to."""
    parsed = answer.parsed or {}
    given = dict(parsed.get("fields") or {})
    context = ReporterContext(language=_SPOKEN.get(language or ""), asked=_asked(form))
    day = answer.received_at.date()
    if given.get("command") == "correct":
        return _again(_numbered(answer.reference, given), day, context) or {}
    if context.asked is None or form == FREE_TEXT or "command" in given:
        return given
    again = _again(str(parsed.get("text", "")), day, context)
    return given if again is None else again


def _asked(form: str) -> tuple[str, str] | None:
    return (form, "") if form in codebook.book().forms else None


def _again(text: str, day: date, context: ReporterContext) -> dict[str, Any] | None:
    """None when the text names no report: it was read as the answer to a question, and that stands."""
    parsed = parse(text, received_on=day, reporter=context, codebook=codebook.folder())
    fields: Any = parsed.as_dict()["fields"]
    return dict(fields) if parsed.kind == "answer" else None


def _numbered(reference: str, given: Mapping[str, Any]) -> str:
    """`MOD K7Q28 4 ANSONGO` as an answer by the numbers of the card."""
    pairs = zip(_listed(given.get("field")), _listed(given.get("value")), strict=False)
    return " ".join([reference, *(f"{number}={value}" for number, value in pairs)])


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
