"""Stored messages read again with a newer vocabulary: what follows it, what is only suggested, what stays."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from gateway import clock
from gateway.casework import alerts, rereading, stored, turns
from gateway.casework.alerts import Triage
from gateway.casework.differences import Turn
from gateway.casework.fates import Fate
from gateway.records import db
from gateway.records.answer import Answer
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.message import Message
from gateway.records.reading import Reading
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import AlertStatus, MessageState, ReadingStatus
from gateway.trust import audit
from tests.make import officer as make_officer
from tests.make.vocabulary import again
from tests.stand_ins.street import rows
from workers.suspect import parser_for

PLACE = "ENF REC 3G ZOROBUGU 14/11"


def look(message, newer):
    with db.reading() as session:
        [found] = stored.load(session, [session.get_one(Message, message.id)])
        [told] = rereading.look(session, found, newer, parser_for=parser_for, now=clock.now())
        return told


def get(record, row_id):
    with db.reading() as session:
        return session.get_one(record, row_id)


def _change(record, row_id, **values):
    with db.transaction() as session:
        session.execute(update(record).where(record.id == row_id).values(values))


def test_a_place_that_is_known_by_now_fills_the_report_and_the_earlier_reading_is_kept(street, newer):
    message = street.text(PLACE)
    before, replies = street.alert_of(message), rows()["replies"]
    assert (before.place, before.missing) == (None, ["place"])
    told = again(message, newer)
    assert (told.fate, told.is_reconstructed) == (Fate.REPLACED, False)
    assert told.difference.fields == {"place": Turn.GAINED}
    assert (told.difference.state, told.difference.kind) == (("check", "complete"), None)
    assert told.difference.lost == (("missing_place", "place"), ("unread", None))
    after = street.alert_of(message)
    assert (after.place, after.region, after.missing, after.needs_check) == ("ML0701", "ML07", [], False)
    assert after.version == before.version + 1
    [entry] = street.all(Reading)
    assert (entry.status, entry.alert_id, entry.number) == (ReadingStatus.APPLIED, after.id, 1)
    assert (entry.edition_before, entry.edition) == (street.office.edition, newer.edition)
    assert (entry.before, entry.after) == (before.parsed, after.parsed)
    assert b"ansongo" not in (entry.before_sealed + entry.after_sealed).lower()
    assert rows()["replies"] == replies
    assert street.rung() == []


def test_looking_writes_nothing(street, newer):
    message = street.text(PLACE)
    before = rows()
    assert look(message, newer).fate is Fate.REPLACED
    assert (rows(), street.alert_of(message).place) == (before, None)
    assert get(Message, message.id).compared_with is None


def test_a_message_is_due_once_for_each_vocabulary(street, newer):
    message, same = street.text(PLACE), street.text("ENF REC 3G ANSONGO 14/11")

    def due(at):
        with db.reading() as session:
            return {each.id for each in rereading.due(session, at, since=None, after=None)}

    assert due(street.office) == set()
    assert due(newer) == {message.id, same.id}
    again(message, newer)
    assert again(message, newer) is None
    with db.transaction() as session:
        rereading.mark_unchanged(session, [same.id], newer)
    assert due(newer) == set()
    assert due(street.office) == {message.id, same.id}
    assert len(street.all(Reading)) == 1


def test_complaints_repeats_and_erased_texts_are_not_read_again(street, newer):
    complaint = street.text("PLAINTE un agent demande de l'argent")
    first, repeat, erased = street.text(PLACE), street.text(PLACE), street.text("ENF TUE 1G GAO HIER")
    assert repeat.state is MessageState.DUPLICATE
    _change(Message, erased.id, sealed=None, body_sealed=None)
    with db.reading() as session:
        assert [each.id for each in rereading.due(session, newer, since=None, after=None)] == [first.id]
        assert rereading.count_due(session, newer, since=None) == 1
        assert rereading.count_due(session, newer, since=clock.now() + timedelta(hours=1)) == 0
    assert again(complaint, newer) is None
    assert again(repeat, newer) is None


def test_the_sender_is_known_as_at_the_first_reading(street, newer):
    street.text("AIDE")
    with db.transaction() as session:
        session.execute(update(Reporter).values(area="ML0703", language="en"))
    message = street.text("ENF REC 3G 14/11")
    with db.transaction() as session:
        session.execute(update(Reporter).values(area="ML0501", language="fr", is_training=True))
    told = again(message, newer)
    assert (told.fate, told.is_reconstructed) == (Fate.UNCHANGED, False)
    assert get(Message, message.id).known["area"] == "ML0703"
    assert street.alert_of(message).region == "ML07"


def test_the_question_that_stood_open_then_is_remembered(street, newer):
    asked = street.text("ENF REC 3G 14/11/2026")
    bare = street.text("Zorobugu")
    known = get(Message, bare.id).known
    assert (known["asked_form"], known["asked_reference"]) == ("incident", asked.reference)
    with db.transaction() as session:
        session.execute(update(Reply).values(prepared_at=clock.now() + timedelta(days=9)))
    assert again(bare, newer).fate is Fate.REPLACED
    [answer] = street.all(Answer)
    assert answer.parsed["fields"]["place"]["pcode"] == "ML0701"


def test_of_older_messages_it_is_pieced_together_and_said_so(street, newer):
    message = street.text(PLACE)
    _change(Message, message.id, known_sealed=None, edition=None)
    assert again(message, newer).is_reconstructed
    [entry] = street.all(Reading)
    assert (entry.is_reconstructed, entry.edition_before) == (True, None)


def test_every_newer_reading_leaves_one_entry_without_content_and_the_chain_is_whole(street, newer):
    changed, same = street.text(PLACE), street.text("ENF REC 3G ANSONGO 14/11")
    again(changed, newer)
    again(same, newer)
    with db.transaction() as session:
        rereading.note_run(session, newer, since=None, is_applied=True, now=clock.now())
    with db.reading() as session:
        assert audit.verify(session) is None
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    entries = [(each.action, each.subject_id, each.detail) for each in found if each.action != "message.read"]
    assert entries == [
        ("message.reread", changed.id, {"as": "replaced", "fields": ["place"]}),
        ("message.reread_started", None, {"edition": newer.edition, "applied": True, "since": None}),
    ]


def test_two_runs_at_once_write_one_reading(street, newer):
    message, told = street.text(PLACE), []
    other = threading.Thread(target=lambda: told.append(again(message, newer)))
    with db.transaction() as session:
        rereading.again(session, message.id, newer, parser_for=parser_for, now=clock.now())
        session.flush()
        other.start()
        other.join(1.0)
        assert other.is_alive(), "the other run did not wait"
    other.join(30)
    assert (told, len(street.all(Reading))) == ([None], 1)


def test_an_officer_who_is_quicker_keeps_the_last_word(street, newer):
    message = street.text(PLACE)
    run = threading.Thread(target=lambda: again(message, newer))
    with db.transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        wanted = Triage(AlertStatus.TRIAGED, "", street.alert_of(message).version)
        alerts.triage(session, street.alert_of(message).id, wanted, officer=officer, now=clock.now())
        session.flush()
        run.start()
        run.join(0.5)
        assert run.is_alive(), "the run did not wait for the officer"
    run.join(30)
    assert [each.status for each in street.all(Reading)] == [ReadingStatus.WAITING]
    assert street.alert_of(message).place is None


def test_what_a_worker_has_in_hand_is_left_to_it(street, newer):
    message_id = street.arrived(PLACE)
    with db.transaction() as session:
        turns.claim(session, message_id, now=clock.now())
    assert again(get(Message, message_id), newer) is None
    assert street.all(Reading) == []


def test_a_run_that_is_interrupted_leaves_a_message_whole_and_is_taken_up_again(street, newer):
    message = street.text(PLACE)

    def write_and_fall():
        with db.transaction() as session:
            rereading.again(session, message.id, newer, parser_for=parser_for, now=clock.now())
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fall()
    assert (street.all(Reading), street.alert_of(message).place) == ([], None)
    assert again(message, newer).fate is Fate.REPLACED
    assert street.alert_of(message).place == "ML0701"
