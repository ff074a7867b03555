"""Sources: who or what stands behind a violation; the reporter is the first, unassessed like every other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from gateway.casework.rows import changed_one
from gateway.casework.written import optional_text
from gateway.errors import Invalid, Overtaken
from gateway.records.alert import Alert
from gateway.records.codes import Grade, SourceCategory, SourceType
from gateway.records.ids import is_id
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.source import Source
from gateway.records.violation import Violation
from gateway.trust import access, audit

_CATEGORY = {"witness": SourceCategory.PRIMARY_WITNESS, "victim": SourceCategory.PRIMARY_VICTIM}


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer writes about a source, and the violations that it supports."""

    category: SourceCategory
    type: SourceType
    reliability: Grade
    credibility: Grade
    is_un_eyewitness: bool
    may_be_contacted: bool
    may_be_shared: bool
    collected_on: date | None
    note: str
    violation_ids: tuple[str, ...]


def from_alert(
    session: Session, alert: Alert, incident: Incident, said: Mapping[str, Any], *, by: tuple[Officer, datetime]
) -> Source:
    """The reporter as a source, for the violations that the alert speaks of; who does not say how is hearsay."""
    officer, now = by
    known = next((source for source in incident.sources if source.alert_id == alert.id), None)
    if known is not None:
        # The report was taken out and comes back: one reporter never counts as two.
        _support(known, alert, incident)
        return known
    how = said.get("source")
    source = Source(
        incident_id=incident.id,
        alert_id=alert.id,
        category=_CATEGORY.get(str(how), SourceCategory.SECONDARY),
        type=SourceType.DOCUMENT if how == "document" else SourceType.TEXT_OR_CALL,
        reliability=Grade.UNASSESSED,
        credibility=Grade.UNASSESSED,
        collected_on=alert.received_at.date(),
        recorded_by_id=officer.id,
        recorded_at=now,
        version=1,
    )
    session.add(source)
    incident.sources.append(source)
    _support(source, alert, incident)
    session.flush()
    return source


def let_go(alert: Alert, incident: Incident) -> None:
    """The source that the alert brought supports nothing here any more; it stays, for what once rested on it."""
    for violation in incident.violations:
        for source in [each for each in violation.sources if each.alert_id == alert.id]:
            violation.sources.remove(source)
            _renew(violation)


def add(session: Session, incident_id: str, source_id: str, told: Told, *, by: tuple[Officer, datetime]) -> Source:
    """One more source; `source_id` is drawn with the form, so that sending it twice is once."""
    officer, now = by
    incident = access.find_incident(session, officer, incident_id)
    if not is_id(source_id):
        raise Invalid("id", "missing")
    repeated = session.get(Source, source_id)
    if repeated is not None and repeated.incident_id == incident.id:
        return repeated
    _check(told, now)
    source = Source(id=source_id, incident_id=incident.id, recorded_by_id=officer.id, recorded_at=now, version=1)
    _write(source, told)
    session.add(source)
    for violation in _chosen(incident, told.violation_ids):
        _link(source, violation)
    session.flush()
    audit.record(session, audit.Action.SOURCE_ADDED, officer=officer, now=now, subject=incident, detail=_graded(source))
    return source


def assess(session: Session, source_id: str, told: Told, version_seen: int, *, by: tuple[Officer, datetime]) -> Source:
    """Grades a source anew; each violation it stands behind, now or before, is a new version: no decision misses it."""
    officer, now = by
    source, incident = find(session, officer, source_id)
    _check(told, now)
    seen = (Source.id == source.id) & (Source.version == version_seen)
    if not changed_one(session, update(Source).where(seen).values(version=version_seen + 1)):
        raise Overtaken("Somebody changed this source since you opened the page.")
    session.refresh(source)
    _write(source, told)
    chosen = _chosen(incident, told.violation_ids)
    if chosen and _has_left(session, source):
        raise Invalid("violations", "taken_out")
    for violation in incident.violations:
        was_linked = source in violation.sources
        if violation in chosen:
            _link(source, violation)
        elif was_linked:
            violation.sources.remove(source)
            _renew(violation)
    detail = _graded(source)
    audit.record(session, audit.Action.SOURCE_CHANGED, officer=officer, now=now, subject=incident, detail=detail)
    return source


def find(session: Session, officer: Officer, source_id: str) -> tuple[Source, Incident]:
    """The source and its incident, within the officer's scope."""
    source = session.get(Source, source_id) if is_id(source_id) else None
    if source is None:
        raise access.OutOfSight(Source.__tablename__, source_id, exists=False)
    return source, access.find_incident(session, officer, source.incident_id)


def _check(told: Told, now: datetime) -> None:
    if told.collected_on is not None and told.collected_on > now.date():
        raise Invalid("collected_on", "in_future")


def _write(source: Source, told: Told) -> None:
    for name in ("category", "type", "reliability", "credibility", "is_un_eyewitness"):
        setattr(source, name, getattr(told, name))
    for name in ("may_be_contacted", "may_be_shared", "collected_on"):
        setattr(source, name, getattr(told, name))
    source.note = optional_text("note", told.note)


def _chosen(incident: Incident, violation_ids: Sequence[str]) -> list[Violation]:
    chosen = [violation for violation in incident.violations if violation.id in violation_ids]
    if len(chosen) != len(set(violation_ids)):
        raise Invalid("violations", "choose")
    return chosen


def _support(source: Source, alert: Alert, incident: Incident) -> None:
    spoken_of = [violation for violation in incident.violations if violation.type.value in alert.types]
    for violation in spoken_of or incident.violations:
        _link(source, violation)


def _has_left(session: Session, source: Source) -> bool:
    if source.alert_id is None:
        return False
    return session.get_one(Alert, source.alert_id).incident_id != source.incident_id


def _link(source: Source, violation: Violation) -> None:
    if source not in violation.sources:
        violation.sources.append(source)
    _renew(violation)


def _renew(violation: Violation) -> None:
    # Counted by the database: a decision taken in the same moment has its own number.
    violation.version = Violation.version + 1


def _graded(source: Source) -> dict[str, object]:
    return {"source": source.id, "reliability": source.reliability.value, "credibility": source.credibility.value}
