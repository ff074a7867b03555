"""The outbox beside the jobs: rings in time for what had to wait, and asks the provider's log about what is unknown."""

from datetime import timedelta

from sqlalchemy import exists, select

from gateway import clock, dispatch, log
from gateway.casework import unknown
from gateway.dispatch import Job
from gateway.errors import ChannelError
from gateway.records import db
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from workers.shop import shop

JUST_DUE = timedelta(seconds=3)  # what came due longer ago is the sweep's


def ring() -> bool:
    """Rings when the moment of a reply has just come; whether it did."""
    now = clock.now()
    due = (Reply.state == ReplyState.PENDING) & (Reply.next_try_at <= now) & (Reply.next_try_at > now - JUST_DUE)
    with db.reading() as session:
        is_due = bool(session.scalar(select(exists().where(due))))
    if is_due:
        dispatch.ring(Job.SEND)
    return is_due


def ask_logs() -> int:
    """One round over the replies of unknown outcome; how many were asked about."""
    asked = 0
    for provider in shop().logs:
        with db.reading() as session:
            doubts = unknown.due(session, provider.channel, office=shop().office, now=clock.now())
        for doubt in doubts:
            try:
                logged = provider.sent_to(doubt.number, since=doubt.since)
            except ChannelError as error:
                with db.transaction() as session:
                    unknown.unanswered(session, doubt, now=clock.now())
                log.event("log_unanswered", channel=provider.channel, reason=error.reason)
                break
            with db.transaction() as session:
                state = unknown.settle(session, doubt, logged, now=clock.now())
            log.event("reply_looked_up", id=doubt.reply_id, state=state.value, channel=provider.channel)
            asked += 1
    return asked
