"""The street side of the demonstration: texts go in and are read and answered as any text is."""

import secrets

from sqlalchemy import select

from gateway.casework import intake, reading, sending, simulation, turns
from gateway.channels import simulator, twilio
from gateway.channels.contract import Inbound
from gateway.cli.demo.agenda import Moment
from gateway.cli.demo.people import Sender
from gateway.cli.demo.world import World
from gateway.errors import LakanaError
from gateway.records.codes import SenderKind
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from gateway.texts import gsm
from parsers import parse

_ACCOUNT = "AC" + "0" * 32
_OUR_NUMBER = "+22370000000"


class NotRead(LakanaError):
    """A text that was just stored could not be claimed: somebody else works on this database."""

    code = "not_read"


def text(moment: Moment, world: World, sender: Sender, body: str) -> str:
    """One text from one phone, stored and read; returns the id of its message."""
    simulation.introduce(moment.session, _phone(sender), now=moment.now)
    received = intake.receive(moment.session, _inbound(sender, body), keys=world.keys, now=moment.now)
    claim = turns.claim(moment.session, received.message_id, now=moment.now)
    if claim is None:
        raise NotRead(received.message_id)
    opened = reading.open_message(moment.session, claim, world.office)
    parsed = parse(
        opened.body,
        received_on=opened.received_on,
        reporter=opened.context,
        codebook=world.office.codebook_folder,
    )
    reading.settle(moment.session, opened, parsed, office=world.office, now=moment.now)
    return received.message_id


def answer(moment: Moment, world: World, message_id: str) -> None:
    """The prepared reply arrives on the phone."""
    due = select(Reply.id).where(Reply.message_id == message_id, Reply.state == ReplyState.PENDING)
    for reply_id in moment.session.scalars(due).all():
        claim = sending.claim(moment.session, reply_id, office=world.office, now=moment.now)
        if claim is not None:
            outgoing = sending.write_out(moment.session, claim, world.office)
            sent = simulator.SimulatorSender().send(outgoing)
            sending.sent(moment.session, claim, sent, now=moment.now)


def _inbound(sender: Sender, body: str) -> Inbound:
    """As Twilio would hand it over; in a demonstration its replies go to the simulated phone all the same."""
    return Inbound(
        channel=twilio.CHANNEL,
        account=_ACCOUNT,
        provider_id=f"SM{secrets.token_hex(16)}",
        our_number=_OUR_NUMBER,
        sender=sender.number,
        sender_kind=SenderKind.PHONE,
        body=body,
        segments=gsm.segments(body),
    )


def _phone(sender: Sender) -> simulation.Phone:
    return simulation.Phone(
        key="demo",
        number=sender.number,
        language=sender.language,
        mode=sender.mode,
        area=sender.region.code if sender.is_registered else None,
        project=sender.project,
        is_registered=sender.is_registered,
        is_training=sender.is_training,
    )
