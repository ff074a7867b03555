"""The fields of an alert as they count now: what was read first, overlaid by corrections and accepted answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway import codebook
from gateway.casework import said as by_card
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import AlertKind
from gateway.records.correction import Correction
from gateway.records.states import AnswerStatus

Parts = tuple[str, ...]
# The fields of the card, and the names each has in the parse object.
PARTS: Mapping[str, Parts] = {
    "violation": ("violation",),
    "threat": ("threat",),
    "how": ("how",),
    "children": ("boys", "girls", "unknown", "children_approximate"),
    "age": ("age_min", "age_max"),
    "place": ("place", "place_approximate"),
    "date": ("date_from", "date_to", "date_approximate", "time"),
    "party": ("party",),
    "source": ("source",),
    "needs": ("urgent", "needs"),
}
# What else a parse object names: a name beyond these is a field of a deployment's own form.
_NAMED = frozenset(("ref", "command", "field", "value")).union(*PARTS.values())
OF_KIND: Mapping[AlertKind, tuple[str, ...]] = {
    AlertKind.INCIDENT: ("violation", "children", "age", "place", "date", "party", "source", "needs"),
    AlertKind.ALERT: ("threat", "place", "date", "party", "needs"),
    AlertKind.RELEASE: ("how", "children", "age", "place", "date", "party", "source", "needs"),
    AlertKind.UNKNOWN: (),
    AlertKind.UNPROCESSED: (),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Values that came later: from an officer's correction or from an accepted answer."""

    at: datetime
    values: Mapping[str, Any]
    is_answer: bool


@dataclass(slots=True)
class Effective:
    """The values that count, and for each card field that changed, whether a later message or an officer said so."""

    values: dict[str, Any]
    changed_by: dict[str, str] = field(default_factory=dict)


def first_reading(alert: Alert) -> dict[str, Any]:
    """What the machine read in the message, untouched by people."""
    parsed = alert.parsed or {}
    return dict(parsed.get("fields") or {})


def is_kind_corrected(session: Session, alert: Alert) -> bool:
    """Whether an officer said what kind of report it is."""
    said_so = select(Correction.id).where(Correction.alert_id == alert.id, Correction.field == "kind").limit(1)
    return session.execute(said_so).first() is not None


def overlay(first: Mapping[str, Any], layers: Iterable[Layer], parts: Mapping[str, Parts] = PARTS) -> Effective:
    """The last word on each card field wins; a field is replaced whole."""
    named = _NAMED.union(*parts.values())
    result = Effective(dict(first))
    for layer in sorted(layers, key=lambda layer: layer.at):
        own = {name: (name,) for name in layer.values if name not in named}
        for name, its in {**parts, **own}.items():
            given = {part: layer.values[part] for part in its if part in layer.values}
            if not given:
                continue
            for part in its:
                result.values.pop(part, None)
            result.values |= given
            result.changed_by[name] = "answer" if layer.is_answer else "officer"
    return result


def effective(session: Session, alert: Alert) -> Effective:
    """The fields of this alert that count now."""
    corrections = session.scalars(select(Correction).where(Correction.alert_id == alert.id))
    accepted = session.scalars(
        select(Answer).where(Answer.alert_id == alert.id, Answer.status == AnswerStatus.ACCEPTED)
    )
    return overlay(first_reading(alert), layers(alert, corrections, accepted), parts_of(alert))


def layers(alert: Alert, corrections: Iterable[Correction], answers: Iterable[Answer]) -> list[Layer]:
    """Everything that came after the first reading; later messages count once an officer accepted them."""
    found = [Layer(each.at, each.after or {}, is_answer=False) for each in corrections]
    found += [
        Layer(each.decided_at, said(each, alert), is_answer=True)
        for each in answers
        if each.status is AnswerStatus.ACCEPTED and each.decided_at is not None
    ]
    return found


def said(answer: Answer, alert: Alert) -> dict[str, Any]:
    """What a later message says of the fields of the report."""
    return by_card.of(answer, own_form(alert) or alert.kind.value, alert.language)


def own_form(alert: Alert) -> str | None:
    """The deployment's own form that the alert was reported on; None once an officer said what else it is."""
    if alert.kind is not AlertKind.UNKNOWN or not alert.types:
        return None
    kind = (alert.parsed or {}).get("kind")
    return alert.types[0] if alert.types == [kind] else None


def parts_of(alert: Alert) -> Mapping[str, Parts]:
    """The fields of the card that the report was made on, and the names each has in the parse object."""
    form = codebook.own_form(own_form(alert))
    return {each.name: each.parts for each in form.fields} if form else PARTS


def may_be_corrected(alert: Alert, name: str) -> bool:
    """Whether an officer may put an own value in this field of the report."""
    form = codebook.own_form(own_form(alert))
    if form is not None:
        return name in form.by_name and form.by_name[name].reader != "note"
    return name in OF_KIND[alert.kind]


def recount(session: Session, alert: Alert) -> Effective:
    """Writes the clear columns anew, which the queue filters on."""
    now_counts = effective(session, alert)
    values = now_counts.values
    place = codebook.places().get((values.get("place") or {}).get("pcode") or "")
    if place is not None:  # without one the region stays what it was: that of the reporter's own area
        alert.place, alert.region = place.pcode, place.region
    alert.happened_from, alert.happened_to = day(values, "date_from"), day(values, "date_to")
    if own_form(alert) is None:
        alert.types = list(values.get("threat" if alert.kind is AlertKind.ALERT else "violation") or ())
    alert.children = children(values)
    alert.is_urgent = bool(values.get("urgent")) or alert.kind is AlertKind.ALERT
    alert.missing = [name for name in alert.missing if name not in now_counts.changed_by]
    alert.needs_check = alert.needs_check and bool(alert.missing)
    return now_counts


def absent(kind: AlertKind, values: Mapping[str, Any]) -> list[str]:
    """The required fields of this kind of report that have no value."""
    form = codebook.book().forms.get(kind.value)
    return [name for name in form.required if not is_given(name, values)] if form else []


def is_given(name: str, values: Mapping[str, Any]) -> bool:
    """Whether a field of the card has a value."""
    return any(values.get(part) not in (None, [], "") for part in PARTS[name])


def children(values: Mapping[str, Any]) -> int | None:
    """All children it speaks of, or None when it gives no number."""
    counts = [values[name] for name in ("boys", "girls", "unknown") if values.get(name) is not None]
    return sum(counts) if counts else None


def day(values: Mapping[str, Any], name: str) -> date | None:
    """A day out of the parse object."""
    written = values.get(name)
    return date.fromisoformat(written) if written else None
