"""Takes violations along the three levels, as officers do."""

from typing import Any

from sqlalchemy.orm import Session

from gateway.casework import verification
from gateway.casework.verification import Decision
from gateway.records.codes import Level, Role
from gateway.records.officer import Officer
from gateway.records.states import VerificationStatus as V
from gateway.records.verification_step import VerificationStep
from gateway.records.violation import Violation
from tests.make.alert import NOW

STEPS = [(Level.FOCAL_POINT, V.FOCAL_POINT_ASSESSED), (Level.TECHNICAL, V.TECHNICAL_AGREED), (Level.FINAL, V.VERIFIED)]
LEVELS = (Role.FOCAL_POINT, Role.TECHNICAL, Role.FINAL)


def decision(level: Level = Level.FOCAL_POINT, status: V = V.FOCAL_POINT_ASSESSED, **given: Any) -> Decision:
    """A decision of today without words."""
    standard = {"decided_on": NOW.date(), "reason": "", "note": "", "version_seen": 1}
    return Decision(level=level, status=status, **(standard | given))


def decide(
    session: Session, violation: Violation, officer: Officer, level: Level, status: V, **given: Any
) -> VerificationStep:
    """Decides on the violation as it stands."""
    given.setdefault("version_seen", violation.version)
    return verification.decide(session, violation.id, decision(level, status, **given), officer=officer, now=NOW)


def walk(session: Session, violation: Violation, officers: list[Officer]) -> None:
    """Takes the violation along the three levels, as far as there are officers."""
    for officer, (level, status) in zip(officers, STEPS, strict=False):
        decide(session, violation, officer, level, status)
