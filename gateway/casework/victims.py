"""Victims: one child under a code or a group, linked to the violations they suffered; never a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from gateway.casework.rows import changed_one
from gateway.casework.values import MOST_CHILDREN, OLDEST
from gateway.casework.written import optional_text
from gateway.errors import Invalid, Overtaken
from gateway.records.codes import Sex, VictimKind
from gateway.records.ids import is_id
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.victim import Victim
from gateway.records.violation import Violation
from gateway.trust import access, audit


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a child or a group, and which violations they suffered."""

    kind: VictimKind
    sex: Sex
    age_min: int | None
    age_max: int | None
    is_age_estimated: bool
    size: int
    is_size_estimated: bool
    may_be_contacted: bool
    may_be_reported: bool
    note: str
    violation_ids: tuple[str, ...]


def add(
    session: Session, incident_id: str, victim_id: str, described: Described, *, by: tuple[Officer, datetime]
) -> Victim:
    """One more victim under the next code; `victim_id` is drawn with the form, so that sending it twice is once."""
    officer, now = by
    incident = access.find_incident(session, officer, incident_id)
    session.refresh(incident, with_for_update=True)
    if not is_id(victim_id):
        raise Invalid("id", "missing")
    repeated = session.get(Victim, victim_id)
    if repeated is not None and repeated.incident_id == incident.id:
        return repeated
    victim = Victim(id=victim_id, incident_id=incident.id, code=_next_code(incident), recorded_at=now)
    _write(victim, described)
    incident.victims.append(victim)
    for violation in _suffered(incident, described):
        violation.victims.append(victim)
    session.flush()
    audit.record(session, audit.Action.VICTIM_ADDED, officer=officer, now=now, subject=incident)
    return victim


def edit(
    session: Session, victim_id: str, described: Described, version_seen: int, *, by: tuple[Officer, datetime]
) -> Victim:
    """Writes what is known now, if nobody else changed it since; the code stays."""
    officer, now = by
    victim, incident = find(session, officer, victim_id)
    suffered = _suffered(incident, described)
    seen = (Victim.id == victim.id) & (Victim.version == version_seen)
    if not changed_one(session, update(Victim).where(seen).values(version=version_seen + 1)):
        raise Overtaken("Somebody changed this victim since you opened the page.")
    session.refresh(victim)
    _write(victim, described)
    for violation in incident.violations:
        if violation in suffered and victim not in violation.victims:
            violation.victims.append(victim)
        elif violation not in suffered and victim in violation.victims:
            violation.victims.remove(victim)
    detail = {"victim": victim.code}
    audit.record(session, audit.Action.VICTIM_CHANGED, officer=officer, now=now, subject=incident, detail=detail)
    return victim


def find(session: Session, officer: Officer, victim_id: str) -> tuple[Victim, Incident]:
    """The victim and its incident, within the officer's scope."""
    victim = session.get(Victim, victim_id) if is_id(victim_id) else None
    if victim is None:
        raise access.OutOfSight(Victim.__tablename__, victim_id, exists=False)
    return victim, access.find_incident(session, officer, victim.incident_id)


def _suffered(incident: Incident, described: Described) -> list[Violation]:
    suffered = [violation for violation in incident.violations if violation.id in described.violation_ids]
    if not suffered or len(suffered) != len(set(described.violation_ids)):
        raise Invalid("violations", "choose")
    return suffered


def _next_code(incident: Incident) -> str:
    taken = [int(victim.code[1:]) for victim in incident.victims if victim.code[1:].isdigit()]
    return f"V{max(taken, default=0) + 1:02d}"


def _write(victim: Victim, described: Described) -> None:
    low = described.age_min
    high = described.age_max if described.age_max is not None else low
    if low is not None and high is not None and not 0 <= low <= high <= OLDEST:
        raise Invalid("age_min", "out_of_range")
    is_one = described.kind is VictimKind.INDIVIDUAL
    if is_one and described.sex is Sex.MIXED:
        raise Invalid("sex", "choose")
    if not 1 <= described.size <= MOST_CHILDREN:
        raise Invalid("size", "out_of_range")
    victim.kind, victim.sex, victim.age_min, victim.age_max = described.kind, described.sex, low, high
    victim.is_age_estimated = described.is_age_estimated
    victim.size, victim.is_size_estimated = (1, False) if is_one else (described.size, described.is_size_estimated)
    victim.may_be_contacted, victim.may_be_reported = described.may_be_contacted, described.may_be_reported
    victim.note = optional_text("note", described.note)
