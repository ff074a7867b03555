"""What beneficiaries say of completed projects: listed and read by the monitoring officer, each reading audited."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.records.officer import Officer
from gateway.records.project import Project
from gateway.records.response import Response
from gateway.trust import access, audit

AT_MOST = 100


def listed(session: Session, *, officer: Officer, now: datetime) -> list[tuple[Response, Project | None]]:
    """The latest responses with the project each is about."""
    latest = (
        select(Response, Project)
        .outerjoin(Project, Project.code == Response.project)
        .where(access.responses_seen_by(officer))
        .order_by(Response.received_at.desc(), Response.id)
        .limit(AT_MOST)
    )
    found: list[tuple[Response, Project | None]] = [(row[0], row[1]) for row in session.execute(latest)]
    detail = {"page": "projects", "shown": len(found)}
    audit.record(session, audit.Action.LISTED, officer=officer, now=now, detail=detail)
    return found


def read(session: Session, response_id: str, *, officer: Officer, now: datetime) -> tuple[Response, Project | None]:
    """One response with its words; the reading is audited in the same transaction."""
    found = access.find_response(session, officer, response_id)
    project = session.scalar(select(Project).where(Project.code == found.project)) if found.project else None
    audit.record(session, audit.Action.RESPONSE_READ, officer=officer, now=now, subject=found)
    return found, project
