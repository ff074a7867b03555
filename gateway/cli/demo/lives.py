"""The life of one message of the plan: it arrives, is answered, and the desk makes something of it."""

from datetime import timedelta

from sqlalchemy import select

from gateway.cli.demo import street, triaging, writing
from gateway.cli.demo.agenda import Life, Moment
from gateway.cli.demo.plan import Story
from gateway.cli.demo.world import World
from gateway.records.alert import Alert
from gateway.records.codes import Outcome
from gateway.records.message import Message


def told(world: World, place: int, story: Story) -> Life:
    """From the phone to the end of its course; `place` is that in the plan."""
    moment = yield story.at
    world.arrived[place] = message_id = street.text(moment, world, story.sender, story.text)
    moment = yield moment.now + timedelta(seconds=world.rng.randint(3, 40))
    street.answer(moment, world, message_id)
    message = moment.session.get_one(Message, message_id)
    if story.follow_up and message.reference:
        world.agenda.add(_followed_up(world, story, message.reference, moment))
    if message.outcome in (Outcome.ALERT, Outcome.READING) and message.outcome_id:
        for alert_id in _came_with(message, moment):
            world.agenda.add(_dealt_with(world, story, alert_id, moment))
        yield from triaging.course(world, story, message.outcome_id, moment)
    elif message.outcome is Outcome.FEEDBACK and message.outcome_id:
        yield from triaging.complaint(world, story, message.outcome_id, moment)


def _came_with(message: Message, moment: Moment) -> list[str]:
    """The other reports of the same message."""
    others = select(Alert.id).where(Alert.message_id == message.id, Alert.id != message.outcome_id)
    return list(moment.session.scalars(others.order_by(Alert.part)))


def _dealt_with(world: World, story: Story, alert_id: str, moment: Moment) -> Life:
    """Each of them by itself, a little later."""
    moment = yield world.later(moment.now, (0.1, 2.0))
    yield from triaging.course(world, story, alert_id, moment)


def _followed_up(world: World, story: Story, reference: str, moment: Moment) -> Life:
    """The same phone writes once more: what was missing, a correction, the same again, or that it was wrong."""
    wait = (0.02, 0.2) if story.follow_up == "again" else (0.1, 30.0)
    moment = yield world.later(moment.now, wait)
    body = story.text
    if story.follow_up != "again":
        body = writing.follow_up(
            world.rng,
            reference,
            story.facts,
            on=moment.now.date(),
            what=str(story.follow_up),
            language=story.sender.language,
        )
    message_id = street.text(moment, world, story.sender, body)
    moment = yield moment.now + timedelta(seconds=world.rng.randint(3, 40))
    street.answer(moment, world, message_id)
