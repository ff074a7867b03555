"""Pieces without a header: what was cut because it was long is put together, what was short by itself is left alone."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from gateway import clock
from gateway.casework import intake, pieces
from gateway.casework.later_messages import text_of
from gateway.channels import simulator
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.current import current
from workers import parts as joiner

LONG = "ENF REC 3G ANSONGO 14/11 // " + "ils sont venus la nuit avec deux voitures et ont pris les garcons. " * 5
FIRST, SECOND, THIRD = LONG[:153], LONG[153:306], LONG[306:]
SECOND_OF_TIME = timedelta(seconds=1)


def _arrives(body, *, ago=0, sent=None, sender="+22370000001"):
    now = clock.now()
    sent_at = None if sent is None else now - sent * SECOND_OF_TIME
    inbound = replace(simulator.inbound(sender, body), is_unjoined=True, sent_at=sent_at)
    with db.transaction() as session:
        received_at = now - ago * SECOND_OF_TIME
        return intake.receive(session, inbound, keys=current().inbox(), now=received_at).message_id


def _texts(street):
    joiner.join()
    street.work()
    with db.reading() as session:
        read = session.scalars(select(Message).where(Message.outcome.is_not(None)).order_by(Message.received_at)).all()
    return [text_of(message) for message in read]


@pytest.mark.parametrize(("length", "is_full"), [(160, True), (153, True), (159, True), (140, False), (161, False)])
def test_a_piece_is_known_by_its_length(length, is_full):
    assert pieces.is_full("a" * length) is is_full
    assert pieces.is_full("a" * (length - 2) + "€") is is_full


@pytest.mark.parametrize(("length", "is_full"), [(70, True), (67, True), (66, True), (50, False), (153, False)])
def test_letters_outside_the_alphabet_leave_room_for_fewer(length, is_full):
    assert pieces.is_full("ɛ" * length) is is_full


def test_pieces_that_follow_one_another_are_one_report(street):
    for ago, body in ((14, FIRST), (13, SECOND), (12, THIRD)):
        _arrives(body, ago=ago)
    assert _texts(street) == [LONG]
    [alert] = street.all(Alert)
    assert "parts_guessed" in {problem["code"] for problem in alert.parsed["problems"]}
    assert len(street.carrier.sent) == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_clock_of_the_phone_puts_them_in_order(street, order):
    for place in order:
        _arrives((FIRST, SECOND, THIRD)[place], ago=12, sent=40 - place)
    assert _texts(street) == [LONG]


def test_a_short_text_is_read_by_itself_as_soon_as_nothing_can_come_before_it(street):
    _arrives("ENF REC 3G ANSONGO 14/11", ago=5)
    assert _texts(street) == []
    _arrives("ENF TUE 1F GAO 13/11", ago=15, sender="+22370000002")
    assert _texts(street) == ["ENF TUE 1F GAO 13/11"]


def test_what_comes_later_than_a_minute_is_another_message(street):
    _arrives(FIRST, ago=90)
    _arrives("ENF TUE 1F GAO 13/11", ago=15)
    assert _texts(street) == [FIRST, "ENF TUE 1F GAO 13/11"]


def test_a_full_text_that_nothing_follows_is_read_by_itself(street):
    _arrives(FIRST, ago=50)
    assert _texts(street) == []
    _arrives(FIRST, ago=61, sender="+22370000002")
    assert _texts(street) == [FIRST]


def test_texts_of_two_phones_are_not_joined(street):
    _arrives(FIRST, ago=14)
    _arrives(SECOND[:50], ago=13, sender="+22370000002")
    assert _texts(street) == [SECOND[:50]]


def test_who_never_pauses_is_read_all_the_same_and_no_chain_is_endless(street):
    for number in range(25):
        _arrives("x" * 153, ago=125 - 5 * number)
    assert joiner.join() == 20
    waiting = [message for message in street.all(Message) if message.state is MessageState.WAITING_PARTS]
    assert len(waiting) == 5
