"""What was understood, in the codes of the card, for senders who asked to be read back to."""

from collections.abc import Mapping
from typing import Any

from gateway.casework.case import Case

_LETTERS = {"en": ("B", "G", "U")}
_FRENCH = ("G", "F", "E")
_LINES = {"violation": 1, "children": 2, "age": 3, "place": 4, "date": 5}


def codes(case: Case) -> tuple[tuple[int, str], ...]:
    """Line and code for each field that has one."""
    fields = case.fields
    found = {
        "violation": _violations(fields, case),
        "children": _children(fields, case.reply_language),
        "age": _span(fields.get("age_min"), fields.get("age_max")),
        "place": _place((fields.get("place") or {}).get("pcode") or ""),
        "date": _span(_day(fields.get("date_from")), _day(fields.get("date_to"))),
    }
    return tuple((_LINES[name], str(code)) for name, code in found.items() if code)


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
