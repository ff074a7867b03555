"""The jobs and the table of them: how each claims its row, does its work, and notes that it could not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gateway import clock, failpoint
from gateway.casework import reading, sending
from gateway.channels.contract import Sent
from gateway.dispatch import Job
from gateway.errors import ChannelError, LakanaError
from gateway.records import db
from workers import suspect
from workers.shop import Shop, shop


@dataclass(frozen=True)
class Work:
    """`claim` counts the attempt, and is committed before `do` begins; `fail` is asked when `do` raised anything."""

    claim: Callable[..., Any]
    do: Callable[[Any, Shop], None]
    fail: Callable[..., None]


def read(claim: reading.Claim, shop: Shop) -> None:
    """Understands a message and settles it."""
    with db.reading() as session:
        opened = reading.open_message(session, claim, shop.office)
    understand = suspect.parser_for(claim.attempt)
    parsed = understand(
        opened.body, received_on=opened.received_on, reporter=opened.context, codebook=shop.office.codebook_folder
    )
    with db.transaction() as session:
        reading.settle(session, opened, parsed, office=shop.office, now=clock.now())
    failpoint.hit("case_after_commit")


def claim_reply(session: Session, reply_id: str, *, now: datetime) -> sending.Claim | None:
    """A reply that may leave by the rules of this office."""
    return sending.claim(session, reply_id, office=shop().office, now=now)


def send(claim: sending.Claim, shop: Shop) -> None:
    """Hands a reply to its channel, and notes what became of it."""
    became = _hand_over(claim, shop)
    failpoint.hit("outbox_after_api_before_mark")
    with db.transaction() as session:
        if isinstance(became, Sent):
            sending.sent(session, claim, became, now=clock.now())
        else:
            sending.not_sent(session, claim, became, now=clock.now())


def _hand_over(claim: sending.Claim, shop: Shop) -> Sent | ChannelError:
    """No transaction is open while we wait: the provider may take its time."""
    sender = shop.senders.get(claim.channel)
    if sender is None:
        return ChannelError("no_channel", retryable=True)
    try:
        with db.reading() as session:
            outgoing = sending.write_out(session, claim, shop.office)
    except LakanaError as error:
        return ChannelError(error.code, retryable=False)
    try:
        return sender.send(outgoing)
    except ChannelError as error:
        return error


JOBS: Mapping[Job, Work] = {
    Job.READ: Work(reading.claim, read, reading.fail),
    Job.SEND: Work(claim_reply, send, sending.fail),
}
