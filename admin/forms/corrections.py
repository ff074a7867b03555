"""The form that corrects one field of an alert: which inputs each field has, and how they become a value."""

from typing import Any

from flask_babel import gettext

from admin.forms.desk import place_code, version
from admin.forms.strict import Form
from gateway.casework.candidates import Choice
from gateway.casework.corrections import Amendment
from gateway.casework.values import MOST_CHILDREN, OLDEST

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


def read_correction(field: str) -> tuple[Form, Amendment | None]:
    """An officer's own value for the field."""
    single, many = INPUTS[field]
    form = Form.sent(*single, "reason", "id", "version", many=many)
    value: dict[str, Any] = {name: form.lists[name] for name in many}
    value |= {name: _read(form, name) for name in single if name not in ("place", "place_code")}
    if field == "place":
        value["place"] = place_code(form)
    seen = version(form)
    if form.problems:
        return form, None
    return form, Amendment(form.raw("id"), field, value, form.raw("reason"), seen)


def read_choice() -> tuple[Form, Choice | None]:
    """Which of the meanings that the machine saw an officer takes."""
    form = Form.sent("field", "code", "id", "version")
    field, code, seen = form.text("field", longest=20), form.text("code", longest=200), version(form)
    if form.problems:
        return form, None
    reason = gettext("Chosen among the meanings that the machine saw.")
    return form, Choice(form.raw("id"), field, code, reason, seen)


def _read(form: Form, name: str) -> Any:
    if name in _TICKED:
        return form.is_ticked(name)
    if name in _NUMBERS:
        return form.whole(name, lowest=0, highest=_NUMBERS[name], is_needed=False)
    if name in _DAYS:
        return form.day(name, is_needed=False)
    return form.raw(name)
