"""Builds incidents with their violations and sources, as officers would have left them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gateway.records.codes import Grade, Sex, SourceCategory, SourceType, VictimKind, ViolationType
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.source import Source
from gateway.records.states import IncidentStatus, VerificationStatus
from gateway.records.victim import Victim
from gateway.records.violation import Violation
from tests.make.alert import NOW, reference


def incident(
    session: Session,
    opened_by: Officer,
    *,
    region: str | None = "ML07",
    place: str | None = "ML0701",
    happened_from: date | None = date(2026, 11, 14),
    happened_to: date | None = None,
    types: tuple[ViolationType, ...] = (ViolationType.RECRUITMENT,),
    status: IncidentStatus = IncidentStatus.OPEN,
    opened_at: datetime = NOW,
    **columns: Any,
) -> Incident:
    """An open incident in Ansongo with one violation, and nobody yet who stands behind it."""
    made = Incident(
        reference=reference(),
        status=status,
        region=region,
        place=place,
        happened_from=happened_from,
        happened_to=happened_to or happened_from,
        reported_on=NOW.date(),
        opened_by_id=opened_by.id,
        opened_at=opened_at,
        version=1,
    )
    for name, value in columns.items():
        setattr(made, name, value)
    session.add(made)
    for violation_type in types:
        violation(session, made, of_type=violation_type)
    session.flush()
    return made


def violation(
    session: Session,
    incident: Incident,
    *,
    of_type: ViolationType = ViolationType.RECRUITMENT,
    status: VerificationStatus = VerificationStatus.PENDING,
    **columns: Any,
) -> Violation:
    """A violation that nobody has decided on."""
    made = Violation(
        incident_id=incident.id,
        type=of_type,
        status=status,
        boys=columns.pop("boys", 3),
        opened_by_id=incident.opened_by_id,
        opened_at=incident.opened_at,
        version=1,
        **columns,
    )
    incident.violations.append(made)
    session.flush()
    return made


def source(
    session: Session,
    incident: Incident,
    *,
    recorded_by: Officer,
    category: SourceCategory = SourceCategory.PRIMARY_VICTIM,
    reliability: Grade = Grade.HIGH,
    credibility: Grade = Grade.MEDIUM,
    **columns: Any,
) -> Source:
    """A trusted primary source behind every violation of the incident."""
    made = Source(
        incident_id=incident.id,
        category=category,
        type=SourceType.ORAL_TESTIMONY,
        reliability=reliability,
        credibility=credibility,
        recorded_by_id=recorded_by.id,
        recorded_at=NOW,
        version=1,
        **columns,
    )
    incident.sources.append(made)
    for each in incident.violations:
        each.sources.append(made)
    session.flush()
    return made


def victim(session: Session, incident: Incident, *, code: str = "V1", **columns: Any) -> Victim:
    """A girl of whom little is known."""
    made = Victim(
        incident_id=incident.id,
        code=code,
        kind=VictimKind.INDIVIDUAL,
        sex=Sex.FEMALE,
        recorded_at=NOW,
        version=1,
        **columns,
    )
    session.add(made)
    session.flush()
    return made
