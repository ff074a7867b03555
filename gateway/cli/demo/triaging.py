"""What the desk makes of an alert or a complaint: read, corrected, completed, and moved on with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway import codebook
from gateway.casework import alerts, answers, corrections, feedback, openings
from gateway.casework.alerts import Triage
from gateway.casework.corrections import Amendment
from gateway.casework.openings import Joining
from gateway.cli.demo import verifying
from gateway.cli.demo.agenda import Life, Moment
from gateway.cli.demo.plan import ENDED_COURSES, INCIDENT_COURSES, Course, Story
from gateway.cli.demo.world import World
from gateway.cli.demo.writing import Facts
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import AlertKind, Role, ViolationType
from gateway.records.feedback import Feedback
from gateway.records.ids import new_id
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.states import AlertStatus, AnswerStatus, FeedbackStatus
from parsers.codebook import gazetteer


@dataclass(frozen=True, slots=True)
class Scene:
    """An officer at work at some moment."""

    world: World
    officer: Officer
    session: Session
    now: datetime


_MOVES = {
    Course.TRIAGED: AlertStatus.TRIAGED,
    Course.HANDLED: AlertStatus.HANDLED,
    Course.NOT_MRM: AlertStatus.NOT_MRM,
    Course.REFERRED_OUT: AlertStatus.REFERRED_OUT,
}
_OCCASIONS = {"place": "wrong_place", "children": "wrong_count"}


def course(world: World, story: Story, alert_id: str, moment: Moment) -> Life:
    """From the queue to whatever becomes of it."""
    if story.course is Course.LEFT:
        yield from _perhaps_taken(world, alert_id, moment)
        return
    moment = yield world.later(moment.now, (1.0, 4.0) if story.kind == "alert" else (3.0, 60.0))
    alert = moment.session.get_one(Alert, alert_id)
    scene = Scene(world, _whose(world, alert), moment.session, moment.now)
    _read_answers(scene, alert)
    if story.kind == "incident":
        _correct(scene, alert, story.facts)
    if story.course in _MOVES:
        _move(scene, alert, _MOVES[story.course])
    elif story.course in (Course.DUPLICATE, Course.ATTACHED):
        _join_to_first(moment, world, alert, story)
    elif story.course in INCIDENT_COURSES + ENDED_COURSES:
        yield from verifying.course(world, story, alert_id, moment)


def _perhaps_taken(world: World, alert_id: str, moment: Moment) -> Life:
    """A few of the latest are on somebody's desk as the demonstration begins."""
    until = world.agenda.until
    if until - moment.now > timedelta(days=14) or world.rng.random() > 0.15:
        return
    moment = yield max(until - timedelta(minutes=world.rng.randint(1, 20)), moment.now)
    alert = moment.session.get_one(Alert, alert_id)
    alerts.claim(moment.session, alert_id, officer=_whose(world, alert), now=moment.now)


def complaint(world: World, story: Story, feedback_id: str, moment: Moment) -> Life:
    """The conduct unit takes a complaint up, and closes some."""
    if story.course is Course.LEFT:
        return
    officer = world.desk.other(Role.CONDUCT)
    moment = yield world.later(moment.now, (8.0, 70.0))
    _move_complaint(moment, feedback_id, FeedbackStatus.IN_PROGRESS, officer)
    if world.rng.random() < 0.6:
        moment = yield world.later(moment.now, (100.0, 900.0))
        _move_complaint(moment, feedback_id, FeedbackStatus.CLOSED, officer)


def _move_complaint(moment: Moment, feedback_id: str, status: FeedbackStatus, officer: Officer) -> None:
    seen = moment.session.get_one(Feedback, feedback_id)
    feedback.move(moment.session, feedback_id, status, seen.version, by=(officer, moment.now))


def _whose(world: World, alert: Alert) -> Officer:
    """The region's officer; a report from nowhere known is read by somebody who sees all regions."""
    return world.desk.regional(alert.region) if alert.region else world.desk.other(Role.FOCAL_POINT)


def _move(scene: Scene, alert: Alert, status: AlertStatus) -> None:
    wanted = Triage(status, scene.world.words(status.value), alert.version)
    alerts.triage(scene.session, alert.id, wanted, officer=scene.officer, now=scene.now)


def _read_answers(scene: Scene, alert: Alert) -> None:
    waiting = select(Answer.id).where(Answer.alert_id == alert.id, Answer.status == AnswerStatus.WAITING)
    for answer_id in scene.session.scalars(waiting.order_by(Answer.received_at)).all():
        settle = answers.accept if scene.world.rng.random() < 0.85 else answers.set_aside
        settle(scene.session, answer_id, officer=scene.officer, now=scene.now)
    scene.session.flush()


def _correct(scene: Scene, alert: Alert, facts: Facts) -> None:
    """Rings the reporter back and writes down what was missing; now and then a number was wrong."""
    if alert.kind is AlertKind.UNKNOWN:
        _amend(scene, alert, "kind", {"kind": AlertKind.INCIDENT})
    known = _values(facts)
    for name in [name for name in alert.missing if name in known]:
        _amend(scene, alert, name, known[name])
    if scene.world.rng.random() < 0.05 and alert.children:
        _amend(scene, alert, "children", known["children"] | {"boys": facts.boys + 1})


def _amend(scene: Scene, alert: Alert, name: str, value: Mapping[str, Any]) -> None:
    reason = scene.world.words(_OCCASIONS.get(name, "called_back"))
    amendment = Amendment(new_id(), name, dict(value), reason, alert.version)
    corrections.correct(scene.session, alert.id, amendment, officer=scene.officer, now=scene.now)
    scene.session.flush()


def _values(facts: Facts) -> dict[str, dict[str, Any]]:
    place = codebook.places().exact(gazetteer.fold_key(facts.place))[0]
    return {
        "violation": {"violation": [facts.violation]},
        "children": {"boys": facts.boys, "girls": facts.girls, "unknown": 0},
        "place": {"place": place.pcode},
        "date": {"date_from": facts.happened_on},
        "age": {"age_min": facts.low, "age_max": facts.high},
    }


def _join_to_first(moment: Moment, world: World, alert: Alert, story: Story) -> None:
    """The same event told before: the alert goes into that incident, or is named a duplicate of the first."""
    first_message = moment.session.get_one(Message, world.arrived[story.echo_of or 0])
    first = moment.session.get(Alert, first_message.outcome_id or "")
    if first is None:
        return
    officer = _whose(world, alert) if alert.region == first.region else world.desk.other(Role.FOCAL_POINT)
    if story.course is Course.ATTACHED and first.incident_id:
        joining = Joining(alert.version, (ViolationType(story.facts.violation),))
        openings.attach(moment.session, alert.id, first.incident_id, joining, by=(officer, moment.now))
        return
    wanted = Triage(AlertStatus.DUPLICATE, world.words("duplicate"), alert.version, first.reference)
    alerts.triage(moment.session, alert.id, wanted, officer=officer, now=moment.now)
