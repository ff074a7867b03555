"""Incidents: what happened, as the officers hold it; edited with a version check, ended and reopened with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gateway.casework import places
from gateway.casework.rows import changed_one
from gateway.casework.values import EARLIEST
from gateway.casework.written import optional_text, required_text
from gateway.errors import Invalid, Overtaken
from gateway.records.incident import Incident
from gateway.records.incident_step import IncidentStep
from gateway.records.officer import Officer
from gateway.records.states import INCIDENT_MOVES, IncidentStatus, check_move
from gateway.trust import access, audit
from parsers import references


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer writes about an incident; `place` is a code of the gazetteer."""

    place: str | None
    place_note: str
    happened_from: date | None
    happened_to: date | None
    is_date_estimated: bool
    account: str
    public_account: str


@dataclass(frozen=True, slots=True)
class Move:
    """The end of an incident, or its reopening; `original` is the reference of the incident that it repeats."""

    status: IncidentStatus
    reason: str
    version_seen: int
    original: str = ""


def edit(
    session: Session, incident_id: str, draft: Draft, version_seen: int, *, by: tuple[Officer, datetime]
) -> Incident:
    """Writes the draft over the incident if nobody else changed it since; the officer's text is never lost silently."""
    officer, now = by
    incident = access.find_incident(session, officer, incident_id)
    check_draft(draft, officer, now=now)
    touch(session, incident, version_seen)
    changed = write_draft(incident, draft)
    detail = {"fields": changed}
    audit.record(session, audit.Action.INCIDENT_CHANGED, officer=officer, now=now, subject=incident, detail=detail)
    return incident


def move(session: Session, incident_id: str, wanted: Move, *, officer: Officer, now: datetime) -> Incident:
    """Closes, sets aside as a duplicate, or reopens; the reason stays in a step."""
    incident = access.find_incident(session, officer, incident_id)
    if incident.status is wanted.status and incident.version == wanted.version_seen + 1:
        return incident
    check_move(INCIDENT_MOVES, before=incident.status, after=wanted.status)
    step = IncidentStep(
        incident_id=incident.id,
        before=incident.status,
        after=wanted.status,
        original_id=_original(session, incident, wanted, officer),
        reason=required_text("reason", wanted.reason),
        officer_id=officer.id,
        at=now,
    )
    touch(session, incident, wanted.version_seen)
    incident.status = wanted.status
    session.add(step)
    detail = {"from": step.before.value, "to": step.after.value}
    audit.record(session, audit.Action.INCIDENT_CHANGED, officer=officer, now=now, subject=incident, detail=detail)
    return incident


def touch(session: Session, incident: Incident, version_seen: int) -> None:
    """Takes the next version if the one that was seen is still the last, or raises Overtaken."""
    seen = (Incident.id == incident.id) & (Incident.version == version_seen)
    if not changed_one(session, update(Incident).where(seen).values(version=version_seen + 1)):
        raise Overtaken("Somebody changed this incident since you opened the page.")
    session.refresh(incident)


def check_draft(draft: Draft, officer: Officer, *, now: datetime) -> None:
    """Invalid names the field: a place outside the officer's regions, days in the wrong order or not yet come."""
    region = places.region_of(draft.place)
    if draft.place is not None and places.name(draft.place) == draft.place:
        raise Invalid("place", "unknown_place")
    if not access.sees_region(officer, region):
        raise Invalid("place", "outside_scope")
    first, last = draft.happened_from, draft.happened_to
    if last is not None and (first is None or first > last):
        raise Invalid("happened_to", "wrong_order")
    if any(day is not None and day > now.date() for day in (first, last)):
        raise Invalid("happened_from", "in_future")
    if first is not None and first < EARLIEST:
        raise Invalid("happened_from", "too_early")


def write_draft(incident: Incident, draft: Draft) -> list[str]:
    """Puts the draft into the record; which fields changed."""
    wanted: dict[str, Any] = {
        "region": places.region_of(draft.place),
        "place": draft.place,
        "place_note": optional_text("place_note", draft.place_note),
        "happened_from": draft.happened_from,
        "happened_to": draft.happened_to or draft.happened_from,
        "is_date_estimated": draft.is_date_estimated,
        "account": optional_text("account", draft.account),
        "public_account": optional_text("public_account", draft.public_account),
    }
    changed = [name for name, value in wanted.items() if getattr(incident, name) != value]
    for name in changed:
        setattr(incident, name, wanted[name])
    return changed


def _original(session: Session, incident: Incident, wanted: Move, officer: Officer) -> str | None:
    if wanted.status is not IncidentStatus.DUPLICATE:
        return None
    reference = references.normalise(wanted.original)
    found = session.scalar(
        select(Incident.id).where(Incident.reference == reference, access.incidents_seen_by(officer))
    )
    if found is None or found == incident.id:
        raise Invalid("original", "unknown_reference")
    return found
