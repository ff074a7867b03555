"""Replies leave at most once, whatever happens on the way."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from gateway import clock
from gateway.dispatch import Job
from gateway.errors import ChannelError
from gateway.records import db
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import ReplyState
from workers import outbox
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


NIGHT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
WRITTEN = [
    # received, sent by the phone: minutes before; then what becomes of the reply at three in the morning
    (1, None, ReplyState.DELIVERED, None),
    (30, None, ReplyState.PENDING, "quiet"),
    (1, 300, ReplyState.PENDING, "quiet"),
    (30, 1, ReplyState.PENDING, "quiet"),
]


@pytest.mark.parametrize(("received", "sent", "state", "reason"), WRITTEN)
def test_at_night_only_who_has_just_written_is_answered(make_street, received, sent, state, reason):
    street = make_street(LAKANA_QUIET_HOURS="21:00-06:00")
    with time_machine.travel(NIGHT - timedelta(minutes=received), tick=False):
        street.post(BODY)
        if sent is not None:
            _put(Message, sent_at=NIGHT - timedelta(minutes=sent))
    with time_machine.travel(NIGHT, tick=False):
        street.work()
    [reply] = street.all(Reply)
    assert (reply.state, reply.reason) == (state, reason)
    if state is ReplyState.PENDING:
        assert (reply.next_try_at, street.carrier.sent) == (NIGHT.replace(hour=6), [])
        with time_machine.travel(NIGHT.replace(hour=6), tick=False):
            sweep()
            street.work()
        assert [each.state for each in street.all(Reply)] == [ReplyState.DELIVERED]


def test_an_office_without_quiet_hours_answers_at_any_time(make_street):
    street = make_street(LAKANA_QUIET_HOURS="off")
    with time_machine.travel(NIGHT - timedelta(hours=1), tick=False):
        street.post(BODY)
    with time_machine.travel(NIGHT, tick=False):
        street.work()
    assert [reply.state for reply in street.all(Reply)] == [ReplyState.DELIVERED]


def test_what_could_not_leave_for_a_day_is_not_sent_any_more(make_street):
    street = make_street(LAKANA_QUIET_HOURS="off")
    street.carrier.trouble = _raising(ChannelError("unreachable", retryable=True))
    street.text(BODY)
    street.carrier.trouble = None
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        sweep()
        street.work()
    [reply] = street.all(Reply)
    assert (reply.state, reply.reason, street.carrier.sent) == (ReplyState.SUPPRESSED, "late", [])


def test_more_texts_than_the_channel_carries_leave_one_after_the_other(make_street):
    street = make_street(LAKANA_TEXTS_PER_SECOND="2")
    with time_machine.travel(NIGHT, tick=False):
        for number in range(8):
            street.post(BODY, f"+2237000000{number}")
        street.work()
    told = sorted((reply.next_try_at or NIGHT, reply.reason or "") for reply in street.all(Reply))
    assert [((at - NIGHT).total_seconds(), reason) for at, reason in told] == [
        *[(0, "")] * 3, (0.5, "paced"), (1, "paced"), (1.5, "paced"), (2, "paced"), (2.5, "paced"),
    ]  # fmt: skip
    sent = []
    for tenths in range(0, 31, 5):
        with time_machine.travel(NIGHT + timedelta(seconds=tenths / 10), tick=False):
            outbox.ring()
            street.work()
        sent.append(len(street.carrier.sent))
    assert sent == [3, 4, 5, 6, 7, 8, 8]


def test_the_simulated_phone_has_no_pace(make_street):
    street = make_street(LAKANA_TEXTS_PER_SECOND="1", TWILIO_AUTH_TOKEN="", TWILIO_ACCOUNT_SID="")
    assert street.office.rates == {}


def _put(record, **values):
    with db.transaction() as session:
        session.execute(update(record).values(values))
