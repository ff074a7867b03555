"""Corrections: an officer's own value for one field of an alert, beside what the machine read, with the reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gateway import codebook
from gateway.casework import alerts, fields, own_values, values
from gateway.casework.written import required_text
from gateway.errors import Invalid
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind
from gateway.records.correction import Correction
from gateway.records.ids import is_id
from gateway.records.officer import Officer
from gateway.trust import access, audit

KIND = "kind"
READ_KINDS = (AlertKind.INCIDENT, AlertKind.ALERT, AlertKind.RELEASE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """An officer's own value for one field; `id` is drawn with the form, so that sending it twice is once.

    `is_read`: the value is what the machine reads today, as a parse object has it, and the officer takes it.
    """

    id: str
    field: str
    value: dict[str, Any]
    reason: str
    version_seen: int
    is_read: bool = False


def correct(session: Session, alert_id: str, amendment: Amendment, *, officer: Officer, now: datetime) -> Correction:
    """Keeps the officer's value beside the first reading; what the queue shows follows it."""
    alert = access.find_alert(session, officer, alert_id)
    repeated = session.get(Correction, amendment.id) if is_id(amendment.id) else None
    if repeated is not None and (repeated.alert_id, repeated.field) == (alert.id, amendment.field):
        return repeated
    alerts.check_free(alert, officer, now=now)
    correction = _correction(session, alert, amendment, officer=officer, now=now)
    alerts.change(session, alert, amendment.version_seen, kind=_kind_after(alert, amendment))
    session.add(correction)
    session.flush()
    effective = fields.recount(session, alert)
    if amendment.field == KIND:
        alert.missing = fields.absent(alert.kind, effective.values)
        alert.needs_check = bool(alert.missing)
    detail = {"field": amendment.field}
    audit.record(session, audit.Action.ALERT_CORRECTED, officer=officer, now=now, subject=alert, detail=detail)
    return correction


def _correction(session: Session, alert: Alert, amendment: Amendment, *, officer: Officer, now: datetime) -> Correction:
    if not is_id(amendment.id):
        raise Invalid("id", "missing")
    before, after = _before_and_after(session, alert, amendment, now)
    return Correction(
        id=amendment.id,
        alert_id=alert.id,
        field=amendment.field,
        before=before,
        after=after,
        reason=required_text("reason", amendment.reason),
        officer_id=officer.id,
        at=now,
    )


def _before_and_after(
    session: Session, alert: Alert, amendment: Amendment, now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    if amendment.field == KIND:
        if amendment.value.get(KIND) not in READ_KINDS:
            raise Invalid(KIND, "choose")
        return {KIND: alert.kind.value}, {KIND: amendment.value[KIND]}
    own = own_values.of_form(fields.own_form(alert), amendment.field)
    if not fields.may_be_corrected(alert, amendment.field):
        raise Invalid(amendment.field, "unknown_field")
    standing, parts = fields.effective(session, alert).values, fields.parts_of(alert)[amendment.field]
    before = {part: standing[part] for part in parts if part in standing}
    if amendment.is_read:
        return before, {part: amendment.value[part] for part in parts if part in amendment.value}
    latest = _latest(alert, now)
    if own is not None:
        return before, own_values.check(own, amendment.value, today=latest)
    return before, values.check(amendment.field, amendment.value, today=latest)


def _latest(alert: Alert, now: datetime) -> date:
    """An early warning may speak of tomorrow, and an own form that says so; nothing else may."""
    form = codebook.own_form(fields.own_form(alert))
    return date.max if alert.kind is AlertKind.ALERT or (form and form.allows_future) else now.date()


def _kind_after(alert: Alert, amendment: Amendment) -> AlertKind:
    return AlertKind(amendment.value[KIND]) if amendment.field == KIND else alert.kind
