"""Everything an officer sees of one incident, read in a constant number of queries; the reading leaves a trace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, selectinload

from gateway.casework import names, parties, verification
from gateway.casework.verification import Choice
from gateway.records.alert import Alert
from gateway.records.audit_entry import AuditEntry
from gateway.records.incident import Incident
from gateway.records.incident_step import IncidentStep
from gateway.records.officer import Officer
from gateway.records.party import Party
from gateway.records.violation import Violation
from gateway.trust import access, audit
from gateway.trust.audit import Action

# What the history tells beside the steps, which have rows with reasons of their own.
TOLD = (
    Action.INCIDENT_OPENED,
    Action.INCIDENT_CHANGED,
    Action.ALERT_ATTACHED,
    Action.ALERT_DETACHED,
    Action.VIOLATION_ADDED,
    Action.VIOLATION_CHANGED,
    Action.SOURCE_ADDED,
    Action.SOURCE_CHANGED,
    Action.VICTIM_ADDED,
    Action.VICTIM_CHANGED,
)


@dataclass(frozen=True, slots=True)
class ViolationSheet:
    """A violation, what this officer may decide on it, and whether it was verified late."""

    violation: Violation
    choices: tuple[Choice, ...]
    is_late: bool


@dataclass(frozen=True, slots=True)
class IncidentSheet:
    """One incident with its violations, sources, victims, alerts and history."""

    incident: Incident
    violations: tuple[ViolationSheet, ...]
    alerts: tuple[Alert, ...]
    steps: tuple[IncidentStep, ...]
    entries: tuple[AuditEntry, ...]
    parties: tuple[Party, ...]
    names: dict[str, str]


def read(session: Session, incident_id: str, *, officer: Officer, now: datetime) -> IncidentSheet:
    """The sheet of one incident; without its audit entry nothing is shown."""
    incident = access.find_incident(session, officer, incident_id)
    _load(session, incident)
    steps = session.scalars(
        select(IncidentStep).where(IncidentStep.incident_id == incident.id).order_by(IncidentStep.at)
    ).all()
    entries = _entries(session, incident)
    alerts = session.scalars(_alerts(incident, officer)).all()
    violations = tuple(_violation(officer, violation, incident) for violation in incident.violations)
    sheet = IncidentSheet(
        incident=incident,
        violations=violations,
        alerts=tuple(alerts),
        steps=tuple(steps),
        entries=tuple(entries),
        parties=tuple(parties.valid_on(session, incident.happened_from)),
        names=names.of(session, _officers(incident, steps, entries)),
    )
    audit.record(session, Action.INCIDENT_READ, officer=officer, now=now, subject=incident)
    return sheet


def _load(session: Session, incident: Incident) -> None:
    session.scalars(
        select(Incident)
        .where(Incident.id == incident.id)
        .options(
            selectinload(Incident.violations).options(
                selectinload(Violation.parties),
                selectinload(Violation.victims),
                selectinload(Violation.sources),
                selectinload(Violation.steps),
            ),
            selectinload(Incident.victims),
            selectinload(Incident.sources),
        )
        .execution_options(populate_existing=True)
    ).one()


def _alerts(incident: Incident, officer: Officer) -> Select[Alert]:
    seen = access.alerts_seen_by(officer)
    found = select(Alert).where(Alert.incident_id == incident.id, seen).options(defer(Alert.parsed_sealed))
    return found.order_by(Alert.received_at)


def _violation(officer: Officer, violation: Violation, incident: Incident) -> ViolationSheet:
    choices = verification.choices(officer, violation, incident)
    return ViolationSheet(violation, tuple(choices), verification.is_late(violation, incident))


def _entries(session: Session, incident: Incident) -> list[AuditEntry]:
    subjects = [incident.id, *(violation.id for violation in incident.violations)]
    told = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind.in_(("incidents", "violations")), AuditEntry.subject_id.in_(subjects))
        .where(AuditEntry.action.in_([action.value for action in TOLD]))
        .order_by(AuditEntry.number)
    )
    return list(session.scalars(told))


def _officers(incident: Incident, steps: Iterable[IncidentStep], entries: Iterable[AuditEntry]) -> set[str]:
    decided = {step.officer_id for violation in incident.violations for step in violation.steps}
    recorded = {source.recorded_by_id for source in incident.sources}
    told = {entry.officer_id for entry in entries if entry.officer_id}
    return {incident.opened_by_id} | decided | recorded | told | {step.officer_id for step in steps}
