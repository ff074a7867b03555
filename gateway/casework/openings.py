"""Opening an incident: a person does it, from an alert that is then part of it, or by hand without one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gateway.casework import alerts, fields, parties, places, references, sources
from gateway.casework.incidents import Draft, check_draft, write_draft
from gateway.errors import Invalid
from gateway.records.alert import Alert
from gateway.records.codes import COUNTED_BY_VICTIMS, ViolationType
from gateway.records.ids import is_id
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.states import ALERT_MOVES, AlertStatus, IncidentStatus, check_move
from gateway.records.violation import Violation
from gateway.trust import access, audit


@dataclass(frozen=True, slots=True)
class Joining:
    """An alert goes into an incident: which version of it was seen, and the violations an officer sees in it."""

    version_seen: int
    types: tuple[ViolationType, ...] = ()


@dataclass(frozen=True, slots=True)
class Manual:
    """An incident typed in without an alert; `id` is drawn with the form, so that sending it twice is once."""

    id: str
    draft: Draft
    types: tuple[ViolationType, ...]


def open_from_alert(session: Session, alert_id: str, joining: Joining, *, officer: Officer, now: datetime) -> Incident:
    """A new incident holding what the alert says, its violations unverified, and the reporter as a first source."""
    alert = access.find_alert(session, officer, alert_id)
    if alert.incident_id is not None:
        return access.find_incident(session, officer, alert.incident_id)
    _check_types(joining.types)
    _take(session, alert, joining, officer=officer, now=now)
    said = fields.effective(session, alert).values
    incident = _new(session, officer, now=now, reported_on=alert.received_at.date())
    incident.region, incident.place = alert.region, alert.place
    incident.happened_from, incident.happened_to = alert.happened_from, alert.happened_to
    incident.is_date_estimated = bool(said.get("date_approximate"))
    incident.place_note = places.words(alert)
    _add_violations(session, incident, joining.types, said)
    _join(session, alert, incident, said, by=(officer, now))
    audit.record(session, audit.Action.INCIDENT_OPENED, officer=officer, now=now, subject=incident)
    return incident


def attach(
    session: Session, alert_id: str, incident_id: str, joining: Joining, *, by: tuple[Officer, datetime]
) -> Incident:
    """The alert speaks of an incident that is already open: its reporter becomes one more source."""
    officer, now = by
    alert = access.find_alert(session, officer, alert_id)
    incident = access.find_incident(session, officer, incident_id)
    if alert.incident_id == incident.id:
        return incident
    if incident.status is not IncidentStatus.OPEN:
        raise Invalid("incident", "not_open")
    _take(session, alert, joining, officer=officer, now=now)
    _join(session, alert, incident, fields.effective(session, alert).values, by=by)
    audit.record(session, audit.Action.ALERT_ATTACHED, officer=officer, now=now, subject=incident)
    return incident


def open_manually(session: Session, manual: Manual, *, officer: Officer, now: datetime) -> Incident:
    """Typed in by an officer, who may not verify it then."""
    if not is_id(manual.id):
        raise Invalid("id", "missing")
    if session.get(Incident, manual.id) is not None:
        return access.find_incident(session, officer, manual.id)
    _check_types(manual.types)
    check_draft(manual.draft, officer, now=now)
    incident = _new(session, officer, now=now, reported_on=now.date(), row_id=manual.id)
    incident.is_manual = True
    write_draft(incident, manual.draft)
    _add_violations(session, incident, manual.types, {})
    audit.record(session, audit.Action.INCIDENT_OPENED, officer=officer, now=now, subject=incident)
    return incident


def _check_types(types: Sequence[ViolationType]) -> None:
    if not types:
        raise Invalid("types", "choose")


def _take(session: Session, alert: Alert, joining: Joining, *, officer: Officer, now: datetime) -> None:
    alerts.check_free(alert, officer, now=now)
    check_move(ALERT_MOVES, before=alert.status, after=AlertStatus.IN_INCIDENT)
    # The guarded change comes first: of two officers who open at once, one is told so.
    alerts.change(session, alert, joining.version_seen)


def _join(
    session: Session, alert: Alert, incident: Incident, said: Mapping[str, Any], *, by: tuple[Officer, datetime]
) -> None:
    before = alert.status
    alert.status, alert.incident_id = AlertStatus.IN_INCIDENT, incident.id
    alert.claimed_by_id = alert.claimed_until = None
    sources.from_alert(session, alert, incident, said, by=by)
    alerts.note_move(session, alert, before, reason=None, by=by)


def _new(
    session: Session, officer: Officer, *, now: datetime, reported_on: date, row_id: str | None = None
) -> Incident:
    incident = Incident(
        id=row_id,
        reference=references.fresh(session),
        status=IncidentStatus.OPEN,
        reported_on=reported_on,
        opened_by_id=officer.id,
        opened_at=now,
        version=1,
    )
    session.add(incident)
    session.flush()
    return incident


def _add_violations(
    session: Session, incident: Incident, types: Sequence[ViolationType], said: Mapping[str, Any]
) -> None:
    """The same children for every type that counts victims; an estimate as soon as it is unclear whom each befell."""
    alleged = parties.named(session, said.get("party") or ())
    is_shared = sum(violation_type in COUNTED_BY_VICTIMS for violation_type in types) > 1
    is_estimate = bool(said.get("children_approximate")) or is_shared
    for violation_type in dict.fromkeys(types):
        violation = Violation(
            incident_id=incident.id,
            type=violation_type,
            age_min=said.get("age_min"),
            age_max=said.get("age_max"),
            opened_by_id=incident.opened_by_id,
            opened_at=incident.opened_at,
            version=1,
        )
        for sex in ("boys", "girls", "unknown"):
            count = said.get(sex) or 0
            setattr(violation, sex, count)
            setattr(violation, f"is_{sex}_estimated", is_estimate and count > 0)
        violation.parties = list(alleged)
        incident.violations.append(violation)
    session.flush()
