"""The values of any card in words: of the built-in forms, of project answers, of a deployment's own forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from admin import own_forms
from admin.desk_marks import answer_words, question_words
from admin.desk_values import field_words, value_words
from gateway import codebook
from gateway.casework import response_fields
from gateway.casework.alert_sheet import AlertSheet
from gateway.casework.fields import OF_KIND, PARTS, may_be_corrected, own_form

Told = list[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One field of a report: what it asks, its value in words, and who changed it since the first reading."""

    name: str
    asked: str
    words: str
    first: str
    changed_by: str
    is_lacking: bool
    is_missing: bool
    may_be_corrected: bool


def all_told(kind: str | None, values: Mapping[str, Any]) -> Told:
    """Each field of the card of this kind: name, what it asks, and its value in words, empty without one."""
    if codebook.own_form(kind) is not None:
        return own_forms.all_told(kind, values)
    if kind == response_fields.FORM:
        return [("project", field_words("project"), str(values.get("project") or "")), *_answers(values)]
    return [(name, field_words(name), value_words(name, values)) for name in PARTS]


def told(kind: str | None, values: Mapping[str, Any]) -> Told:
    """The same, of those that have a value."""
    return [each for each in all_told(kind, values) if each[2]]


def told_of(kind: str | None, name: str, values: Mapping[str, Any]) -> str:
    """The value of one field in words."""
    return next((words for each, _, words in all_told(kind, values) if each == name), "")


def rows(sheet: AlertSheet) -> list[Row]:
    """The fields of a report's card as they count now."""
    alert, now_counts = sheet.alert, sheet.effective
    own = own_form(alert)
    shown = all_told(own, now_counts.values)
    first = {name: words for name, _, words in all_told(own, sheet.first)}
    problems = (alert.parsed or {}).get("problems") or ()
    doubted = {each.get("field") for each in problems if not each["code"].startswith("missing_")}
    return [
        Row(
            name=name,
            asked=asked,
            words=words,
            first=first.get(name, ""),
            changed_by=now_counts.changed_by.get(name, ""),
            is_lacking=name in alert.missing,
            is_missing=not words and name not in doubted,
            may_be_corrected=sheet.is_free and may_be_corrected(alert, name),
        )
        for name, asked, words in shown
        if own or name in OF_KIND[alert.kind]
    ]


def _answers(values: Mapping[str, Any]) -> Told:
    return [
        (name, question_words(name), answer_words(values[name], name) if name in values else "")
        for name in response_fields.names()
    ]


GLOBALS = {"told": told, "all_told": all_told, "told_of": told_of}
