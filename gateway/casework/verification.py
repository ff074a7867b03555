"""Verification: one decision of one officer on one violation, checked by every rule, kept as a step for ever."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gateway.casework import evidence
from gateway.casework.rows import changed_one
from gateway.casework.written import optional_text, required_text
from gateway.errors import Invalid, LakanaError, NotFound, Overtaken, Refused
from gateway.records.codes import Level
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.states import FINAL_STATUSES, VERIFICATION_MOVES, VerificationStatus, check_move
from gateway.records.verification_step import VerificationStep
from gateway.records.violation import Violation
from gateway.trust import access, audit, deciding

_V = VerificationStatus
# How far each status is from the report; a move to a lower one is a step back.
_DISTANCE = {_V.PENDING: 0, _V.FOCAL_POINT_ASSESSED: 1, _V.TECHNICAL_AGREED: 2} | dict.fromkeys(FINAL_STATUSES, 3)
_NEED_REASON = frozenset({_V.NOT_MRM, _V.NOT_VERIFIED, _V.DID_NOT_OCCUR})
_NEED_EVIDENCE = frozenset({_V.FOCAL_POINT_ASSESSED, _V.TECHNICAL_AGREED, _V.VERIFIED})


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided, and which version of the violation was before their eyes."""

    level: Level
    status: VerificationStatus
    decided_on: date
    reason: str
    note: str
    version_seen: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One move that stands in the table now; `refused` says why this officer may not take it."""

    level: Level
    status: VerificationStatus
    needs_reason: bool
    refused: LakanaError | None


def decide(
    session: Session, violation_id: str, decision: Decision, *, officer: Officer, now: datetime
) -> VerificationStep:
    """Access, move, evidence, words, guarded update, step, audit, in this order."""
    violation, incident = find(session, officer, violation_id)
    repeated = _repeated(violation, decision, officer)
    if repeated is not None:
        return repeated
    if violation.version != decision.version_seen:
        raise Overtaken("Somebody changed this violation since you opened the page.")
    _check_rules(violation, incident, decision, officer)
    step = _step(violation, incident, decision, officer=officer, now=now)
    _move(session, violation, decision)
    session.add(step)
    violation.steps.append(step)
    audit.record(
        session,
        audit.Action.VIOLATION_DECIDED,
        officer=officer,
        now=now,
        subject=violation,
        detail={"level": decision.level.value, "from": step.before.value, "to": step.after.value},
    )
    return step


def find(session: Session, officer: Officer, violation_id: str) -> tuple[Violation, Incident]:
    """The violation and its incident, within the officer's scope; locks the incident where the database can."""
    incident_id = session.scalar(select(Violation.incident_id).where(Violation.id == violation_id))
    if incident_id is None:
        raise access.OutOfSight(Violation.__tablename__, violation_id, exists=False)
    incident = access.find_incident(session, officer, incident_id)
    session.refresh(incident, with_for_update=True)
    violation = session.get_one(Violation, violation_id, populate_existing=True)
    return violation, incident


def choices(officer: Officer, violation: Violation, incident: Incident) -> list[Choice]:
    """Every move that could be next, each with what this officer lacks for it."""
    found = []
    for level, moves in VERIFICATION_MOVES.items():
        for status in sorted(moves.get(violation.status, ()), key=lambda status: (-_DISTANCE[status], status)):
            refused = _why_not(officer, violation, incident, level=level, status=status)
            found.append(Choice(level, status, needs_reason(violation.status, status), refused))
    return found


def needs_reason(before: VerificationStatus, after: VerificationStatus) -> bool:
    """Steps back, reopening and every ending but verified must say why."""
    return after in _NEED_REASON or _DISTANCE[after] < _DISTANCE[before]


def needs_evidence(before: VerificationStatus, after: VerificationStatus) -> bool:
    """Only a step forward rests on evidence."""
    return after in _NEED_EVIDENCE and _DISTANCE[after] > _DISTANCE[before]


def is_late(violation: Violation, incident: Incident) -> bool:
    """Verified after the end of the quarter in which it happened."""
    happened = incident.happened_to or incident.happened_from
    if violation.status is not VerificationStatus.VERIFIED or violation.verified_on is None or happened is None:
        return False
    quarter = (happened.month - 1) // 3
    return (violation.verified_on.year, (violation.verified_on.month - 1) // 3) > (happened.year, quarter)


def _why_not(
    officer: Officer, violation: Violation, incident: Incident, *, level: Level, status: VerificationStatus
) -> LakanaError | None:
    try:
        deciding.may_decide(officer, violation, incident=incident, level=level, steps=violation.steps)
        if needs_evidence(violation.status, status):
            evidence.check(violation.sources)
    except (Refused, NotFound) as refused:
        return refused
    return None


def _repeated(violation: Violation, decision: Decision, officer: Officer) -> VerificationStep | None:
    """The same decision sent twice is one decision."""
    last = violation.steps[-1] if violation.steps else None
    if last is None or violation.version != decision.version_seen + 1 or last.officer_id != officer.id:
        return None
    return last if (last.level, last.after) == (decision.level, decision.status) else None


def _check_rules(violation: Violation, incident: Incident, decision: Decision, officer: Officer) -> None:
    deciding.may_decide(officer, violation, incident=incident, level=decision.level, steps=violation.steps)
    check_move(VERIFICATION_MOVES[decision.level], before=violation.status, after=decision.status)
    if needs_evidence(violation.status, decision.status):
        evidence.check(violation.sources)


def _step(
    violation: Violation, incident: Incident, decision: Decision, *, officer: Officer, now: datetime
) -> VerificationStep:
    if decision.decided_on > now.date():
        raise Invalid("decided_on", "in_future")
    if incident.happened_from and decision.decided_on < incident.happened_from:
        raise Invalid("decided_on", "before_incident")
    is_needed = needs_reason(violation.status, decision.status)
    return VerificationStep(
        violation_id=violation.id,
        level=decision.level,
        before=violation.status,
        after=decision.status,
        officer_id=officer.id,
        decided_on=decision.decided_on,
        at=now,
        reason=(required_text if is_needed else optional_text)("reason", decision.reason),
        note=optional_text("note", decision.note),
        evidence=evidence.snapshot(violation.sources),
    )


def _move(session: Session, violation: Violation, decision: Decision) -> None:
    verified_on = decision.decided_on if decision.status in FINAL_STATUSES else None
    moved = (
        update(Violation)
        .where(Violation.id == violation.id, Violation.version == decision.version_seen)
        .values(status=decision.status, verified_on=verified_on, version=decision.version_seen + 1)
    )
    if not changed_one(session, moved):
        raise Overtaken("Somebody changed this violation since you opened the page.")
    session.refresh(violation, ["status", "verified_on", "version"])
