"""Violations: added to an incident, counted and described; never changed once decided, unless reopened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from gateway.casework import details, parties
from gateway.casework.rows import changed_one
from gateway.casework.values import MOST_CHILDREN, OLDEST
from gateway.casework.verification import find
from gateway.errors import Invalid, Overtaken, Refused
from gateway.records.codes import ViolationType
from gateway.records.officer import Officer
from gateway.records.states import FINAL_STATUSES, IncidentStatus
from gateway.records.violation import Violation
from gateway.trust import access, audit

SEXES = ("boys", "girls", "unknown")


class Decided(Refused):
    """A decided violation is only changed after it was reopened."""

    code = "decided"


@dataclass(frozen=True, slots=True)
class Count:
    """How many children, and whether that is an estimate."""

    number: int = 0
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What officers hold about a violation: children by sex, ages, alleged parties, and the fields of its type."""

    counts: Mapping[str, Count] = field(default_factory=dict)
    age_min: int | None = None
    age_max: int | None = None
    parties: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


def add(
    session: Session, incident_id: str, violation_type: ViolationType, *, officer: Officer, now: datetime
) -> Violation:
    """One more violation in the incident; the one that is there already, if it has this type."""
    incident = access.find_incident(session, officer, incident_id)
    session.refresh(incident, with_for_update=True)
    if incident.status is not IncidentStatus.OPEN:
        raise Invalid("incident", "not_open")
    there = next((each for each in incident.violations if each.type is violation_type), None)
    if there is not None:
        return there
    violation = Violation(
        incident_id=incident.id, type=violation_type, opened_by_id=officer.id, opened_at=now, version=1
    )
    incident.violations.append(violation)
    session.flush()
    audit.record(session, audit.Action.VIOLATION_ADDED, officer=officer, now=now, subject=violation)
    return violation


def edit(
    session: Session, violation_id: str, facts: Facts, version_seen: int, *, by: tuple[Officer, datetime]
) -> Violation:
    """Writes what the officers hold now, if nobody else changed it since."""
    officer, now = by
    violation, _incident = find(session, officer, violation_id)
    if violation.status in FINAL_STATUSES:
        raise Decided("This violation is decided: it must be reopened before it is changed.")
    columns = _columns(violation.type, facts)
    alleged = parties.named(session, facts.parties)
    seen = (Violation.id == violation.id) & (Violation.version == version_seen)
    if not changed_one(session, update(Violation).where(seen).values(version=version_seen + 1)):
        raise Overtaken("Somebody changed this violation since you opened the page.")
    session.refresh(violation)
    changed = [name for name, value in columns.items() if getattr(violation, name) != value]
    for name in changed:
        setattr(violation, name, columns[name])
    if set(violation.parties) != set(alleged):
        violation.parties = list(alleged)
        changed.append("parties")
    detail = {"fields": changed}
    audit.record(session, audit.Action.VIOLATION_CHANGED, officer=officer, now=now, subject=violation, detail=detail)
    return violation


def _columns(violation_type: ViolationType, facts: Facts) -> dict[str, Any]:
    columns: dict[str, Any] = {"details": details.check(violation_type, facts.details)}
    for sex in SEXES:
        count = facts.counts.get(sex, Count())
        if not 0 <= count.number <= MOST_CHILDREN:
            raise Invalid(sex, "out_of_range")
        columns |= {sex: count.number, f"is_{sex}_estimated": count.is_estimated and count.number > 0}
    return columns | _ages(facts)


def _ages(facts: Facts) -> dict[str, int | None]:
    low = facts.age_min if facts.age_min is not None else facts.age_max
    high = facts.age_max if facts.age_max is not None else low
    if low is not None and high is not None and not 0 <= low <= high <= OLDEST:
        raise Invalid("age_min", "out_of_range")
    return {"age_min": low, "age_max": high}
