"""What must always hold: each sentence is seen to fail on data that was broken by hand, in both databases."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from gateway import clock
from gateway.casework import invariants
from gateway.casework.invariants import Ground
from gateway.casework.reconciling import DOUBTED
from gateway.records import db
from gateway.records.codes import Outcome
from gateway.records.message import Message
from gateway.records.reconciliation import Reconciliation
from gateway.vault import current
from tests.make import incident as make_incident
from tests.make import message as make_message
from tests.make import officer as make_officer

MINE = "(SELECT max(id) FROM messages WHERE state = 'done')"
# What the constraints of either database would refuse is written with the constraints taken away.
WITHOUT = {
    "sqlite": {
        "state": ["PRAGMA ignore_check_constraints=ON"],
        "key": [
            "PRAGMA foreign_keys=OFF",
            "CREATE TABLE copied AS SELECT * FROM messages",
            "DROP TABLE messages",
            "ALTER TABLE copied RENAME TO messages",
        ],
        "reply": ["PRAGMA ignore_check_constraints=ON"],
    },
    "postgresql": {
        "state": ["ALTER TABLE messages DROP CONSTRAINT ck_messages_state"],
        "key": ["ALTER TABLE messages DROP CONSTRAINT uq_messages_channel_account_provider_id"],
        "reply": ["ALTER TABLE replies DROP CONSTRAINT ck_replies_state"],
    },
}
BREAKING = {
    "content": ("I1", None, f"UPDATE messages SET sealed = NULL, body_sealed = NULL WHERE id = {MINE}"),
    "doubled": ("I1", "key", "UPDATE messages SET provider_id = 'the-same'"),
    "no such state": ("I2", "state", f"UPDATE messages SET state = 'mislaid' WHERE id = {MINE}"),
    "no outcome": ("I3", None, f"UPDATE messages SET outcome = NULL WHERE id = {MINE}"),
    "an outcome that is not there": ("I3", None, "UPDATE messages SET outcome_id = 'aaaaaaaaaaaaaaaa'"),
    "two outcomes": ("I3", None, "UPDATE messages SET outcome = 'network', outcome_id = NULL"),
    "an outcome too early": ("I3", None, "UPDATE messages SET state = 'received', outcome = NULL"),
    "a repeat of nothing": ("I3", None, "UPDATE messages SET state = 'duplicate'"),
    "dead and unseen": ("I3", None, "UPDATE messages SET state = 'dead', outcome = NULL; DELETE FROM alerts"),
    "an alert from nowhere": ("I4", None, "UPDATE alerts SET message_id = NULL"),
    "unread": ("I5", None, "UPDATE messages SET state = 'received', received_at = '2026-01-01 00:00:00'"),
    "in parts": ("I5", None, "UPDATE messages SET state = 'waiting_parts', received_at = '2026-01-01 00:00:00'"),
    "no such reply": ("I6", "reply", "UPDATE replies SET state = 'mislaid'"),
    "stuck": ("I6", None, "UPDATE replies SET state = 'sending', lease_until = '2026-01-01 00:00:00'"),
    "audit": ("I7", None, "UPDATE audit_entries SET action = 'officer.added'"),
}


def _examined(**ground):
    with db.reading() as session:
        return {each.number: each for each in invariants.examine(session, Ground(clock.now(), **ground))}


def _broken(**ground):
    return {number for number, each in _examined(**ground).items() if each.is_broken}


@pytest.fixture
def office(street):
    """An office that took in a report, a complaint, a repeat, a command, an answer and a network text."""
    first = street.text("ENF REC 3G ANSONGO 14/11")
    for said in ("ENF REC 3G ANSONGO 14/11", "PLAINTE un agent demande de l'argent", "AIDE", "bonjour"):
        street.text(said)
    street.text(f"SUITE {first.reference} 2F", "+22370000002")
    return street


def test_an_office_at_work_keeps_every_promise(office, tmp_path):
    found = _examined(spool=tmp_path)
    assert [each.number for each in found.values()] == [f"I{number}" for number in range(1, 10)]
    assert {number for number, each in found.items() if each.broken_by == []} == {f"I{n}" for n in range(1, 9)}
    assert found["I9"].broken_by is None


@pytest.mark.parametrize("how", BREAKING)
def test_data_broken_by_hand_is_named_by_its_ids(street, how):
    number, without, statement = BREAKING[how]
    texts = [street.text("ENF REC 3G ANSONGO 14/11"), street.text("ENF TUE 2F GAO 13/11", "+22370000002")]
    _write_by_hand([*WITHOUT[db.engine().dialect.name].get(without, []), *statement.split("; ")])
    assert number in _broken()
    ids = _examined()[number].broken_by
    assert ids
    assert all(len(each) == 16 or each.startswith("entry ") for each in ids)
    assert len(ids) <= len(texts)


def _write_by_hand(statements):
    raw = db.engine().raw_connection()
    cursor = raw.cursor()
    for statement in statements:
        cursor.execute(statement)
    raw.commit()
    raw.detach()  # with its constraints taken away it goes back to nobody
    raw.close()


def test_an_incident_that_nobody_reported_is_named(office):
    with db.transaction() as session:
        made = make_incident.incident(session, make_officer.officer(session), is_manual=False)
    assert _broken() == {"I4"}
    assert _examined()["I4"].broken_by == [made.id]


def test_what_lies_in_the_spool_for_long_is_named(office, tmp_path):
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / "fresh").touch()
    (spool / "old").touch()
    old = (clock.now() - timedelta(minutes=3)).timestamp()
    os.utime(spool / "old", (old, old))
    assert _examined(spool=spool)["I8"].broken_by == ["old"]


def test_without_keys_the_audit_is_not_known_rather_than_broken(office):
    current.lock()
    assert _examined()["I7"].broken_by is None


def test_what_is_told_holds_no_content(office):
    with db.transaction() as session:
        session.execute(update(Message).values(outcome=None))
    told = repr([each.as_dict() for each in _examined().values()])
    assert "ANSONGO" not in told
    assert "2237" not in told


def test_only_the_first_ids_are_listed(database, open_vault):
    with db.transaction() as session:
        for number in range(invariants.SHOWN + 5):
            made = make_message.message(session, f"ENF {number}", sender=f"+2237000{number:04}")
            made.received_at = clock.now() - timedelta(minutes=6)
    told = _examined()["I5"].as_dict()
    assert (told["holds"], told["broken"], len(told["ids"])) == (False, invariants.SHOWN + 5, invariants.SHOWN)


def test_the_second_report_of_a_message_may_wait_though_the_first_is_none(street):
    message = street.text("RVC GAO-22-014 OUI TOUS ;; ENF REC 3G ANSONGO 14/11")
    assert (message.outcome, message.parts) == (Outcome.RESPONSE, 2)
    assert "I3" not in _broken()


def test_a_part_of_a_long_text_has_its_outcome_in_the_whole(street):
    whole, part = street.text("ENF REC 3G ANSONGO 14/11"), street.text("ENF TUE 2F GAO 13/11", "+22370000002")
    with db.transaction() as session:
        session.execute(text("DELETE FROM alerts WHERE message_id = :id"), {"id": part.id})
        is_part = {"outcome": None, "outcome_id": None, "part_of_id": whole.id}
        session.execute(update(Message).where(Message.id == part.id).values(is_part))
    assert "I3" not in _broken()
    with db.transaction() as session:
        session.execute(update(Message).where(Message.id == part.id).values(part_of_id="aaaaaaaaaaaaaaaa"))
    assert _examined()["I3"].broken_by == [part.id]


@pytest.mark.parametrize(("missing", "taken_in", "holds"), [(0, 0, True), (2, 2, True), (2, 1, False)])
def test_what_the_provider_has_and_we_do_not_is_known_once_they_were_compared(street, missing, taken_in, holds):
    with db.transaction() as session:
        now = clock.now()
        counts = {"missing": missing, "taken_in": taken_in}
        session.add(Reconciliation(provider="twilio", at=now, since=now, result="missing", **counts))
    assert _examined()["I9"].broken_by == ([] if holds else ["twilio: 2 not here"])


def test_a_message_that_the_provider_does_not_know_breaks_the_ninth(street):
    forged = street.text("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        now = clock.now()
        session.add(Reconciliation(provider="twilio", at=now, since=now, result="extra", extra=1))
        session.execute(update(Message).values(reason=DOUBTED))
    assert _examined()["I9"].broken_by == [forged.id]
