"""What an officer may put in a field of an alert: one check for each field of the card, naming field and reason."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gateway import codebook
from gateway.errors import Invalid
from gateway.records.codes import ViolationType

MOST_CHILDREN = 500
OLDEST = 120
EARLIEST = date(1990, 1, 1)
LISTS = frozenset(("violation", "threat", "party"))  # fields that take several codes
Given = Mapping[str, Any]


def check(field: str, given: Given, *, today: date) -> dict[str, Any]:
    """The value as it is kept, with the names of the parse object; Invalid says what is wrong."""
    checker = _CHECKS.get(field)
    if checker is None:
        raise Invalid(field, "unknown_field")
    return checker(given, today)


def codes(table: str) -> tuple[str, ...]:
    """The codes that a field of choices takes."""
    if table == "violation":
        return tuple(ViolationType)
    return tuple(value.code for value in codebook.book().values.get(table, ()))


def _some_of(field: str) -> Callable[[Given, date], dict[str, Any]]:
    def check_list(given: Given, _today: date) -> dict[str, Any]:
        chosen = [code for code in codes(field) if code in given.get(field, ())]
        if not chosen or len(chosen) != len(set(given[field])):
            raise Invalid(field, "choose")
        return {field: chosen}

    return check_list


def _one_of(field: str) -> Callable[[Given, date], dict[str, Any]]:
    def check_code(given: Given, _today: date) -> dict[str, Any]:
        if given.get(field) not in codes(field):
            raise Invalid(field, "choose")
        return {field: given[field]}

    return check_code


def _children(given: Given, _today: date) -> dict[str, Any]:
    counts = {name: given.get(name) or 0 for name in ("boys", "girls", "unknown")}
    if any(not isinstance(count, int) or count < 0 for count in counts.values()):
        raise Invalid("children", "number")
    if not 0 < sum(counts.values()) <= MOST_CHILDREN:
        raise Invalid("children", "out_of_range")
    return {**counts, "children_approximate": bool(given.get("children_approximate"))}


def _age(given: Given, _today: date) -> dict[str, Any]:
    low = given.get("age_min")
    high = given.get("age_max") if given.get("age_max") is not None else low
    if not isinstance(low, int) or not isinstance(high, int):
        raise Invalid("age", "number")
    if not 0 <= low <= high <= OLDEST:
        raise Invalid("age", "out_of_range")
    return {"age_min": low, "age_max": high}


def _place(given: Given, _today: date) -> dict[str, Any]:
    place = codebook.places().get(str(given.get("place") or ""))
    if place is None:
        raise Invalid("place", "unknown_place")
    return {"place": {"pcode": place.pcode, "name": place.name, "level": place.level}}


def _date(given: Given, today: date) -> dict[str, Any]:
    first = given.get("date_from")
    last = given.get("date_to") or first
    if not isinstance(first, date) or not isinstance(last, date):
        raise Invalid("date", "missing")
    if last > today:
        raise Invalid("date", "in_future")
    if not EARLIEST <= first <= last:
        raise Invalid("date", "wrong_order" if first > last else "too_early")
    return {
        "date_from": first.isoformat(),
        "date_to": last.isoformat(),
        "date_approximate": bool(given.get("date_approximate")),
    }


def _needs(given: Given, _today: date) -> dict[str, Any]:
    wanted = set(given.get("needs", ()))
    known = [code for code in codes("needs") if code != "urgent"]
    if not wanted <= set(known):
        raise Invalid("needs", "choose")
    return {"urgent": bool(given.get("urgent")), "needs": [code for code in known if code in wanted]}


_CHECKS: Mapping[str, Callable[[Given, date], dict[str, Any]]] = {
    "violation": _some_of("violation"),
    "threat": _some_of("threat"),
    "how": _one_of("how"),
    "children": _children,
    "age": _age,
    "place": _place,
    "date": _date,
    "party": _some_of("party"),
    "source": _one_of("source"),
    "needs": _needs,
}
