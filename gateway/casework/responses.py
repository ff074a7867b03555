"""What beneficiaries say of completed projects: listed and read by the monitoring officer, each reading audited."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import beside, later_messages, names, readings, response_fields
from gateway.casework.fields import Effective
from gateway.casework.later_messages import Later, text_of
from gateway.records.answer import Answer
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.project import Project
from gateway.records.reading import Reading
from gateway.records.response import Response
from gateway.trust import access, audit

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A response in the list, and the project it is about."""

    response: Response
    project: Project | None


@dataclass(frozen=True, slots=True)
class ResponseSheet:
    """One response with its words, what counts now, and all that came after it."""

    response: Response
    project: Project | None
    text: str
    first: dict[str, Any]
    effective: Effective
    later: tuple[Later, ...]
    readings: tuple[Reading, ...]
    names: dict[str, str]


def listed(session: Session, *, officer: Officer, now: datetime) -> list[Listed]:
    """The latest responses."""
    latest = (
        select(Response, Project)
        .outerjoin(Project, Project.code == Response.project)
        .where(access.responses_seen_by(officer))
        .order_by(Response.received_at.desc(), Response.id)
        .limit(AT_MOST)
    )
    found = [Listed(row[0], row[1]) for row in session.execute(latest)]
    detail = {"page": "projects", "shown": len(found)}
    audit.record(session, audit.Action.LISTED, officer=officer, now=now, detail=detail)
    return found


def read(session: Session, response_id: str, *, officer: Officer, now: datetime) -> ResponseSheet:
    """One response with its words; the reading is audited in the same transaction."""
    found = access.find_response(session, officer, response_id)
    answers = list(session.scalars(select(Answer).where(beside.of(found)).order_by(Answer.received_at)))
    later = later_messages.told(session, answers, lambda each: response_fields.said_of(found, each))
    newer = readings.of_message(session, [found.message_id]).get(found.message_id, [])
    sheet = ResponseSheet(
        response=found,
        project=session.scalar(select(Project).where(Project.code == found.project)) if found.project else None,
        text=text_of(session.get(Message, found.message_id), found),
        first=_first(found, newer),
        effective=response_fields.effective(found, answers),
        later=tuple(later),
        readings=tuple(newer),
        names=names.of(session, later_messages.deciders(later)),
    )
    audit.record(session, audit.Action.RESPONSE_READ, officer=officer, now=now, subject=found)
    return sheet


def _first(response: Response, newer: list[Reading]) -> dict[str, Any]:
    """What the machine read at the very first, however often it was read again."""
    earliest = next((each.before for each in newer if each.before), None)
    return dict(earliest.get("fields") or {}) if earliest else response_fields.first_reading(response)
