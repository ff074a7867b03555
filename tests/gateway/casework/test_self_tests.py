"""A text of our own goes the whole way, counts nowhere, is taken out again; an alarm when it does not arrive."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from gateway import clock
from gateway.casework import alarms, flow, invariants, self_tests, silence
from gateway.casework.invariants import Ground
from gateway.records import db
from gateway.records.codes import AlarmKind
from gateway.records.message import Message
from gateway.records.self_test import SelfTest
from gateway.records.states import MessageState
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.street import rows

MINUTE = timedelta(minutes=1)


def _begin(sid=None, number=twilio.OUR_NUMBER, ago=timedelta()):
    sid = sid or twilio.message_sid()
    with db.transaction() as session:
        self_tests.begin(session, channel="twilio", our_number=number, provider_id=sid, now=clock.now() - ago)
    return sid


def _gather(later=timedelta()):
    with db.transaction() as session:
        return self_tests.gather(session, now=clock.now() + later)


def _open():
    with db.reading() as session:
        return {alarm.subject: alarm.figure for alarm in alarms.opened(session, AlarmKind.SELF_TEST)}


def test_it_is_read_counted_nowhere_and_taken_out(street):
    before = rows()
    sid = _begin()
    message = street.text(self_tests.text(), self_tests.SENDER, MessageSid=sid)
    assert message.is_training
    assert street.carrier.sent == []
    with db.reading() as session:
        assert flow.by_day(session, now=clock.now(), zone=street.office.timezone) == []
        assert silence.of_channels(session, after=timedelta(days=2), now=clock.now()) == []
    assert _gather() == 1
    changed = {name for name, count in rows().items() if count != before[name]}
    assert changed == {"self_tests", "audit_entries", "audit_heads"}
    with db.reading() as session:
        assert session.scalars(select(SelfTest)).one().arrived_at is not None
        findings = invariants.examine(session, Ground(clock.now()))
    assert [finding.number for finding in findings if finding.is_broken] == []
    assert (_gather(), _open()) == (0, {})


def test_another_message_is_never_taken_out(street):
    _begin()
    street.text("TEST ENF REC 3G ANSONGO 14/11")
    assert _gather() == 0
    assert rows()["messages"] == 1


def test_one_that_nobody_reads_in_time_raises_an_alarm_until_the_next_arrives(street):
    sid = _begin(ago=6 * MINUTE)
    street.post(self_tests.text(), self_tests.SENDER, MessageSid=sid)
    _gather()
    assert _open() == {twilio.OUR_NUMBER: 6}
    street.work()
    assert _gather() == 1
    assert _open() == {}


def test_one_that_waits_for_less_than_its_time_is_no_alarm(street):
    _begin(ago=4 * MINUTE)
    _gather()
    assert _open() == {}
    _gather(later=2 * MINUTE)
    assert _open() == {twilio.OUR_NUMBER: 6}


def test_one_that_was_refused_is_an_alarm_at_once(street):
    _begin()
    with db.transaction() as session:
        self_tests.refused(session, session.scalars(select(SelfTest.id)).one(), "status_403")
    _gather()
    assert _open() == {twilio.OUR_NUMBER: 0}


@pytest.mark.parametrize("state", [MessageState.QUARANTINED, MessageState.DEAD])
def test_one_that_stays_behind_is_an_alarm(street, state):
    sid = _begin()
    street.post(self_tests.text(), self_tests.SENDER, MessageSid=sid)
    with db.transaction() as session:
        session.execute(update(Message).values(state=state))
    _gather()
    assert _open() == {twilio.OUR_NUMBER: 0}


def test_each_number_has_its_own(street):
    _begin(ago=6 * MINUTE)
    _begin(number="+22370009998", ago=3 * MINUTE)
    _begin(number="+22370009998", ago=7 * MINUTE)
    _gather()
    assert _open() == {twilio.OUR_NUMBER: 6}


def test_old_ones_are_forgotten(street):
    _begin(ago=self_tests.KEPT + MINUTE)
    _gather()
    assert rows()["self_tests"] == 0


def test_no_two_are_the_same():
    assert len({self_tests.text() for _ in range(100)}) == 100
