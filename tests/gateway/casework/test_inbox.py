"""The inbox as a list, and running again what waits or failed."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.casework import desk_entry, inbox
from gateway.errors import NotFound, Refused
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.records.states import AlertStatus, MessageState
from gateway.trust import audit


def _lines(**asked):
    with db.reading() as session:
        return inbox.lines(session, since=asked.get("since"), states=asked.get("states", ()))


def _replay(message_id):
    with db.transaction() as session:
        inbox.replay(session, message_id, now=clock.now())


def _dead(street, body="ENF REC 3G ANSONGO 14/11"):
    """A message that could not be processed, as the desk sees it."""
    message_id = street.arrived(body)
    with db.transaction() as session:
        session.execute(update(Message).values(state=MessageState.PROCESSING, attempt=5))
    with db.transaction() as session:
        assert desk_entry.give_up(session, message_id, attempt=5, reason="RecursionError", now=clock.now())
    return message_id


def test_each_line_names_the_reference_it_is_about_and_no_word_of_anybody(street):
    first = street.text("ENF REC 3G 14/11")
    street.text("ENF REC 3G 14/11")
    street.text(f"{first.reference} 4 ANSONGO")
    lines = _lines()
    assert [line.state for line in lines] == ["done", "duplicate", "done"]
    assert [line.reference for line in lines] == [first.reference] * 3
    assert "ANSONGO" not in str([asdict(line) for line in lines])
    assert "+223" not in str([asdict(line) for line in lines])


def test_it_is_narrowed_by_time_and_state(street):
    street.text("AIDE")
    assert _lines(since=clock.now() + timedelta(hours=1)) == []
    assert _lines(states=inbox.UNFINISHED) == []
    assert len(_lines(states=[MessageState.DONE], since=clock.now() - timedelta(hours=1))) == 1


def test_a_dead_message_is_read_again_and_fills_the_entry_it_left(street):
    message_id = _dead(street)
    [entry] = street.all(Alert)
    assert (entry.kind, entry.parsed) == (AlertKind.UNPROCESSED, None)
    _replay(message_id)
    street.work()
    [alert] = street.all(Alert)
    assert (alert.id, alert.reference, alert.kind) == (entry.id, entry.reference, AlertKind.INCIDENT)
    assert alert.parsed["fields"]["boys"] == 3
    [line] = _lines()
    assert (line.state, line.reference, line.attempt) == ("done", entry.reference, 1)
    [trace] = [entry for entry in street.all(AuditEntry) if entry.action == audit.Action.MESSAGE_REPLAYED]
    assert (trace.action, trace.subject_id) == ("message.replayed", message_id)


def test_a_dead_message_that_proves_to_be_a_complaint_leaves_the_desk(street):
    _replay(_dead(street, "PLAINTE un agent demande de l'argent"))
    street.work()
    [alert], [complaint] = street.all(Alert), street.all(Feedback)
    assert (alert.is_restricted, alert.status) == (True, AlertStatus.REFERRED_OUT)
    assert complaint.reference == alert.reference


def test_twice_is_once(street):
    message_id = _dead(street)
    _replay(message_id)
    _replay(message_id)
    street.work()
    assert len(street.all(Alert)) == 1
    with pytest.raises(Refused):
        _replay(message_id)


def test_what_has_its_outcome_or_does_not_exist_is_refused(street):
    with pytest.raises(Refused):
        _replay(street.text("AIDE").id)
    with pytest.raises(NotFound):
        _replay("no-such-message")
