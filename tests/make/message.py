"""Builds messages as the inbox holds them, sealed for the keys of the test."""

from datetime import datetime
from functools import cache

from sqlalchemy.orm import Session

from gateway import clock
from gateway.casework import intake
from gateway.channels import simulator
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault import blind
from gateway.vault.current import current
from gateway.vault.keyring import Keyring


def message(
    session: Session,
    body: str = "ENF REC 3G ANSONGO 14/11",
    *,
    sender: str = "+22370000001",
    state: MessageState = MessageState.RECEIVED,
    received_at: datetime | None = None,
    sent_at: datetime | None = None,
) -> Message:
    """A message that came in and that nobody has read."""
    inbound = simulator.inbound(sender, body)
    received = intake.receive(session, inbound, keys=current().inbox(), now=received_at or clock.now())
    made = session.get_one(Message, received.message_id)
    made.state, made.sent_at = state, sent_at
    session.flush()
    return made


@cache
def _numbers(keyring: Keyring) -> list[str]:
    by_lane = {blind.lane(keyring.inbox(), each): each for each in (f"+2237000{at:04}" for at in range(1000))}
    return sorted(by_lane.values())


def number(keyring: Keyring, at: int) -> str:
    """The number of an invented phone; no two of them share a lane."""
    return _numbers(keyring)[at]
