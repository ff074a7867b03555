"""The same words again: recognised, however closely the second reading follows the first."""

import threading

import pytest

from gateway import clock
from gateway.casework import reading, turns
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.message import Message
from gateway.records.states import MessageState
from parsers import parse
from tests.stand_ins import twilio_webhooks

BODY = "ENF REC 3G ANSONGO 14/11"


def _opened(street, sender):
    """Two messages with the same words, claimed and opened by two workers."""
    found = []
    for message_id in [street.arrived(BODY, sender) for _ in range(2)]:
        with db.transaction() as session:
            claim = turns.claim(session, message_id, now=clock.now())
        with db.reading() as session:
            found.append(reading.open_message(session, claim, street.office))
    return found


def _settle(session, opened, street):
    parsed = parse(opened.body, received_on=opened.received_on, reporter=opened.context)
    reading.settle(session, opened, parsed, office=street.office, now=clock.now())
    session.flush()


def _settle_alone(opened, street):
    with db.transaction() as session:
        _settle(session, opened, street)


@pytest.mark.parametrize("sender", [twilio_webhooks.SENDER, "ORANGE"])
def test_two_workers_that_read_the_same_words_at_once_make_one_report(street, sender):
    street.text("AIDE", sender)  # the sender is known: no unique key of a new number stands in between
    first, second = _opened(street, sender)
    follower = threading.Thread(target=_settle_alone, args=(second, street))
    with db.transaction() as session:
        _settle(session, first, street)
        follower.start()
        follower.join(1.0)
        assert follower.is_alive(), "the second did not wait for the first"
    follower.join(30)
    assert [alert.message_id for alert in street.all(Alert)] == [first.claim.message_id]
    repeated = next(each for each in street.all(Message) if each.id == second.claim.message_id)
    assert (repeated.state, repeated.duplicate_of_id) == (MessageState.DUPLICATE, first.claim.message_id)


def test_two_workers_that_meet_a_new_number_at_once_make_one_report(street):
    first, second = _opened(street, "+22370000007")
    follower = threading.Thread(target=_settle_alone, args=(second, street))
    with db.transaction() as session:
        _settle(session, first, street)
        follower.start()
        follower.join(0.5)
    follower.join(30)
    assert [alert.message_id for alert in street.all(Alert)] == [first.claim.message_id]
