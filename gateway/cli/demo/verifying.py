"""From an alert to a decided violation: an incident is opened, sources are assessed, three levels decide."""

from dataclasses import dataclass

from gateway.casework import incidents, openings, sources, verification, victims
from gateway.casework.incidents import Draft
from gateway.casework.openings import Joining
from gateway.casework.sources import Told
from gateway.casework.verification import Decision
from gateway.casework.victims import Described
from gateway.cli.demo.agenda import Life, Moment
from gateway.cli.demo.plan import Course, Story
from gateway.cli.demo.world import World
from gateway.records.alert import Alert
from gateway.records.codes import (
    COUNTED_BY_VICTIMS,
    Grade,
    Level,
    Role,
    Sex,
    SourceCategory,
    SourceType,
    VictimKind,
    ViolationType,
)
from gateway.records.ids import new_id
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.states import VerificationStatus

_V = VerificationStatus
_ENDS = {
    Course.VERIFIED: _V.VERIFIED,
    Course.VERIFIED_LATE: _V.VERIFIED,
    Course.REOPENED: _V.VERIFIED,
    Course.NOT_VERIFIED: _V.NOT_VERIFIED,
    Course.DID_NOT_OCCUR: _V.DID_NOT_OCCUR,
    Course.FINAL_NOT_MRM: _V.NOT_MRM,
}
_REASONS = {
    _V.NOT_VERIFIED: "not_verified",
    _V.DID_NOT_OCCUR: "did_not_occur",
    _V.NOT_MRM: "final_not_mrm",
}
_DAY = 24.0


@dataclass(frozen=True, slots=True)
class Step:
    """What is decided at which level, by whom, and on what occasion where a reason is needed."""

    level: Level
    status: VerificationStatus
    officer: Officer
    occasion: str | None = None


def course(world: World, story: Story, alert_id: str, moment: Moment) -> Life:
    """As far as the course of the story goes."""
    moment = yield world.later(moment.now, (1.0, 1.5 * _DAY))
    incident_id, field_officer = _open(moment, world, story, alert_id)
    moment = yield world.later(moment.now, (0.3 * _DAY, 3 * _DAY))
    _gather(moment, world, incident_id, story, field_officer)
    if story.course is Course.OPENED:
        return
    moment = yield world.later(moment.now, (0.5 * _DAY, 3 * _DAY))
    first = world.desk.other(Role.FOCAL_POINT, than=field_officer)
    _decide(moment, world, incident_id, Step(Level.FOCAL_POINT, _V.FOCAL_POINT_ASSESSED, first))
    if story.course is not Course.ASSESSED:
        yield from _agreed(world, story, incident_id, moment)


def _agreed(world: World, story: Story, incident_id: str, moment: Moment) -> Life:
    second, third = world.desk.other(Role.TECHNICAL), world.desk.other(Role.FINAL)
    moment = yield world.later(moment.now, (1 * _DAY, 6 * _DAY))
    if story.course is Course.SENT_BACK:
        _decide(moment, world, incident_id, Step(Level.TECHNICAL, _V.PENDING, second, "sent_back"))
        return
    _decide(moment, world, incident_id, Step(Level.TECHNICAL, _V.TECHNICAL_AGREED, second))
    if story.course is Course.AGREED:
        return
    is_late = story.course is Course.VERIFIED_LATE
    moment = yield world.later(moment.now, (92 * _DAY, 140 * _DAY) if is_late else (0.5 * _DAY, 6 * _DAY))
    end = _ENDS[story.course]
    _decide(moment, world, incident_id, Step(Level.FINAL, end, third, _REASONS.get(end)))
    if story.course is Course.REOPENED:
        moment = yield world.later(moment.now, (8 * _DAY, 40 * _DAY))
        _decide(moment, world, incident_id, Step(Level.FINAL, _V.PENDING, third, "reopened"))


