"""The form that corrects one field of an alert: which inputs each field has, and how they become a value."""

import re
from typing import Any

from flask_babel import gettext

from admin.desk_words import REASONS
from admin.forms.desk import place_code, version
from admin.forms.strict import Form
from gateway.casework import own_values, readings
from gateway.casework.candidates import Choice
from gateway.casework.corrections import Amendment
from gateway.casework.values import MOST_CHILDREN, OLDEST
from parsers.codebook.book import Field

# The inputs of each field of the card: those with one value, those with several.
INPUTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "kind": (("kind",), ()),
    "violation": ((), ("violation",)),
    "threat": ((), ("threat",)),
    "how": (("how",), ()),
    "children": (("boys", "girls", "unknown", "children_approximate"), ()),
    "age": (("age_min", "age_max"), ()),
    "place": (("place", "place_code"), ()),
    "date": (("date_from", "date_to", "date_approximate"), ()),
    "party": ((), ("party",)),
    "source": (("source",), ()),
    "needs": (("urgent",), ("needs",)),
}
_TICKED = ("children_approximate", "date_approximate", "urgent")
_NUMBERS = {"boys": MOST_CHILDREN, "girls": MOST_CHILDREN, "unknown": MOST_CHILDREN, "age_min": OLDEST,
            "age_max": OLDEST}  # fmt: skip
_DAYS = ("date_from", "date_to")


def inputs(field: str, own: Field | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The inputs of a field: of a deployment's own form, one called `value` where the card asks nothing like it."""
    if own is None:
        return INPUTS[field]
    known = own_values.known_as(own)
    if known is not None:
        return INPUTS[known]
    return ((), (own_values.VALUE,)) if own.is_list else ((own_values.VALUE,), ())


def read_correction(field: str, own: Field | None) -> tuple[Form, Amendment | None]:
    """An officer's own value for the field."""
    single, many = inputs(field, own)
    form = Form.sent(*single, "reason", "id", "version", many=many)
    value: dict[str, Any] = {name: form.lists[name] for name in many}
    value |= {name: _read(form, name, own) for name in single if name not in ("place", "place_code")}
    if "place_code" in single:
        value["place"] = place_code(form)
    seen = version(form)
    if form.problems:
        return form, None
    return form, Amendment(form.raw("id"), field, value, form.raw("reason"), seen)


def read_taking() -> tuple[Form, readings.Choice | None]:
    """Which field of a newer reading an officer takes over."""
    form = Form.sent("field", "id", "version")
    field, seen = form.text("field", longest=40), version(form)
    if form.problems:
        return form, None
    return form, readings.Choice(form.raw("id"), field, gettext("Taken from the newer reading."), seen)


def read_choice() -> tuple[Form, Choice | None]:
    """Which of the meanings that the machine saw an officer takes."""
    form = Form.sent("field", "code", "id", "version")
    field, code, seen = form.text("field", longest=40), form.text("code", longest=200), version(form)
    if form.problems:
        return form, None
    reason = gettext("Chosen among the meanings that the machine saw.")
    return form, Choice(form.raw("id"), field, code, reason, seen)


def _read(form: Form, name: str, own: Field | None) -> Any:
    if name == own_values.VALUE and own is not None:
        return _number(form, own) if own.reader in ("numbers", "ratings") else form.raw(name)
    if name in _TICKED:
        return form.is_ticked(name)
    if name in _NUMBERS:
        return form.whole(name, lowest=0, highest=_NUMBERS[name], is_needed=False)
    if name in _DAYS:
        return form.day(name, is_needed=False)
    return form.raw(name)


def _number(form: Form, own: Field) -> float | None:
    """As people write it: 12, 12,5, 12.5 or 1 200."""
    typed = form.raw(own_values.VALUE).replace(",", ".").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", typed, re.ASCII):
        form.problems[own_values.VALUE] = REASONS["a_number" if own.decimals else "number"]
        return None
    return float(typed) if "." in typed else int(typed)
