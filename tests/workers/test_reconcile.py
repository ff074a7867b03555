"""The provider's own log and the inbox say the same in the end, and what only one of them knows is told."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.casework import reconciling, self_tests
from gateway.casework.later_messages import text_of
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, MessageSource
from gateway.records.message import Message
from gateway.records.reconciliation import Reconciliation
from gateway.records.reply import Reply
from gateway.records.states import MessageState
from gateway.trust import audit
from tests.stand_ins import twilio_webhooks as twilio
from workers import reconcile, schedule
from workers.reconcile import Result
from workers.shop import shop

HOUR = timedelta(hours=1)


def _run(*, insert=True, hours=48):
    [log] = shop().logs
    return reconcile.run(log, since=clock.now() - hours * HOUR, insert=insert)


def _sent(api, street, body="ENF REC 3G ANSONGO 14/11", *, ago=HOUR, arrives=True, **changes):
    """Somebody texts: it stands in the log, and its webhook comes or is dropped."""
    fields = twilio.fields(body, **changes)
    api.log.inbound(fields, ago=ago)
    if arrives:
        assert twilio.post(street.client, fields).status_code == 200
    return fields


def _old(street, *, by=HOUR):
    with db.transaction() as session:
        session.execute(update(Message).values(received_at=clock.now() - by))


def test_when_both_say_the_same_nothing_is_done(wired, api):
    for number in range(5):
        _sent(api, wired, sender=f"+2237000000{number}")
    _old(wired)
    report = _run()
    assert (report.result, report.messages.listed, report.missing, report.extra) == (Result.EQUAL, 5, [], [])
    [kept] = wired.all(Reconciliation)
    assert (kept.result, kept.listed, kept.missing) == ("equal", 5, 0)


def test_what_was_dropped_is_taken_in_read_and_answered_once(wired, api):
    dropped = [_sent(api, wired, sender=f"+2237000000{n}", arrives=n % 2 == 0) for n in range(6)]
    api.log.page = 2
    api.log.is_doubling = True
    report = _run()
    assert (report.result, report.messages.missing, report.taken_in, report.lost) == (Result.MISSING, 3, 3, 0)
    assert sorted(report.missing) == sorted(fields["MessageSid"] for fields in dropped[1::2])
    assert _run().result is Result.EQUAL
    wired.work()
    messages = wired.all(Message)
    assert [message.state for message in messages] == [MessageState.DONE] * 6
    assert sorted(m.source for m in messages) == ["provider"] * 3 + ["reconcile"] * 3
    assert len(wired.all(Alert)) == len(api.taken) == 6


def test_without_insert_it_only_tells(wired, api):
    _sent(api, wired, arrives=False)
    for _ in range(2):
        report = _run(insert=False)
        assert (report.result, len(report.missing), report.taken_in) == (Result.MISSING, 1, 0)
    assert wired.all(Message) == []


def test_a_webhook_that_comes_after_all_changes_nothing(wired, api):
    fields = _sent(api, wired, arrives=False)
    _run()
    assert twilio.post(wired.client, fields).status_code == 200
    [message] = wired.all(Message)
    assert (message.source, message.state) == ("reconcile", MessageState.RECEIVED)
    assert 'webhook_duplicates_total{channel="twilio"} 1.0' in wired.client.get("/metrics").text


def test_two_who_compare_at_once_take_in_everything_once(wired, api):
    fields = [_sent(api, wired, arrives=False, sender=f"+2237000000{n}") for n in range(3)]
    [log] = shop().logs
    missing = list(log.messages(since=clock.now() - 48 * HOUR))
    keys = wired.app.extensions["lakana.door"].keys
    with db.transaction() as session:
        assert reconciling.take_in(session, missing, keys=keys, now=clock.now()) == 3
    with db.transaction() as session:
        assert reconciling.take_in(session, missing, keys=keys, now=clock.now()) == 0
    assert len(wired.all(Message)) == len(fields)
    assert len([e for e in wired.all(AuditEntry) if e.action == audit.Action.RECONCILED]) == 1


def test_what_has_just_been_sent_is_still_on_its_way(wired, api):
    _sent(api, wired, ago=timedelta(seconds=30), arrives=False)
    assert _run().result is Result.EQUAL


def test_a_text_fetched_a_day_later_speaks_of_the_day_it_was_sent(wired, api):
    fields = _sent(api, wired, "ENF REC 3G ANSONGO hier", ago=26 * HOUR, arrives=False)
    _run()
    wired.work()
    [alert], [message] = wired.all(Alert), wired.all(Message)
    sent_on = (clock.now() - 26 * HOUR).date()
    assert (alert.happened_from, message.provider_id) == (sent_on - timedelta(days=1), fields["MessageSid"])
    assert abs(message.sent_at - (clock.now() - 26 * HOUR)) < timedelta(minutes=1)


def test_content_that_is_gone_leaves_a_visible_gap_and_no_thanks(wired, api):
    for _ in range(2):
        _sent(api, wired, arrives=False)
    api.log.is_redacting = True
    report = _run()
    assert (report.result, report.taken_in, report.lost) == (Result.MISSING, 2, 2)
    wired.work()
    alerts = wired.all(Alert)
    assert [(alert.kind, alert.needs_check) for alert in alerts] == [(AlertKind.UNKNOWN, True)] * 2
    assert "content_lost" in {problem["code"] for problem in alerts[0].parsed["problems"]}
    assert (wired.all(Reply), api.taken) == ([], [])
    assert _run().result is Result.EQUAL


def test_content_that_comes_after_all_is_a_report_like_any_other(wired, api):
    fields = _sent(api, wired, arrives=False)
    api.log.is_redacting = True
    _run()
    for _ in range(2):
        assert twilio.post(wired.client, fields).status_code == 200
    wired.work()
    lost, found = sorted(wired.all(Message), key=lambda message: message.source)
    assert (lost.source, lost.provider_id) == (MessageSource.LOST, f"lost-{fields['MessageSid']}")
    assert (found.source, found.provider_id, found.state) == ("provider", fields["MessageSid"], MessageState.DONE)
    assert text_of(found) == fields["Body"]
    _old(wired)
    assert _run().result is Result.EQUAL


def test_a_message_that_the_provider_never_sent_raises_the_alarm_once(wired, api):
    _sent(api, wired)
    forged = twilio.fields("ENF TUE 9G GAO 14/11", sender="+22370000002")
    assert twilio.post(wired.client, forged).status_code == 200
    assert _run().result is Result.EQUAL
    _old(wired)
    for _ in range(2):
        report = _run()
        assert (report.result, report.extra) == (Result.EXTRA, [forged["MessageSid"]])
    told = [entry for entry in wired.all(AuditEntry) if entry.action == audit.Action.MESSAGE_DOUBTED]
    assert len(told) == 1
    with db.reading() as session:
        assert reconciling.doubted(session) == 1
        assert session.get(Message, told[0].subject_id).provider_id == forged["MessageSid"]


def test_a_text_of_our_own_is_not_forged(wired, api):
    _sent(api, wired)
    ours = twilio.fields(self_tests.text(), sender=self_tests.SENDER)
    with db.transaction() as session:
        self_tests.begin(
            session, channel="twilio", our_number=twilio.OUR_NUMBER, provider_id=ours["MessageSid"], now=clock.now()
        )
    assert twilio.post(wired.client, ours).status_code == 200
    _old(wired)
    assert (_run().result, _run().extra) == (Result.EQUAL, [])


def test_a_message_that_the_list_forgot_and_the_provider_knows_is_no_alarm(wired, api):
    fields = _sent(api, wired)
    _old(wired)
    api.log.messages[0]["to"] = "+22370009990"
    assert _run().result is Result.EQUAL
    assert api.log.asked[-1].endswith(f"{fields['MessageSid']}.json")


def test_what_was_kept_apart_already_raises_no_second_alarm(wired, api):
    assert twilio.post(wired.client, twilio.fields(AccountSid="AC" + "0" * 32)).status_code == 200
    _old(wired)
    assert _run().result is Result.EQUAL


@pytest.mark.parametrize("status", [401, 500])
def test_a_provider_that_does_not_answer_changes_nothing(wired, api, status):
    _sent(api, wired, arrives=False)
    api.log.status = status
    assert _run().result is Result.UNREACHABLE
    assert wired.all(Message) == []
    assert [kept.result for kept in wired.all(Reconciliation)] == ["unreachable"]


def test_a_call_nobody_took_becomes_an_entry_with_what_was_recorded(wired, api):
    api.log.call("CA" + "1" * 32, ago=HOUR)
    api.log.call("CA" + "2" * 32, ago=72 * HOUR)
    api.log.recording("RE" + "1" * 32, "CA" + "1" * 32, ago=HOUR)
    api.log.recording("RE" + "2" * 32, "CA" + "2" * 32, ago=HOUR)
    report = _run()
    assert (report.result, report.calls.missing, report.recordings.missing, report.taken_in) == (
        Result.MISSING, 2, 2, 2,
    )  # fmt: skip
    wired.work()
    alerts = wired.all(Alert)
    assert {alert.channel for alert in alerts} == {"twilio_voice"}
    assert "call_lost" in {problem["code"] for problem in alerts[0].parsed["problems"]}
    assert api.taken == []
    again = _run()
    assert (again.result, again.calls.listed, again.recordings.listed) == (Result.EQUAL, 1, 2)


def test_a_recording_of_a_call_of_our_own_is_nothing_of_ours_to_miss(wired, api):
    api.log.call("CA" + "3" * 32, ago=HOUR, direction="outbound-api")
    api.log.recording("RE" + "3" * 32, "CA" + "3" * 32, ago=HOUR)
    assert _run().result is Result.EQUAL


def test_it_is_done_every_quarter_of_an_hour_and_not_twice_at_once(wired, api):
    seconds, task = schedule.EVERY["reconcile"]
    assert (seconds, task) == (900, reconcile.scheduled)
    task()
    task()
    assert len(wired.all(Reconciliation)) == 1
    with db.transaction() as session:
        session.execute(update(Reconciliation).values(at=clock.now() - timedelta(minutes=15)))
    task()
    first, second = sorted(wired.all(Reconciliation), key=lambda kept: kept.at)
    assert abs(first.since - (clock.now() - 48 * HOUR)) < timedelta(minutes=1)
    assert abs(second.since - (first.at - 6 * HOUR)) < timedelta(seconds=1)


def test_without_a_real_account_there_is_nothing_to_compare_with(make_street):
    make_street()
    reconcile.scheduled()
    with db.reading() as session:
        assert session.query(Reconciliation).count() == 0
