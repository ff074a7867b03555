"""Replies leave at most once, whatever happens on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.dispatch import Job
from gateway.errors import ChannelError
from gateway.records import db
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import ReplyState
from workers.run import run_job
from workers.shop import Shop, use
from workers.sweep import sweep

BODY = "ENF REC 3G ANSONGO 14/11"


def _raising(error):
    def trouble(_outgoing):
        raise error

    return trouble


TROUBLE = [
    (ChannelError("busy", retryable=True), ReplyState.PENDING, "busy"),
    (ChannelError("opted_out", retryable=False), ReplyState.FAILED, "opted_out"),
    (ChannelError("no_answer", retryable=False, outcome_known=False), ReplyState.UNKNOWN, "no_answer"),
    (RuntimeError("a fault of ours"), ReplyState.UNKNOWN, "RuntimeError"),
]


@pytest.mark.parametrize(("error", "state", "reason"), TROUBLE)
def test_trouble_leaves_the_state_it_stands_for(street, error, state, reason):
    street.carrier.trouble = _raising(error)
    reply = street.reply_to(street.text(BODY))
    assert (reply.state, reply.reason, reply.attempt) == (state, reason, 1)
    assert (reply.next_try_at is not None) == (state is ReplyState.PENDING)


def test_what_may_have_gone_out_is_never_sent_again(street):
    street.carrier.trouble = _raising(ChannelError("no_answer", retryable=False, outcome_known=False))
    street.reply_to(street.text(BODY))
    street.carrier.trouble = None
    run_job(Job.SEND)
    sweep()
    assert street.work() == 0
    assert street.carrier.sent == []


def test_a_busy_provider_is_asked_again_later_and_then_no_more(street):
    street.carrier.trouble = _raising(ChannelError("busy", retryable=True))
    message = street.text(BODY)
    for attempt in range(2, 6):
        assert street.reply_to(message).state is ReplyState.PENDING
        _make_due()
        sweep()
        street.work()
        assert street.reply_to(message).attempt == attempt
    assert street.reply_to(message).state is ReplyState.FAILED


def test_a_reply_is_sent_once_however_often_the_bell_rings(street):
    street.reply_to(street.text(BODY))
    for _ in range(3):
        run_job(Job.SEND)
    assert len(street.carrier.sent) == 1
    [outgoing] = street.carrier.sent
    assert (outgoing.to, outgoing.our_number) == ("+22370000001", "+22370009999")


def test_without_the_number_nothing_can_be_sent(street):
    street.carrier.trouble = _raising(ChannelError("busy", retryable=True))
    message = street.text(BODY)
    with db.transaction() as session:
        session.execute(update(Reporter).values(number_sealed=None))
    _make_due()
    run_job(Job.SEND)
    assert street.reply_to(message).state is ReplyState.FAILED


def test_a_channel_without_a_sender_keeps_its_replies(make_street):
    street = make_street()
    use(Shop(street.office, {}))
    reply = street.reply_to(street.text(BODY))
    assert (reply.state, reply.reason) == (ReplyState.PENDING, "no_channel")


def _make_due():
    with db.transaction() as session:
        session.execute(update(Reply).values(next_try_at=clock.now() - timedelta(seconds=1)))
