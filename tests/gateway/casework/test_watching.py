"""What raises an alarm, kind by kind, and what does not."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from gateway import clock
from gateway.casework import alarms, watching
from gateway.casework.reconciling import Result
from gateway.casework.watching import Post
from gateway.errors import ChannelError
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.codes import AlarmKind
from gateway.records.message import Message
from gateway.records.reconciliation import Reconciliation
from gateway.records.reply import Reply
from gateway.records.states import AlertStatus, MessageState, ReplyState
from tests.make import alert as make_alert
from tests.make import message as make_message
from workers.run import run_job
from workers.sweep import sweep


def _look(**how):
    usual = {"silence": timedelta(days=2), "waiting": timedelta(minutes=10), "disk_used": 50, "now": clock.now()}
    with db.transaction() as session:
        watching.look(session, Post(**(usual | how)))


def _open():
    with db.reading() as session:
        return {(alarm.kind, alarm.subject): alarm.figure for alarm in alarms.opened(session)}


def test_a_quiet_office_raises_none(street):
    street.text("ENF REC 3G ANSONGO 14/11")
    _look()
    assert _open() == {}


@pytest.mark.parametrize(("minutes", "figure"), [(9, None), (12, 12)])
def test_a_message_that_waits_too_long(database, open_vault, minutes, figure):
    with db.transaction() as session:
        make_message.message(session, received_at=clock.now() - timedelta(minutes=minutes))
    _look()
    assert _open().get((AlarmKind.WAITING, "")) == figure


def test_dead_messages_until_an_officer_has_dealt_with_them(street):
    for number in range(2):
        street.post(f"ENF REC {number}G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Message).values(state=MessageState.PROCESSING, attempt=5))
    street.rung()
    sweep(is_alone=True)
    _look()
    assert _open() == {(AlarmKind.DEAD, ""): 2}
    with db.transaction() as session:
        session.execute(update(Alert).values(status=AlertStatus.HANDLED))
    _look(now=clock.now() + timedelta(minutes=1))
    _look(now=clock.now() + timedelta(minutes=12))
    assert _open() == {}


@pytest.mark.parametrize(
    ("columns", "is_alarm"),
    [
        ({"state": ReplyState.PENDING, "reason": "unreachable", "attempt": 2}, True),
        ({"state": ReplyState.PENDING, "reason": "not_authorized", "attempt": 3}, True),
        ({"state": ReplyState.PENDING, "reason": "unreachable", "attempt": 1}, False),
        ({"state": ReplyState.PENDING, "reason": "busy", "attempt": 3}, False),
        ({"state": ReplyState.FAILED, "reason": "unavailable", "settled_at": clock.now()}, True),
        ({"state": ReplyState.FAILED, "reason": "unavailable", "settled_at": clock.now() - timedelta(hours=2)}, False),
        ({"state": ReplyState.SENT, "reason": None}, False),
    ],
)
def test_a_provider_that_does_not_answer(street, columns, is_alarm):
    street.text("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Reply).values(columns))
    _look()
    assert _open() == ({(AlarmKind.PROVIDER_UNREACHABLE, "twilio"): 1} if is_alarm else {})


def test_a_provider_that_was_cut_off(street):
    def cut(_outgoing):
        raise ChannelError("unreachable", retryable=True)

    street.carrier.trouble = cut
    street.text("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Reply).values(next_try_at=None))
    run_job("send")
    _look()
    assert (AlarmKind.PROVIDER_UNREACHABLE, "twilio") in _open()


def test_a_region_and_a_channel_that_fell_silent(database, open_vault):
    with db.transaction() as session:
        for days in range(3, 25):
            make_alert.alert(session, fields={"place": {"pcode": "ML0701"}}, received_at=clock.now() - timedelta(days))
        session.execute(text("UPDATE messages SET state = 'done', outcome = 'network'"))
    _look()
    assert _open() == {(AlarmKind.SILENT_REGION, "ML07"): 3, (AlarmKind.SILENT_CHANNEL, "twilio"): 3}


@pytest.mark.parametrize(("used", "figure"), [(89, None), (90, 90), (97, 97)])
def test_a_disk_that_fills(sqlite_database, used, figure):
    _look(disk_used=used)
    assert _open().get((AlarmKind.DISK, "")) == figure


def test_a_broken_audit_until_it_is_whole_again(street):
    street.text("ENF REC 3G ANSONGO 14/11")
    for action, is_whole in (("officer.added", False), ("message.read", True)):
        with db.transaction() as session:
            session.execute(text("UPDATE audit_entries SET action = :action WHERE number = 1"), {"action": action})
        with db.transaction() as session:
            assert watching.check_audit(session, now=clock.now()) is is_whole
        assert _open() == ({} if is_whole else {(AlarmKind.AUDIT_BROKEN, ""): 1})


def _compared(result, ago=0, **counts):
    with db.transaction() as session:
        at = clock.now() - timedelta(minutes=ago)
        session.add(Reconciliation(provider="twilio", at=at, since=at - timedelta(hours=6), result=result, **counts))


def test_what_the_log_of_the_provider_says_otherwise(database, open_vault):
    _compared(Result.MISSING, ago=30, missing=3, extra=2)
    _look()
    assert _open() == {(AlarmKind.RECONCILE_MISSING, "twilio"): 3, (AlarmKind.RECONCILE_FORGED, "twilio"): 2}


@pytest.mark.parametrize(("latest", "is_open"), [(Result.EQUAL, False), (Result.UNREACHABLE, True)])
def test_only_the_latest_answer_of_the_provider_counts(database, open_vault, latest, is_open):
    _compared(Result.EXTRA, ago=30, extra=1)
    _compared(latest)
    _look()
    assert ((AlarmKind.RECONCILE_FORGED, "twilio") in _open()) is is_open
