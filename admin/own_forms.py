"""How reports on a deployment's own forms are told: the form's title, its questions and its values in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal

from admin.desk_values import code_words, field_words, problem_words, value_words
from admin.desk_words import FIELDS
from admin.i18n import language
from admin.wording import visible
from gateway import codebook
from gateway.casework import own_values
from gateway.casework.fields import own_form
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind
from parsers.codebook.book import Field

Told = list[tuple[str, str, str]]


def title(name: str) -> str:
    """What a form is called."""
    form = codebook.own_form(name)
    return _said(form.title, name) if form else name


def title_of(alert: Alert) -> str | None:
    """The title of the own form that an alert was reported on; seen from its clear columns alone."""
    name = alert.types[0] if alert.kind is AlertKind.UNKNOWN and len(alert.types) == 1 else None
    return title(name) if name and codebook.own_form(name) else None


def question(name: str, form_name: str | None) -> str:
    """What a field asks, in words; the fields of the built-in card keep theirs."""
    form = codebook.own_form(form_name)
    field = form.by_name.get(name) if form else None
    if field is None:
        return field_words(name)
    return _said(field.says, str(FIELDS[name]) if name in FIELDS else _label(field))


def told(alert_form: str | None, values: Mapping[str, Any]) -> Told:
    """Each field of an own form that has a value: name, question and value in words."""
    return [each for each in all_told(alert_form, values) if each[2]]


def all_told(alert_form: str | None, values: Mapping[str, Any]) -> Told:
    """Every field of an own form but the note, with or without a value."""
    form = codebook.own_form(alert_form)
    fields = [each for each in form.fields if each.reader != "note"] if form else []
    return [(each.name, question(each.name, alert_form), _value(each, values)) for each in fields]


def doubt(problem: Mapping[str, Any], form_name: str | None) -> str:
    """What the machine doubted, with the question of the own form it is about."""
    name = str(problem.get("field") or "")
    return problem_words(problem, question(name, form_name) if name and codebook.own_form(form_name) else None)


def _value(field: Field, values: Mapping[str, Any]) -> str:
    known = own_values.known_as(field)
    if known is not None:
        return value_words(known, own_values.standing(field, values))
    given = values.get(field.name)
    if field.reader == "choices":
        codes = given if isinstance(given, list) else [given] if given else []
        return visible(", ".join(code_of(field, str(code)) for code in codes))
    if isinstance(given, int | float) and not isinstance(given, bool):
        return str(format_decimal(given))
    return visible(str(given or ""))


def code_of(field: Field, code: str) -> str:
    """A code of a list in words: the form's own, else ours."""
    said = next((value.says for value in codebook.book().values.get(field.values, ()) if value.code == code), {})
    return _said(said, code_words(field.values, code))


def _said(words: Mapping[str, str], otherwise: str) -> str:
    return words.get(language()) or next(iter(words.values()), otherwise)


def _label(field: Field) -> str:
    return (" ".join(field.labels[0]) if field.labels else field.name.replace("_", " ")).capitalize()


FILTERS = {
    "number": format_decimal,
    "own_title": title_of,
    "own_form": own_form,
    "question_of": question,
    "doubt_words": doubt,
}
