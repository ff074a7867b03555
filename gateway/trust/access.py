"""Who may see what: the scope of an officer as conditions, used by every list, page, search and count."""

from typing import TypeVar

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from gateway.errors import NotFound
from gateway.records.alert import Alert
from gateway.records.codes import Role
from gateway.records.feedback import Feedback
from gateway.records.ids import is_id
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.record import Record
from gateway.records.response import Response

_R = TypeVar("_R", bound=Record)
NATIONAL = (Role.FOCAL_POINT, Role.TECHNICAL, Role.FINAL)
CASE_ROLES = (Role.REGIONAL, *NATIONAL)


class OutOfSight(NotFound):
    """No such record for this officer; whether there is one at all is for the audit, never for the page."""

    def __init__(self, kind: str, asked: str, *, exists: bool) -> None:
        super().__init__("There is no such record.")
        self.kind = kind
        self.asked = asked[:16]
        self.exists = exists


def works_on_cases(officer: Officer) -> bool:
    """Whether alerts and incidents are any of this officer's business."""
    return officer.has_role(*CASE_ROLES)


def sees_every_region(officer: Officer) -> bool:
    """Whether no region limits this officer, so that reports from unknown places are seen too."""
    return officer.has_role(*NATIONAL) and not officer.regions


def sees_region(officer: Officer, region: str | None) -> bool:
    """The same rule as the conditions below, for a region about to be written."""
    return works_on_cases(officer) and (sees_every_region(officer) or region in officer.regions)


def alerts_seen_by(officer: Officer) -> ColumnElement[bool]:
    """The alerts of this officer's regions, but for those that the conduct unit has now."""
    return and_(_in_regions(officer, Alert.region), Alert.is_restricted.is_(False))


def incidents_seen_by(officer: Officer) -> ColumnElement[bool]:
    """The incidents of this officer's regions."""
    return _in_regions(officer, Incident.region)


def feedback_seen_by(officer: Officer) -> ColumnElement[bool]:
    """Complaints are for the conduct unit alone, administrators not excepted."""
    return true() if officer.has_role(Role.CONDUCT) else false()


def responses_seen_by(officer: Officer) -> ColumnElement[bool]:
    """What beneficiaries say of projects; money asked for is for the conduct unit."""
    seen = []
    if officer.has_role(Role.MONITORING):
        seen.append(Response.is_sensitive.is_(False))
    if officer.has_role(Role.CONDUCT):
        seen.append(Response.is_sensitive.is_(True))
    return or_(false(), *seen)


def find_alert(session: Session, officer: Officer, alert_id: str) -> Alert:
    """The alert, or OutOfSight: the same for one that is not there and one of another region."""
    return _find(session, Alert, alerts_seen_by(officer), alert_id)


def find_incident(session: Session, officer: Officer, incident_id: str) -> Incident:
    """The incident, or OutOfSight."""
    return _find(session, Incident, incidents_seen_by(officer), incident_id)


def find_feedback(session: Session, officer: Officer, feedback_id: str) -> Feedback:
    """The complaint, or OutOfSight."""
    return _find(session, Feedback, feedback_seen_by(officer), feedback_id)


def find_response(session: Session, officer: Officer, response_id: str) -> Response:
    """The project response, or OutOfSight."""
    return _find(session, Response, responses_seen_by(officer), response_id)


def _in_regions(officer: Officer, region: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    if not works_on_cases(officer):
        return false()
    return true() if sees_every_region(officer) else region.in_(officer.regions)


def _find(session: Session, kind: type[_R], seen: ColumnElement[bool], row_id: str) -> _R:
    found = session.scalar(select(kind).where(kind.id == row_id, seen)) if is_id(row_id) else None
    if found is None:
        exists = is_id(row_id) and session.get(kind, row_id) is not None
        raise OutOfSight(kind.__tablename__, row_id, exists=exists)
    return found
