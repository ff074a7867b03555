"""REL-15: whoever may have got a text never gets it a second time."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.records import db
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import ReplyState
from workers import outbox
from workers.sweep import sweep

BODY = "ENF REC 3G ANSONGO 14/11"


def _pass(minutes):
    """Time goes by for whatever is unknown."""
    by = timedelta(minutes=minutes)
    with db.transaction() as session:
        for reply in session.query(Reply).all():
            reply.prepared_at -= by
            if reply.settled_at:
                reply.settled_at -= by
            if reply.asked_at:
                reply.asked_at -= by


def _lost_answer(street, api, *, sender="+22370000001", body=BODY):
    """Twilio is asked to send, and nobody hears what it said."""
    api.is_broken = True
    message = street.text(body, sender)
    api.is_broken = False
    reply = street.reply_to(message)
    assert (reply.state, reply.provider_id) == (ReplyState.UNKNOWN, None)
    return message


def test_a_text_that_left_is_found_and_never_sent_again(wired, api):
    message = _lost_answer(wired, api)
    assert outbox.ask_logs() == 0
    _pass(2)
    assert outbox.ask_logs() == 1
    reply = wired.reply_to(message)
    assert (reply.state, reply.provider_id, reply.reason) == (ReplyState.SENT, f"SM{1:032x}", None)
    _pass(60)
    assert (outbox.ask_logs(), sweep().rung, wired.work(), len(api.taken)) == (0, 0, 0, 1)


FATES = [
    ("delivered", None, ReplyState.DELIVERED, None),
    ("queued", None, ReplyState.SENT, None),
    ("undelivered", 30003, ReplyState.FAILED, "unreachable"),
]


@pytest.mark.parametrize(("status", "code", "state", "reason"), FATES)
def test_what_became_of_it_is_taken_over(wired, api, status, code, state, reason):
    message = _lost_answer(wired, api)
    api.log.messages[0] |= {"status": status, "error_code": code}
    _pass(2)
    outbox.ask_logs()
    reply = wired.reply_to(message)
    assert (reply.state, reply.reason) == (state, reason)


def test_what_is_surely_not_there_is_sent_once_more_and_then_never(wired, api):
    api.forgets = True
    message = _lost_answer(wired, api)
    for minutes, asks in ((2, 1), (4, 2)):
        _pass(minutes)
        assert outbox.ask_logs() == 1
        assert (wired.reply_to(message).asks, len(api.taken)) == (asks, 1)
    _pass(15)
    api.is_broken = True
    assert outbox.ask_logs() == 1
    assert wired.reply_to(message).state is ReplyState.PENDING
    wired.work()
    assert (wired.reply_to(message).state, len(api.taken)) == (ReplyState.UNKNOWN, 2)
    for minutes in (2, 4, 15):
        _pass(minutes)
        outbox.ask_logs()
    reply = wired.reply_to(message)
    assert (reply.state, reply.reason, reply.is_resent) == (ReplyState.FAILED, "not_in_log", True)
    assert (wired.work(), sweep().rung, len(api.taken)) == (0, 0, 2)


def test_after_an_hour_nobody_waits_for_it_and_it_rests(wired, api):
    api.forgets = True
    message = _lost_answer(wired, api)
    _pass(90)
    for _ in range(3):
        outbox.ask_logs()
        _pass(2)
    reply = wired.reply_to(message)
    assert (reply.state, reply.reason, len(api.taken)) == (ReplyState.FAILED, "not_in_log", 1)


def test_while_the_log_does_not_answer_nothing_is_sent_and_nothing_given_up(wired, api):
    message = _lost_answer(wired, api)
    api.log.status = 500
    for _ in range(10):
        _pass(30)
        assert outbox.ask_logs() == 0
    reply = wired.reply_to(message)
    assert (reply.state, reply.asks, len(api.taken)) == (ReplyState.UNKNOWN, 0, 1)
    asked = len(api.log.asked)
    outbox.ask_logs()
    assert len(api.log.asked) == asked


def test_two_alike_to_one_phone_are_told_apart(wired, api):
    """The first left and its answer was lost; the second never left: each finds what is its own."""
    first = _lost_answer(wired, api, body="AIDE")
    api.forgets = True
    second = _lost_answer(wired, api, body="ETAT K7Q28")
    _pass(2)
    assert outbox.ask_logs() == 2
    assert [wired.reply_to(each).state for each in (first, second)] == [ReplyState.SENT, ReplyState.UNKNOWN]


@pytest.mark.parametrize("is_redacting", [False, True])
def test_the_same_words_sent_before_are_not_taken_for_it(wired, api, is_redacting):
    first = wired.text("AIDE")
    assert wired.reply_to(first).state is ReplyState.SENT
    api.forgets, api.log.is_redacting = True, is_redacting
    second = _lost_answer(wired, api, body="ETAT K7Q28")
    _pass(2)
    outbox.ask_logs()
    assert wired.reply_to(second).state is ReplyState.UNKNOWN


def test_where_the_log_has_erased_the_words_any_text_at_that_time_may_be_it(wired, api):
    message = _lost_answer(wired, api)
    api.log.is_redacting = True
    _pass(2)
    outbox.ask_logs()
    assert wired.reply_to(message).state is ReplyState.SENT


NOT_OURS = [
    {"body": "something else"},
    {"from": "+22370009998"},
    {"date_created": "Fri, 20 Nov 2020 12:00:00 +0000"},
    {"direction": "inbound"},
]


@pytest.mark.parametrize("changes", NOT_OURS)
def test_another_text_to_that_phone_is_not_taken_for_it(wired, api, changes):
    message = _lost_answer(wired, api)
    api.log.messages[0] |= changes
    _pass(2)
    outbox.ask_logs()
    assert (wired.reply_to(message).state, wired.reply_to(message).asks) == (ReplyState.UNKNOWN, 1)


def test_a_worker_that_died_while_sending_leaves_a_question_not_a_second_text(wired, api):
    message = wired.text(BODY)
    dead = {"state": ReplyState.SENDING, "provider_id": None, "lease_until": clock.now() - timedelta(seconds=1)}
    with db.transaction() as session:
        session.execute(update(Reply).values(dead))
    assert sweep().unknown == 1
    _pass(2)
    outbox.ask_logs()
    assert (wired.reply_to(message).state, len(api.taken)) == (ReplyState.SENT, 1)


def test_a_receipt_that_comes_first_is_not_overwritten(wired, api, monkeypatch):
    message = _lost_answer(wired, api)
    _pass(2)
    asked = api.log.answer

    def receipt_in_between(path):
        with db.transaction() as session:
            session.execute(update(Reply).values(state=ReplyState.DELIVERED, provider_id=f"SM{1:032x}"))
        return asked(path)

    monkeypatch.setattr(api.log, "answer", receipt_in_between)
    outbox.ask_logs()
    reply = wired.reply_to(message)
    assert (reply.state, reply.asks, reply.asked_at) == (ReplyState.DELIVERED, 0, None)


def test_a_number_that_was_erased_is_not_asked_about(wired, api):
    _lost_answer(wired, api)
    with db.transaction() as session:
        session.execute(update(Reporter).values(number_sealed=None))
    _pass(2)
    assert outbox.ask_logs() == 0
