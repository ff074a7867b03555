"""The fields proper to each type of violation: a data file, so that a form is made from it and its values checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gateway.errors import Invalid
from gateway.records.codes import ViolationType

FILE = Path(__file__).with_name("details.toml")
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Option:
    """One code of a list and its words."""

    code: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Detail:
    """One field: its name, its words, how it is answered (one, many, number or day) and from what list."""

    name: str
    kind: str
    labels: Mapping[str, str]
    options: tuple[Option, ...] = ()


@cache
def _file() -> tuple[Mapping[str, tuple[Option, ...]], Mapping[str, tuple[Detail, ...]]]:
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    lists = {
        name: tuple(Option(code, {"fr": words[0], "en": words[1]}) for code, words in rows.items())
        for name, rows in content["lists"].items()
    }
    forms = {
        violation_type: tuple(_detail(name, row, lists) for name, row in rows.items())
        for violation_type, rows in content["forms"].items()
    }
    return lists, forms


def _detail(name: str, row: Mapping[str, str], lists: Mapping[str, tuple[Option, ...]]) -> Detail:
    options = lists[row["list"]] if "list" in row else ()
    return Detail(name, row["kind"], {"fr": row["fr"], "en": row["en"]}, options)


def of_type(violation_type: ViolationType) -> tuple[Detail, ...]:
    """The fields of this type, in the order of the form."""
    return _file()[1].get(violation_type.value, ())


def check(violation_type: ViolationType, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept: codes, whole numbers and days; empty ones are left out."""
    known = {detail.name: detail for detail in of_type(violation_type)}
    strangers = set(given) - set(known)
    if strangers:
        raise Invalid(min(strangers), "unknown_field")
    checked = {name: _checked(detail, given.get(name)) for name, detail in known.items()}
    return {name: value for name, value in checked.items() if value is not None}


def _checked(detail: Detail, value: Any) -> Any:
    if value in (None, "", [], ()):
        return None
    codes = [option.code for option in detail.options]
    if detail.kind == "one":
        if value not in codes:
            raise Invalid(detail.name, "choose")
        return value
    if detail.kind == "many":
        if not set(value) <= set(codes):
            raise Invalid(detail.name, "choose")
        return [code for code in codes if code in value]
    return _number(detail, value) if detail.kind == "number" else _day(detail, value)


def _number(detail: Detail, value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise Invalid(detail.name, "number")
    return value


def _day(detail: Detail, value: Any) -> str:
    if not isinstance(value, date):
        raise Invalid(detail.name, "missing")
    return value.isoformat()
