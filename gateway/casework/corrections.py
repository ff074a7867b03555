"""Corrections: an officer's own value for one field of an alert, beside what the machine read, with the reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gateway.casework import alerts, fields, values
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
    """An officer's own value for one field; `id` is drawn with the form, so that sending it twice is once."""

    id: str
    field: str
    value: dict[str, Any]
    reason: str
    version_seen: int


def correct(session: Session, alert_id: str, amendment: Amendment, *, officer: Officer, now: datetime) -> Correction:
    """Keeps the officer's value beside the first reading; what the queue shows follows it."""
    alert = access.find_alert(session, officer, alert_id)
    repeated = session.get(Correction, amendment.id) if is_id(amendment.id) else None
    if repeated is not None and repeated.alert_id == alert.id:
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
    if amendment.field not in fields.OF_KIND[alert.kind]:
        raise Invalid(amendment.field, "unknown_field")
    standing = fields.effective(session, alert).values
    before = {part: standing[part] for part in fields.PARTS[amendment.field] if part in standing}
    # An early warning may speak of tomorrow; nothing else may.
    latest = date.max if alert.kind is AlertKind.ALERT else now.date()
    return before, values.check(amendment.field, amendment.value, today=latest)


def _kind_after(alert: Alert, amendment: Amendment) -> AlertKind:
    return AlertKind(amendment.value[KIND]) if amendment.field == KIND else alert.kind
