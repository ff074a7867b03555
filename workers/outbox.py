"""The outbox beside the jobs: rings in time for what had to wait, and asks the provider's log about what is unknown."""

from datetime import timedelta

from sqlalchemy import select

from gateway import clock, dispatch, log
from gateway.casework import unknown
from gateway.dispatch import Job
from gateway.errors import ChannelError
from gateway.records import db
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from workers.shop import shop

# What came due longer ago is the sweep's: two rings for each, whatever the number of processes, would be too many.
JUST_DUE = timedelta(seconds=3)
MOST_AT_ONCE = 200


def ring() -> int:
    """Rings for the replies whose moment has just come."""
    now = clock.now()
    due = (Reply.state == ReplyState.PENDING) & (Reply.next_try_at <= now) & (Reply.next_try_at > now - JUST_DUE)
    with db.reading() as session:
        waiting = session.scalars(select(Reply.id).where(due).order_by(Reply.next_try_at).limit(MOST_AT_ONCE)).all()
    for reply_id in waiting:
        dispatch.ring(Job.SEND, reply_id)
    return len(waiting)


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
