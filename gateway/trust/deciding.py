"""Who may decide: the role for the level, a second person, never one's own report, only one's own regions."""

from collections.abc import Sequence

from gateway.errors import Refused
from gateway.records.codes import Level, Role, SourceCategory
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.states import FINAL_STATUSES, IncidentStatus, VerificationStatus
from gateway.records.verification_step import VerificationStep
from gateway.records.violation import Violation
from gateway.trust import access

ROLE_FOR = {
    Level.FOCAL_POINT: Role.FOCAL_POINT,
    Level.TECHNICAL: Role.TECHNICAL,
    Level.FINAL: Role.FINAL,
}


class WrongRole(Refused):
    """The officer does not hold the role of this level."""

    code = "wrong_role"


class SamePerson(Refused):
    """Somebody else must look: this officer took the first decision."""

    code = "same_person"


class OwnReport(Refused):
    """The officer reported it, or is the only one who says so."""

    code = "own_report"


class IncidentNotOpen(Refused):
    """Nothing is decided on an incident that is closed or a duplicate."""

    code = "incident_not_open"


def may_decide(
    officer: Officer, violation: Violation, *, incident: Incident, level: Level, steps: Sequence[VerificationStep]
) -> None:
    """Raises Refused when a rule stands between this officer and this level of this violation."""
    if not access.sees_region(officer, incident.region):
        raise access.OutOfSight(Incident.__tablename__, incident.id, exists=True)
    if not officer.has_role(ROLE_FOR[level]):
        raise WrongRole(f"Only an officer with the role {ROLE_FOR[level].value} decides at this level.")
    if incident.status is not IncidentStatus.OPEN:
        raise IncidentNotOpen("The incident is not open: reopen it before deciding on its violations.")
    if is_own_report(officer, violation, incident):
        raise OwnReport("You reported this yourself: another officer must decide.")
    if level is not Level.FOCAL_POINT and officer.id in first_deciders(steps):
        raise SamePerson("You took the decision of the first level: a second person must take this one.")


def first_deciders(steps: Sequence[VerificationStep]) -> set[str]:
    """Who decided as focal point since the violation was last reopened."""
    deciders: set[str] = set()
    for step in steps:
        if is_reopening(step):
            deciders.clear()
        elif step.level is Level.FOCAL_POINT:
            deciders.add(step.officer_id)
    return deciders


def is_reopening(step: VerificationStep) -> bool:
    """Whether the step took a finished violation up again."""
    return step.before in FINAL_STATUSES and step.after is VerificationStatus.PENDING


def is_own_report(officer: Officer, violation: Violation, incident: Incident) -> bool:
    """Typed in by this officer without an alert, or resting on this officer's word as a witness alone."""
    if incident.is_manual and incident.opened_by_id == officer.id:
        return True
    return bool(violation.sources) and all(
        source.alert_id is None
        and source.recorded_by_id == officer.id
        and source.category is SourceCategory.PRIMARY_WITNESS
        for source in violation.sources
    )