def _open(moment: Moment, world: World, story: Story, alert_id: str) -> tuple[str, Officer]:
    alert = moment.session.get_one(Alert, alert_id)
    officer = world.desk.regional(alert.region) if alert.region else world.desk.other(Role.FOCAL_POINT)
    types = tuple(ViolationType(code) for code in alert.types) or (ViolationType(story.facts.violation),)
    joining = Joining(alert.version, types)
    incident = openings.open_from_alert(moment.session, alert_id, joining, officer=officer, now=moment.now)
    if incident.place:
        draft = Draft(
            place=incident.place,
            place_note=incident.place_note or "",
            happened_from=incident.happened_from,
            happened_to=incident.happened_to,
            is_date_estimated=incident.is_date_estimated,
            account=world.words("account"),
            public_account="",
        )
        incidents.edit(moment.session, incident.id, draft, incident.version, by=(officer, moment.now))
    return incident.id, officer


def _gather(moment: Moment, world: World, incident_id: str, story: Story, officer: Officer) -> None:
    """Assesses the reporter, finds one or two more sources, writes down the children known one by one."""
    incident = moment.session.get_one(Incident, incident_id)
    for source in list(incident.sources):
        told = _told(world, incident, source.category, source.type, Grade.MEDIUM)
        sources.assess(moment.session, source.id, told, source.version, by=(officer, moment.now))
    for category, kind in _found(world, story):
        told = _told(world, incident, category, kind, world.rng.choice((Grade.HIGH, Grade.MEDIUM)))
        sources.add(moment.session, incident_id, new_id(), told, by=(officer, moment.now))
    if story.facts.violation in COUNTED_BY_VICTIMS and world.rng.random() < 0.6:
        _describe(moment, world, incident, story, officer)


def _found(world: World, story: Story) -> list[tuple[SourceCategory, SourceType]]:
    if story.course in (Course.OPENED, Course.NOT_VERIFIED):
        heard = (SourceCategory.SECONDARY, SourceType.ORAL_TESTIMONY)
        return [heard, (SourceCategory.SECONDARY, SourceType.DOCUMENT)][: world.rng.choice((1, 2))]
    lived = world.rng.choice((SourceCategory.PRIMARY_WITNESS, SourceCategory.PRIMARY_VICTIM))
    more = (SourceCategory.SECONDARY, world.rng.choice((SourceType.DOCUMENT, SourceType.PHOTOGRAPH)))
    return [(lived, SourceType.ORAL_TESTIMONY), more][: world.rng.choice((1, 2))]


def _told(world: World, incident: Incident, category: SourceCategory, kind: SourceType, grade: Grade) -> Told:
    return Told(
        category=category,
        type=kind,
        reliability=grade,
        credibility=grade,
        is_un_eyewitness=False,
        may_be_contacted=world.rng.random() < 0.5,
        may_be_shared=world.rng.random() < 0.3,
        collected_on=None,
        note=world.words("source_note"),
        violation_ids=tuple(violation.id for violation in incident.violations),
    )


def _describe(moment: Moment, world: World, incident: Incident, story: Story, officer: Officer) -> None:
    for sex, count in ((Sex.MALE, story.facts.boys), (Sex.FEMALE, story.facts.girls)):
        if count:
            described = Described(
                kind=VictimKind.INDIVIDUAL if count == 1 else VictimKind.GROUP,
                sex=sex,
                age_min=story.facts.low,
                age_max=story.facts.high,
                is_age_estimated=True,
                size=count,
                is_size_estimated=False,
                may_be_contacted=False,
                may_be_reported=True,
                note=world.words("victim_note"),
                violation_ids=tuple(violation.id for violation in incident.violations),
            )
            victims.add(moment.session, incident.id, new_id(), described, by=(officer, moment.now))


def _decide(moment: Moment, world: World, incident_id: str, step: Step) -> None:
    for violation in moment.session.get_one(Incident, incident_id).violations:
        decision = Decision(
            level=step.level,
            status=step.status,
            decided_on=moment.now.date(),
            reason=world.words(step.occasion) if step.occasion else "",
            note=world.words("assessed") if step.level is Level.FOCAL_POINT else "",
            version_seen=violation.version,
        )
        verification.decide(moment.session, violation.id, decision, officer=step.officer, now=moment.now)
