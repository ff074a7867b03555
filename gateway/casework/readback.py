"""What was understood, in the codes of the card, for senders who asked to be read back to."""

from collections.abc import Mapping
from typing import Any

from gateway.casework.case import Case
from parsers.codebook.book import Field

BUILT_IN = ("incident", "project", "alert", "release")
_LETTERS = {"en": ("B", "G", "U")}
_FRENCH = ("G", "F", "E")


def codes(case: Case) -> tuple[tuple[int, str], ...]:
    """Line and code for each field that has one; words that the sender chose are never among them."""
    fields, form = case.fields, case.office.codebook.forms.get(case.parsed.kind)
    if form is None:
        return ()
    found = {each.name: _of_own_form(each, fields.get(each.name), case) for each in form.fields} | {
        "violation": _violations(fields, case),
        "children": _children(fields, case.reply_language),
        "age": _span(fields.get("age_min"), fields.get("age_max")),
        "place": _place((fields.get("place") or {}).get("pcode") or ""),
        "date": _span(_day(fields.get("date_from")), _day(fields.get("date_to"))),
    }
    lines = {each.name: each.number for each in form.fields}
    return tuple(sorted((lines[name], str(code)) for name, code in found.items() if code and name in lines))


def _of_own_form(field: Field, given: Any, case: Case) -> str:
    """The numbers of a choice, or a number as it is; the fields of the built-in forms have their own codes."""
    if case.parsed.kind in BUILT_IN or field.reader not in ("choices", "numbers") or given is None:
        return ""
    if field.reader == "numbers":
        return str(given)
    chosen = given if isinstance(given, list) else [given]
    numbers = {value.code: value.number for value in case.office.codebook.values.get(field.values, ())}
    return ",".join(str(numbers[code]) for code in chosen if numbers.get(code))


def _violations(fields: Mapping[str, Any], case: Case) -> str:
    numbers = {value.code: value.number for value in case.office.codebook.values.get("violation", ())}
    return ",".join(str(numbers[code]) for code in fields.get("violation", ()) if numbers.get(code))


def _children(fields: Mapping[str, Any], language: str) -> str:
    letters = _LETTERS.get(language, _FRENCH)
    counts = zip(("boys", "girls", "unknown"), letters, strict=True)
    return "".join(f"{fields[sex]}{letter}" for sex, letter in counts if fields.get(sex))


def _span(first: object, last: object) -> str:
    if first is None:
        return ""
    return str(first) if last in (None, first) else f"{first}-{last}"


def _place(pcode: str) -> str:
    """The code; one of the 2023 division spells the name out behind it, which a seized phone must not show."""
    return "-".join(part for part in pcode.split("-") if part == part.upper())


def _day(iso: str | None) -> str | None:
    return f"{iso[8:10]}/{iso[5:7]}" if iso else None
