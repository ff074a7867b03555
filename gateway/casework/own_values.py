"""What an officer may put in a field of a deployment's own form: one check for each kind of field.

The inputs are those of the built-in card where the field is of a kind that it has; all others are `value`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gateway import codebook
from gateway.casework import values
from gateway.casework.values import Given
from gateway.casework.written import required_text
from gateway.errors import Invalid
from parsers.codebook.book import Field

VALUE = "value"
# Fields whose inputs and checks are those of the built-in card.
BUILT_IN: Mapping[str, str] = {"counts": "children", "ages": "age", "places": "place", "dates": "date"}
RATINGS = range(1, 6)
_PROJECT = re.compile(r"([A-Z]{3})[-/._ ]?(\d{2})[-/._ ]?(\d{3})")


def check(field: Field, given: Given, *, today: date) -> dict[str, Any]:
    """The value as it is kept, with the names of the parse object; Invalid says what is wrong."""
    known = known_as(field)
    if known is None:
        return _CHECKS[field.reader](field, given.get(VALUE))
    checked = values.check(known, given, today=today)
    return checked if known == field.name else _renamed(checked, known, field.name)


def known_as(field: Field) -> str | None:
    """The field of the built-in card that asks for the same, if there is one."""
    return field.name if field.name == field.values == "needs" else BUILT_IN.get(field.reader)


def standing(field: Field, now_counts: Mapping[str, Any]) -> dict[str, Any]:
    """The value that counts now, by the names of the inputs."""
    known = known_as(field)
    if known is None:
        return {VALUE: now_counts[field.name]} if field.name in now_counts else {}
    given = {part: now_counts[part] for part in field.parts if part in now_counts}
    return given if known == field.name else _renamed(given, field.name, known)


def _renamed(given: Given, before: str, after: str) -> dict[str, Any]:
    """`place` and `place_approximate` as `destination` and `destination_approximate`, or back; counts keep theirs."""
    return {after + name.removeprefix(before) if name.startswith(before) else name: given[name] for name in given}


def _choice(field: Field, given: Any) -> dict[str, Any]:
    known = values.codes(field.values)
    if not field.is_list:
        if given not in known:
            raise Invalid(VALUE, "choose")
        return {field.name: given}
    chosen = [code for code in known if code in (given or ())]
    if not chosen or len(chosen) != len(set(given)):
        raise Invalid(VALUE, "choose")
    return {field.name: chosen}


def _number(field: Field, given: Any) -> dict[str, Any]:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise Invalid(VALUE, "a_number" if field.decimals else "number")
    if given != int(given) and not field.decimals:
        raise Invalid(VALUE, "number")
    too_low = field.lowest is not None and given < field.lowest
    if too_low or (field.highest is not None and given > field.highest):
        raise Invalid(VALUE, "out_of_range")
    return {field.name: int(given) if given == int(given) else given}


def _text(field: Field, given: Any) -> dict[str, Any]:
    return {field.name: required_text(VALUE, str(given or ""))}


def _project(field: Field, given: Any) -> dict[str, Any]:
    found = _PROJECT.fullmatch(str(given or "").strip().upper())
    if found is None:
        raise Invalid(VALUE, "project_code")
    return {field.name: "-".join(found.groups())}


def _rating(field: Field, given: Any) -> dict[str, Any]:
    if isinstance(given, bool) or given not in RATINGS:
        raise Invalid(VALUE, "choose")
    return {field.name: given}


_CHECKS: Mapping[str, Callable[[Field, Any], dict[str, Any]]] = {
    "choices": _choice,
    "numbers": _number,
    "texts": _text,
    "projects": _project,
    "ratings": _rating,
}


def options(field: Field) -> tuple[str, ...]:
    """The codes of a field of choices."""
    return values.codes(field.values) if field.reader == "choices" else ()


def of_form(form_name: str | None, name: str) -> Field | None:
    """The field of an own form, as far as officers may correct it; a note is the reporter's own words."""
    form = codebook.own_form(form_name)
    field = form.by_name.get(name) if form else None
    return field if field is not None and field.reader != "note" else None
