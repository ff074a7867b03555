"""The jobs and the table of them: each does one piece of what waits for it, and tells whether more may wait."""

import secrets
import threading
from collections.abc import Callable, Mapping

from gateway import clock, dispatch, failpoint
from gateway.casework import sending, turns
from gateway.channels.contract import Sent
from gateway.dispatch import Job
from gateway.errors import ChannelError, LakanaError
from gateway.records import db
from parsers import parse
from workers import batch
from workers.failing import note, tried
from workers.shop import Shop
from workers.suspect import parse_apart

MOST_TOGETHER = 100
SENT_TOGETHER = 20
LANES = 1 << 16


class _Turns(threading.local):
    """Where this worker's last batch ended; the first begins anywhere, so that many workers begin apart."""

    def __init__(self) -> None:
        begin = secrets.randbelow(LANES)
        self.turn = turns.Turn(begin, begin)


_here = _Turns()


def read(shop: Shop) -> bool:
    """Reads the next batch; whether more may wait."""
    with db.transaction() as session:
        claims, _here.turn = turns.claim_next(session, _here.turn, most=MOST_TOGETHER, now=clock.now())
    if not claims:
        return False
    failpoint.hit("after_claim")
    if len(claims) == MOST_TOGETHER:
        dispatch.ring(Job.READ)  # another worker, if one is free, takes the next batch
    return batch.read(claims, shop, parse)


def read_again(shop: Shop) -> bool:
    """Reads one message that broke off before: alone, and where it can break nothing but itself."""
    with db.transaction() as session:
        claim = turns.claim_again(session, now=clock.now())
    if claim is None:
        return False
    failpoint.hit("after_claim")
    return batch.read([claim], shop, parse_apart)


def send(shop: Shop) -> bool:
    """Hands over the replies that are due, the oldest first, each claimed only when its turn has come."""
    with db.reading() as session:
        due = sending.due(session, now=clock.now(), most=SENT_TOGETHER)
    return bool(due) and all(_send(reply_id, shop) for reply_id in due)


def _send(reply_id: str, shop: Shop) -> bool:
    with db.transaction() as session:
        claim = sending.claim(session, reply_id, office=shop.office, now=clock.now())
    if claim is None:
        return True
    failpoint.hit("after_claim")
    error = tried(lambda: _deliver(claim, shop))
    return error is None or note(Job.SEND, claim, sending.fail, error)


def _deliver(claim: sending.Claim, shop: Shop) -> None:
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


JOBS: Mapping[Job, Callable[[Shop], bool]] = {Job.READ: read, Job.READ_AGAIN: read_again, Job.SEND: send}
