"""Which open incidents an alert may be about: suggested with reasons, joined only by an officer."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from gateway.records.alert import Alert
from gateway.records.codes import ViolationType
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.states import IncidentStatus
from gateway.records.violation import Violation
from gateway.trust import access

NEAR = timedelta(days=3)
MOST = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An incident, how many days apart, whether at the very place, and the violations both speak of."""

    incident: Incident
    days_apart: int
    is_same_place: bool
    shared_types: tuple[ViolationType, ...]


def suggest(session: Session, alert: Alert, officer: Officer) -> list[Suggestion]:
    """The likeliest first: same region, at most three days apart, and the same place or a violation in common."""
    if alert.region is None or alert.happened_from is None:
        return []
    first, last = alert.happened_from, alert.happened_to or alert.happened_from
    types = [ViolationType(code) for code in alert.types if code in set(ViolationType)]
    has_type = Incident.id.in_(select(Violation.incident_id).where(Violation.type.in_(types)))
    is_alike = or_(has_type, Incident.place == alert.place) if alert.place else has_type
    near = (
        select(Incident)
        .where(access.incidents_seen_by(officer), Incident.status == IncidentStatus.OPEN)
        .where(Incident.region == alert.region, is_alike)
        .where(Incident.happened_from <= last + NEAR)
        .where(func.coalesce(Incident.happened_to, Incident.happened_from) >= first - NEAR)
        .order_by(Incident.opened_at.desc())
        .options(selectinload(Incident.violations))
        .limit(4 * MOST)
    )
    found = [_suggestion(alert, incident) for incident in session.scalars(near)]
    return sorted(found, key=lambda each: (not each.is_same_place, each.days_apart, -len(each.shared_types)))[:MOST]


def _suggestion(alert: Alert, incident: Incident) -> Suggestion:
    return Suggestion(
        incident=incident,
        days_apart=_days_apart(alert, incident),
        is_same_place=alert.place is not None and alert.place == incident.place,
        shared_types=tuple(each.type for each in incident.violations if each.type.value in alert.types),
    )


def _days_apart(alert: Alert, incident: Incident) -> int:
    """0 when the periods touch."""
    if alert.happened_from is None or incident.happened_from is None:
        return 0
    alert_end = alert.happened_to or alert.happened_from
    incident_end = incident.happened_to or incident.happened_from
    return max(0, (incident.happened_from - alert_end).days, (alert.happened_from - incident_end).days)
