"""The figures of the service: all that an alert rule needs, whatever is broken, and nothing about a person."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.casework import alarms
from gateway.records import db
from gateway.records.codes import AlarmKind
from gateway.records.message import Message
from gateway.records.states import MessageState, ReplyState
from gateway.web.metrics import Metrics
from tests.stand_ins import twilio_webhooks as twilio

LABELS = {"channel", "reason", "result", "state", "kind"}


def _figures(street):
    """Every sample as `name{labels}` with its figure."""
    text = street.client.get("/metrics").text
    return {name: float(figure) for name, figure in re.findall(r"(?m)^([a-z][^ #]*) (\S+)$", text)}


def test_a_message_that_came_twice(street):
    sid = twilio.message_sid()
    for _ in range(2):
        street.text("ENF REC 3G ANSONGO 14/11", MessageSid=sid)
    street.client.post("/twilio/sms", data={"Body": "x"})
    found = _figures(street)
    for name in ("received", "accepted", "duplicates"):
        assert found[f'webhook_{name}_total{{channel="twilio"}}'] == (2 if name == "received" else 1)
    assert found['webhook_rejected_total{reason="absent"}'] == 1
    assert found['lakana_messages{state="done"}'] == 1
    assert found['lakana_replies{state="delivered"}'] == 1


def test_what_was_received_was_accepted_or_repeated_or_kept_apart(street):
    sid = twilio.message_sid()
    for body, changes in (("one", {}), ("two", {"MessageSid": sid}), ("two", {"MessageSid": sid}), ("x", {"To": "?"})):
        street.post(body, **changes)
    found = _figures(street)

    def total(name):
        return sum(figure for sample, figure in found.items() if sample.startswith(f"webhook_{name}_total"))

    assert total("received") == total("accepted") + total("duplicates") + total("quarantined") == 4


def test_a_state_in_which_nothing_is_any_more_is_nought(street):
    street.post("ENF REC 3G ANSONGO 14/11")
    assert _figures(street)['lakana_messages{state="received"}'] == 1
    street.work()
    found = _figures(street)
    assert {found[f'lakana_messages{{state="{state}"}}'] for state in MessageState if state != "done"} == {0}
    assert all(f'lakana_replies{{state="{state}"}}' in found for state in ReplyState)


def test_what_an_operator_has_to_know(street, tmp_path):
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "one").touch()
    street.post("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Message).values(received_at=clock.now() - timedelta(minutes=7)))
        for kind, figure in ((AlarmKind.RECONCILE_MISSING, 4), (AlarmKind.RECONCILE_FORGED, 1)):
            alarms.observe(session, kind, {"": figure}, now=clock.now())
    found = _figures(street)
    assert found["lakana_oldest_unprocessed_seconds"] == pytest.approx(420, abs=30)
    assert (found["lakana_spool_size"], found["lakana_audit_ok"], found["lakana_database_up"]) == (1, 1, 1)
    assert (found["lakana_reconcile_missing"], found["lakana_reconcile_forged"]) == (4, 1)
    assert found['lakana_alarms{kind="reconcile_missing"}'] == 1
    assert 0 < found["lakana_disk_used_ratio"] < 1
    with db.transaction() as session:
        alarms.observe(session, AlarmKind.AUDIT_BROKEN, {"": 3}, now=clock.now())
    assert _figures(street)["lakana_audit_ok"] == 0


def test_without_its_database_it_still_tells_what_it_counted(make_street):
    street = make_street()
    street.post("ENF REC 3G ANSONGO 14/11")
    db.disconnect()
    found = _figures(street)
    assert (found["lakana_database_up"], found['webhook_received_total{channel="twilio"}']) == (0, 1)
    assert "lakana_spool_size" not in found


def test_no_label_and_no_figure_is_about_a_person(street):
    for body in ("ENF REC 3G ANSONGO 14/11", "PLAINTE un agent", "bonjour"):
        street.text(body)
    text = street.client.get("/metrics").text
    assert set(re.findall(r"[{,](\w+)=", text)) <= LABELS
    for forbidden in ("ANSONGO", "ML07", twilio.SENDER, twilio.SENDER[1:], twilio.OUR_NUMBER, twilio.ACCOUNT):
        assert forbidden not in text


def test_a_process_of_several_tells_what_all_counted(tmp_path):
    """With the library in its mode for one process, a shared folder without files is empty, and never an error."""
    assert b"lakana_database_up 0.0" in Metrics(tmp_path).written(None, disk_used=0.5)
