"""The list of incidents of an officer's regions, filtered, the latest opened first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from gateway.casework.cursor import Cursor
from gateway.records.codes import ViolationType
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.states import IncidentStatus, VerificationStatus
from gateway.records.violation import Violation
from gateway.trust import access, audit

ROWS = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer wants to see; None is no wish."""

    status: IncidentStatus | None = IncidentStatus.OPEN
    region: str | None = None
    type: ViolationType | None = None
    verification: VerificationStatus | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some incidents with their violations, and where the next ones begin, if there are any."""

    incidents: tuple[Incident, ...]
    following: Cursor | None


def page(session: Session, filters: Filters, *, officer: Officer, now: datetime, after: Cursor | None = None) -> Page:
    """The incidents after a cursor, with a constant number of queries; that they were listed is audited."""
    conditions = _conditions(filters, officer)
    if after is not None:
        conditions.append(after.older_than(Incident.opened_at, Incident.id))
    latest = (
        select(Incident)
        .where(*conditions)
        .order_by(Incident.opened_at.desc(), Incident.id.desc())
        .limit(ROWS + 1)
        .options(selectinload(Incident.violations))
    )
    found = list(session.scalars(latest))
    shown = found[:ROWS]
    following = Cursor(shown[-1].opened_at, shown[-1].id) if len(found) > ROWS else None
    detail = {"page": "incidents", "shown": len(shown)}
    audit.record(session, audit.Action.LISTED, officer=officer, now=now, detail=detail)
    return Page(tuple(shown), following)


def _conditions(filters: Filters, officer: Officer) -> list[ColumnElement[bool]]:
    conditions = [access.incidents_seen_by(officer)]
    if filters.status is not None:
        conditions.append(Incident.status == filters.status)
    if filters.region is not None:
        conditions.append(Incident.region == filters.region)
    if filters.type is not None or filters.verification is not None:
        having = select(Violation.incident_id)
        if filters.type is not None:
            having = having.where(Violation.type == filters.type)
        if filters.verification is not None:
            having = having.where(Violation.status == filters.verification)
        conditions.append(Incident.id.in_(having))
    return conditions
