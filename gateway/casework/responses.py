"""What beneficiaries say of completed projects: listed and read by the monitoring officer, each reading audited."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.records.answer import Answer
from gateway.records.officer import Officer
from gateway.records.project import Project
from gateway.records.response import Response
from gateway.trust import access, audit

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A response, the project it is about, and the later messages that name it."""

    response: Response
    project: Project | None
    later: tuple[Answer, ...]


def listed(session: Session, *, officer: Officer, now: datetime) -> list[Told]:
    """The latest responses."""
    latest = (
        select(Response, Project)
        .outerjoin(Project, Project.code == Response.project)
        .where(access.responses_seen_by(officer))
        .order_by(Response.received_at.desc(), Response.id)
        .limit(AT_MOST)
    )
    found = [(row[0], row[1]) for row in session.execute(latest)]
    later = _later(session, [response.reference for response, _ in found])
    detail = {"page": "projects", "shown": len(found)}
    audit.record(session, audit.Action.LISTED, officer=officer, now=now, detail=detail)
    return [Told(response, project, tuple(later.get(response.reference, ()))) for response, project in found]


def read(session: Session, response_id: str, *, officer: Officer, now: datetime) -> Told:
    """One response with its words; the reading is audited in the same transaction."""
    found = access.find_response(session, officer, response_id)
    project = session.scalar(select(Project).where(Project.code == found.project)) if found.project else None
    later = _later(session, [found.reference])
    audit.record(session, audit.Action.RESPONSE_READ, officer=officer, now=now, subject=found)
    return Told(found, project, tuple(later.get(found.reference, ())))


def _later(session: Session, references: list[str]) -> dict[str, list[Answer]]:
    """By reference; a message that names a project's answer has no alert to stand beside."""
    named = select(Answer).where(Answer.reference.in_(references), Answer.alert_id.is_(None))
    found: dict[str, list[Answer]] = {}
    for answer in session.scalars(named.order_by(Answer.received_at)):
        found.setdefault(answer.reference, []).append(answer)
    return found
