"""From a claim to one outcome: lease, fence, attempts, and what a message becomes."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from gateway import clock
from gateway.casework import reading, turns
from gateway.errors import Overtaken
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Outcome
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState
from gateway.trust import audit
from gateway.vault.seal import SealBroken
from parsers import parse
from tests.stand_ins.street import rows


def _claim(message_id, now=None):
    with db.transaction() as session:
        return turns.claim(session, message_id, now=now or clock.now())


def _settle(street, claim, now=None):
    with db.reading() as session:
        opened = reading.open_message(session, claim, street.office)
    parsed = parse(opened.body, received_on=opened.received_on, reporter=opened.context)
    with db.transaction() as session:
        reading.settle(session, opened, parsed, office=street.office, now=now or clock.now())


def _arrived(street, body="ENF REC 3G ANSONGO 14/11"):
    return street.arrived(body)


def _message(message_id):
    with db.reading() as session:
        return session.get_one(Message, message_id)


def test_a_message_is_claimed_by_one_worker_only(street):
    message_id = _arrived(street)
    assert _claim(message_id).attempt == 1
    assert _claim(message_id) is None


def test_after_the_lease_another_may_try_and_the_first_can_no_longer_finish(street):
    message_id = _arrived(street)
    first = _claim(message_id)
    second = _claim(message_id, now=clock.now() + turns.LEASE + timedelta(seconds=1))
    assert second.attempt == 2
    with pytest.raises(Overtaken):
        _settle(street, first)
    assert street.all(Alert) == []
    _settle(street, second)
    with pytest.raises(Overtaken):
        _settle(street, second)
    assert len(street.all(Alert)) == len(street.all(Reply)) == 1


def test_a_failure_waits_longer_each_time_and_ends_where_a_person_sees_it(street):
    message_id, now = _arrived(street), clock.now()
    waits = []
    for attempt in range(1, turns.MOST_ATTEMPTS + 1):
        claim = _claim(message_id, now=now)
        assert claim.attempt == attempt
        with db.transaction() as session:
            reading.fail(session, claim, reason="RecursionError", now=now)
        message = _message(message_id)
        if attempt < turns.MOST_ATTEMPTS:
            assert _claim(message_id, now=now) is None
            waits.append((message.next_try_at - now).total_seconds())
            now = message.next_try_at
    assert waits == sorted(waits)
    assert 8 <= waits[0] <= 12
    assert waits[-1] <= 3600
    assert (message.state, message.reason) == (MessageState.DEAD, "RecursionError")
    [alert] = street.all(Alert)
    assert (alert.kind, alert.reference, alert.message_id) == (AlertKind.UNPROCESSED, message.reference, message_id)
    assert _claim(message_id, now=now + timedelta(days=1)) is None


def test_a_seal_that_was_tampered_with_is_noticed(street):
    first, second = _arrived(street), _arrived(street)
    with db.transaction() as session:
        swapped = session.scalar(select(Message.sealed).where(Message.id == first))
        session.execute(update(Message).where(Message.id == second).values(sealed=swapped))
    claim = _claim(second)
    with pytest.raises(SealBroken):
        _settle(street, claim)


BECOMES = [
    ("ENF REC 3G ANSONGO 14/11", Outcome.ALERT, "alerts"),
    ("ALERTE ATTAQUE ANSONGO", Outcome.ALERT, "alerts"),
    ("LIB 3G ANSONGO 14/11 REMIS", Outcome.ALERT, "alerts"),
    ("RVC GAO-22-014 2 OUI", Outcome.RESPONSE, "responses"),
    ("PLAINTE quelqu'un demande de l'argent", Outcome.FEEDBACK, "feedback"),
    ("AIDE", Outcome.COMMAND, None),
    ("TEST ENF REC 3G ANSONGO 14/11", Outcome.TRAINING, None),
    ("il y a des problemes ici", Outcome.READING, "alerts"),
    ("MOD", Outcome.READING, "alerts"),
    ("", Outcome.READING, "alerts"),
    ("\x00\ufffd\u202e", Outcome.READING, "alerts"),
    ("{{7*7}} %s ${7*7} \\x41", Outcome.READING, "alerts"),
    ("' OR 1=1--; DROP TABLE messages", Outcome.READING, "alerts"),
]


@pytest.mark.parametrize(("body", "outcome", "table"), BECOMES)
def test_every_kind_of_text_becomes_one_thing(street, body, outcome, table):
    message = street.text(body)
    assert (message.state, message.outcome, message.body) == (MessageState.DONE, outcome, body)
    written = {name: count for name, count in rows().items() if name in ("alerts", "responses", "feedback", "answers")}
    assert {name for name, count in written.items() if count} == ({table} if table else set())
    assert sum(written.values()) == (1 if table else 0)


def test_network_texts_are_done_and_get_no_answer(street):
    message = street.text("Peux tu me rappeler au numero suivant: +22370000009")
    assert (message.outcome, street.all(Reply)) == (Outcome.NETWORK, [])


def _trail(street):
    """What the audit says of the machine's readings, and whether the chain is whole."""
    with db.reading() as session:
        assert audit.verify(session) is None
    entries = [entry for entry in street.all(AuditEntry) if entry.action == audit.Action.MESSAGE_READ]
    assert {entry.officer_id for entry in entries} <= {None}
    return [(entry.subject_kind, entry.subject_id, entry.detail) for entry in entries]


def test_every_outcome_leaves_one_entry_in_the_audit_without_content(street):
    first = street.text("ENF REC 3G ANSONGO 14/11", MessageSid="SM" + "1" * 32)
    again = street.text("ENF REC 3G ANSONGO 14/11", MessageSid="SM" + "2" * 32)
    help_ = street.text("AIDE")
    assert _trail(street) == [
        ("messages", first.id, {"as": "alert"}),
        ("messages", again.id, {"as": "duplicate"}),
        ("messages", help_.id, {"as": "command"}),
    ]


def test_that_a_message_is_a_complaint_is_told_to_the_conduct_unit_alone(street):
    message = street.text("PLAINTE quelqu'un demande de l'argent")
    assert _trail(street) == [("feedback", message.outcome_id, {"as": "feedback"})]


def test_a_message_that_was_given_up_leaves_an_entry_too(street):
    message_id, now = _arrived(street), clock.now()
    for _ in range(turns.MOST_ATTEMPTS):
        claim = _claim(message_id, now=now)
        with db.transaction() as session:
            reading.fail(session, claim, reason="RecursionError", now=now)
        now += timedelta(hours=2)
    assert _trail(street) == [("messages", message_id, {"as": "dead"})]
