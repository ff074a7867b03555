"""What the desk filters on, taken out of a parse: place, dates, types, children, what is missing."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gateway.casework.case import Case
from gateway.casework.office import Office
from gateway.records.codes import AlertKind
from parsers.result import Parsed

# Kinds of what waits in the reading tray without a form of its own.
FREE = ("unknown", "answer", "command")
_SEXES = ("boys", "girls", "unknown")


def form_of(parsed: Parsed) -> str:
    """The form whose card the numbers belong to; free text is read as an incident."""
    guessed = next((problem.detail for problem in parsed.problems if problem.code == "guessed_kind"), "")
    return guessed or ("incident" if parsed.kind == "unknown" else parsed.kind)


def doubtful(parsed: Parsed, office: Office) -> list[str]:
    """The fields of the card that are missing or for a person to check, in the card's order."""
    form = office.codebook.forms.get(form_of(parsed))
    if form is None:
        return []
    named = {problem.field for problem in parsed.problems if problem.severity == "check"}
    return [field.name for field in form.fields if field.name in named]


def card_lines(names: Iterable[str], parsed: Parsed, office: Office) -> tuple[int, ...]:
    """The numbers that these fields have on the card."""
    form = office.codebook.forms[form_of(parsed)]
    return tuple(form.by_name[name].number for name in names if name in form.by_name)


def place_code(fields: Mapping[str, Any]) -> str | None:
    """The code of the place, when it is one of the gazetteer's."""
    place = fields.get("place")
    return place.get("pcode") if isinstance(place, Mapping) else None


def region(fields: Mapping[str, Any], area: str | None, office: Office) -> str | None:
    """The region of the place named, else of the reporter's own area, else none: then it is seen nationally only."""
    place = office.codebook.places.get(place_code(fields) or area or "")
    return place.region if place else None


def day(fields: Mapping[str, Any], name: str) -> date | None:
    """A date out of a parse object."""
    return date.fromisoformat(fields[name]) if fields.get(name) else None


def children(fields: Mapping[str, Any]) -> int | None:
    """How many children in all; None when nobody said."""
    said = [fields[sex] for sex in _SEXES if fields.get(sex) is not None]
    return sum(said) if said else None


def _types(parsed: Parsed, fields: Mapping[str, Any], kind: AlertKind) -> list[str]:
    """What it is about; of a report on a deployment's own form, the form."""
    if kind is AlertKind.UNKNOWN and parsed.kind not in FREE:
        return [parsed.kind]
    return list(fields.get("violation") or fields.get("threat") or ())


def columns(case: Case, kind: AlertKind) -> dict[str, Any]:
    """The clear columns of an alert."""
    parsed, fields = case.parsed, case.fields
    return {
        "region": region(fields, case.area, case.office),
        "place": place_code(fields),
        "happened_from": day(fields, "date_from"),
        "happened_to": day(fields, "date_to"),
        "types": _types(parsed, fields, kind),
        "missing": doubtful(parsed, case.office),
        "children": children(fields),
        "is_urgent": bool(fields.get("urgent")) or kind is AlertKind.ALERT,
        "needs_check": parsed.needs_check,
    }
