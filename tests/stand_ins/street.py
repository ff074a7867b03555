"""The street: phones that text through the real intake, and a worker that reads when the test says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from gateway import codebook, settings
from gateway.casework.office import Office, office
from gateway.casework.replies import text_of
from gateway.channels.contract import Outgoing, Sent
from gateway.channels.simulator import SimulatorSender
from gateway.dispatch import Job, LocalBell
from gateway.records import catalogue, db
from gateway.records.alert import Alert
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from tests.stand_ins import twilio_webhooks
from workers.run import run_job
from workers.shop import Shop, use


@dataclass
class Carrier:
    """Carries replies; a test may put something in the way."""

    sent: list[Outgoing] = field(default_factory=list)
    trouble: Callable[[Outgoing], None] | None = None

    def send(self, outgoing: Outgoing) -> Sent:
        if self.trouble:
            self.trouble(outgoing)
        self.sent.append(outgoing)
        return SimulatorSender().send(outgoing)


@dataclass
class Street:
    """One office with its intake, its bell and its worker."""

    app: Flask
    office: Office
    bell: LocalBell
    carrier: Carrier

    @property
    def client(self) -> FlaskClient:
        """A browser without cookies, as a provider is."""
        return self.app.test_client()

    def post(self, body: str, sender: str = twilio_webhooks.SENDER, **changes: str) -> TestResponse:
        """A signed text reaches the intake; nobody has read it yet."""
        return twilio_webhooks.post(self.client, twilio_webhooks.fields(body, sender, **changes))

    def text(self, body: str, sender: str = twilio_webhooks.SENDER, **changes: str) -> Message:
        """A text that was taken in, read and answered."""
        sid = changes.setdefault("MessageSid", twilio_webhooks.message_sid())
        assert self.post(body, sender, **changes).status_code == 200
        self.work()
        with db.reading() as session:
            return session.scalars(select(Message).where(Message.provider_id == sid)).one()

    def work(self) -> int:
        """The worker does what the bell rang for; how many jobs."""
        done = 0
        while rung := self.bell.listen(0):
            run_job(rung)
            done += 1
        return done

    def arrived(self, body: str, sender: str = twilio_webhooks.SENDER, **changes: str) -> str:
        """A text reaches the intake and the bell is silenced; the id of its row."""
        sid = changes.setdefault("MessageSid", twilio_webhooks.message_sid())
        assert self.post(body, sender, **changes).status_code == 200
        self.rung()
        with db.reading() as session:
            return session.scalars(select(Message.id).where(Message.provider_id == sid)).one()

    def rung(self) -> list[Job]:
        """What the bell rang for, taken off it and left undone."""
        found = []
        while rung := self.bell.listen(0):
            found.append(rung)
        return found

    def answered(self, message: Message) -> str | None:
        """The text that came back for this message, if one did."""
        with db.reading() as session:
            reply = session.scalar(select(Reply).where(Reply.message_id == message.id))
            return text_of(reply, self.office) if reply and reply.state is ReplyState.DELIVERED else None

    def reply_to(self, message: Message) -> Reply:
        """The row in the outbox."""
        with db.reading() as session:
            return session.scalars(select(Reply).where(Reply.message_id == message.id)).one()

    def alert_of(self, message: Message) -> Alert:
        """The alert that a message became."""
        with db.reading() as session:
            return session.scalars(select(Alert).where(Alert.message_id == message.id)).one()

    def all_alerts(self, message: Message) -> Sequence[Alert]:
        """One for each report of a message, in their order."""
        with db.reading() as session:
            return session.scalars(select(Alert).where(Alert.message_id == message.id).order_by(Alert.part)).all()

    def all(self, record: type[Any]) -> Sequence[Any]:
        """Every row of one kind."""
        with db.reading() as session:
            return session.scalars(select(record)).all()


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with db.reading() as session:
        return {
            record.__tablename__: session.scalar(select(func.count()).select_from(record)) or 0
            for record in catalogue.RECORDS
        }


def open_street(app: Flask, chosen: settings.Settings, bell: LocalBell) -> Street:
    """Sets this process up as intake and worker."""
    street = Street(app, office(chosen), bell, Carrier())
    codebook.use(chosen.codebook)
    use(Shop(street.office, {"twilio": street.carrier, "simulator": street.carrier}))
    return street
