"""What becomes of a newer reading: it is written, goes to others, is suggested, or the message stays as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.casework import corrections, readings
from gateway.casework.corrections import Amendment
from gateway.casework.fates import Fate
from gateway.casework.office import office
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Outcome, Role
from gateway.records.feedback import Feedback
from gateway.records.ids import new_id
from gateway.records.message import Message
from gateway.records.reading import Reading
from gateway.records.release import Release
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.response import Response
from gateway.records.states import AlertStatus, AnswerStatus, ReadingStatus
from gateway.trust import audit
from tests.make import officer as make_officer
from tests.make import vocabulary
from tests.make.vocabulary import again

PLACE = "ENF REC 3G ZOROBUGU 14/11"


def get(record, row_id):
    with db.reading() as session:
        return session.get_one(record, row_id)


def _change(record, row_id, **values):
    with db.transaction() as session:
        session.execute(update(record).where(record.id == row_id).values(values))


GOES = [
    ("FLASH REC 3G ANSONGO 14/11", Outcome.ALERT, AlertKind.INCIDENT),
    ("ZIGNA ATTAQUE ANSONGO", Outcome.ALERT, AlertKind.ALERT),
    ("ZOULA 3G ANSONGO 14/11/2026 REMIS", Outcome.ALERT, AlertKind.RELEASE),
]


@pytest.mark.parametrize(("body", "outcome", "kind"), GOES)
def test_what_is_understood_by_now_goes_from_the_tray_to_the_queue_once(street, newer, body, outcome, kind):
    message = street.text(body)
    tray = street.alert_of(message)
    assert tray.kind is AlertKind.UNKNOWN
    assert again(message, newer).fate is Fate.ROUTED
    assert again(message, newer) is None
    [alert] = street.all(Alert)
    assert (alert.id, alert.reference, alert.kind, alert.status) == (tray.id, tray.reference, kind, AlertStatus.NEW)
    read = get(Message, message.id)
    assert (read.outcome, read.kind, read.reference) == (outcome, kind.value, message.reference)
    assert len(street.all(Release)) == (kind is AlertKind.RELEASE)
    assert (len(street.all(Reply)), len(street.all(Reading))) == (1, 1)


def test_a_complaint_leaves_the_desk_for_the_conduct_unit(street, newer):
    message = street.text("HONTE un agent demande de l'argent")
    assert again(message, newer).fate is Fate.ROUTED
    [complaint], [alert] = street.all(Feedback), street.all(Alert)
    assert (complaint.text, complaint.reference) == (message.body, message.reference)
    assert (alert.is_restricted, alert.status) == (True, AlertStatus.REFERRED_OUT)
    assert get(Message, message.id).outcome is Outcome.FEEDBACK
    entry = street.all(AuditEntry)[-1]
    assert (entry.action, entry.subject_kind) == (audit.Action.MESSAGE_REREAD, "feedback")


def test_an_answer_about_a_project_goes_to_the_monitors(street, newer):
    message = street.text("ZAMPA GAO-22-014 2 OUI")
    assert again(message, newer).fate is Fate.ROUTED
    [response] = street.all(Response)
    assert (response.reference, response.project) == (message.reference, "GAO-22-014")
    assert street.alert_of(message).is_restricted


def test_a_word_of_command_is_not_obeyed_long_after_it_was_sent(street, newer):
    message = street.text("FINI")
    assert again(message, newer).fate is Fate.SUGGESTED
    assert [each.stopped_at for each in street.all(Reporter)] == [None]
    assert street.alert_of(message).status is AlertStatus.NEW


def test_what_was_taken_for_a_command_and_is_a_report_comes_to_the_desk(street, newer):
    message = street.text("AIDE")
    with db.transaction() as session:
        row = session.get_one(Message, message.id)
        row.sealed, row.body = None, PLACE
    assert again(message, newer).fate is Fate.ROUTED
    [alert] = street.all(Alert)
    assert (alert.message_id, alert.place) == (message.id, "ML0701")
    assert get(Message, message.id).reference == alert.reference
    assert len(street.all(Reply)) == 1


def test_an_exercise_stays_one(street, newer):
    message = street.text("TEST ENF REC 3G ZOROBUGU 14/11")
    assert again(message, newer) is not None
    assert (street.all(Alert), get(Message, message.id).is_training) == ([], True)


@pytest.mark.parametrize("status", [status for status in AlertStatus if status is not AlertStatus.NEW])
def test_what_an_officer_has_decided_on_is_not_changed_but_suggested(street, newer, status):
    message = street.text(PLACE)
    before = street.alert_of(message)
    _change(Alert, before.id, status=status)
    assert again(message, newer).fate is Fate.SUGGESTED
    after = street.alert_of(message)
    assert (after.parsed, after.place, after.version) == (before.parsed, None, before.version)
    assert after.has_reading_waiting
    [entry] = street.all(Reading)
    assert (entry.status, entry.missing) == (ReadingStatus.WAITING, [])


def test_a_report_that_somebody_works_on_at_this_moment_is_not_changed_under_their_hands(street, newer):
    message, now = street.text(PLACE), clock.now()
    with db.transaction() as session:
        officer = make_officer.officer(session)
    held = {"claimed_by_id": officer.id, "claimed_until": now + timedelta(minutes=5)}
    _change(Alert, street.alert_of(message).id, **held)
    assert again(message, newer, now=now).fate is Fate.SUGGESTED


def _correct(street, message, field, value):
    with db.transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        alert = street.alert_of(message)
        amendment = Amendment(new_id(), field, value, "said on the telephone", alert.version)
        corrections.correct(session, alert.id, amendment, officer=officer, now=clock.now())


def test_an_officers_correction_stays_above_the_newer_reading(street, newer):
    message = street.text(PLACE)
    _correct(street, message, "place", {"place": "ML0501"})
    corrected = street.alert_of(message)
    assert again(message, newer).fate is Fate.REPLACED
    alert = street.alert_of(message)
    assert (alert.place, alert.region, alert.missing) == (corrected.place, corrected.region, [])
    assert alert.parsed["fields"]["place"]["pcode"] == "ML0701"


def test_the_kind_that_an_officer_named_stays(street, newer):
    message = street.text("FLASH REC 3G ANSONGO 14/11")
    _correct(street, message, "kind", {"kind": "alert"})
    assert again(message, newer).fate is Fate.REPLACED
    alert = street.alert_of(message)
    assert (alert.kind, alert.parsed["kind"]) == (AlertKind.ALERT, "incident")


def test_the_kind_that_an_officer_confirmed_stays_too(street, newer, make_settings, tmp_path):
    message = street.text("ZIGNA ATTAQUE ANSONGO")
    _correct(street, message, "kind", {"kind": "release"})
    _correct(street, message, "kind", {"kind": "incident"})
    folder = vocabulary.newer(tmp_path / "other")
    other = office(make_settings(LAKANA_CODEBOOK=str(folder)))
    assert again(message, other).fate is Fate.REPLACED
    assert street.alert_of(message).kind is AlertKind.INCIDENT


def test_a_report_that_an_officer_corrected_is_not_taken_to_another_desk(street, newer):
    message = street.text("HONTE un agent demande de l'argent")
    _correct(street, message, "kind", {"kind": "incident"})
    assert again(message, newer).fate is Fate.SUGGESTED
    assert street.all(Feedback) == []


def test_a_later_message_is_read_again_while_nobody_has_decided_on_it(street, newer):
    report = street.text("ENF REC 3G 14/11")
    waiting, settled = (street.text(f"{report.reference} 4 ZOROBUGU{mark}") for mark in ("", " SVP"))
    [first, second] = sorted(street.all(Answer), key=lambda each: each.message_id != waiting.id)
    _change(Answer, second.id, status=AnswerStatus.SET_ASIDE)
    assert again(waiting, newer).fate is Fate.REPLACED
    assert again(settled, newer).fate is Fate.KEPT
    assert get(Answer, first.id).parsed["fields"]["place"]["pcode"] == "ML0701"
    assert "place" not in get(Answer, second.id).parsed["fields"]


def test_what_is_for_the_conduct_unit_stays_with_it(street, newer):
    message = street.text("RVC GAO-22-014 8=ARGENT")
    with db.transaction() as session:
        row = session.get_one(Message, message.id)
        row.sealed, row.body = None, "RVC GAO-22-014 8=EAU"
    assert again(message, newer).fate is Fate.REPLACED
    [response] = street.all(Response)
    assert (response.is_sensitive, response.answers["problem"]) == (True, ["water"])


def test_a_newer_reading_still_gives_way_to_a_suggestion_nobody_decided_on(street, newer, make_settings, tmp_path):
    message = street.text(PLACE)
    _change(Alert, street.alert_of(message).id, status=AlertStatus.TRIAGED)
    again(message, newer)
    folder = vocabulary.newer(tmp_path / "newest", places={"Zorobugu": "ML0501"})
    newest = office(make_settings(LAKANA_CODEBOOK=str(folder)))
    assert again(message, newest).fate is Fate.SUGGESTED
    assert [each.status for each in sorted(street.all(Reading), key=lambda each: each.number)] == [
        ReadingStatus.OVERTAKEN,
        ReadingStatus.WAITING,
    ]
    assert again(message, street.office).fate is Fate.UNCHANGED
    assert not street.alert_of(message).has_reading_waiting


def test_what_was_set_aside_is_not_suggested_again_while_it_reads_the_same(street, newer):
    message = street.text(PLACE)
    _change(Alert, street.alert_of(message).id, status=AlertStatus.TRIAGED)
    again(message, newer)
    [suggested] = street.all(Reading)
    with db.transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        readings.set_aside(session, suggested.id, "another Zorobugu", officer=officer, now=clock.now())
    _change(Message, message.id, compared_with="c" * 16)
    assert again(message, newer).fate is Fate.KEPT
    assert [each.status for each in street.all(Reading)] == [ReadingStatus.SET_ASIDE]
    assert not street.alert_of(message).has_reading_waiting


def test_what_was_suggested_or_kept_is_not_due_again(street, newer):
    suggested, command = street.text(PLACE), street.text("PEUX TU ME RAPPELER AU NUMERO SUIVANT: +22370000009")
    _change(Alert, street.alert_of(suggested).id, status=AlertStatus.TRIAGED)
    again(suggested, newer)
    again(command, newer)
    assert (again(suggested, newer), again(command, newer)) == (None, None)
    assert len(street.all(Reading)) == 1


def test_what_left_the_desk_by_one_reading_comes_back_by_the_next(street, newer):
    message = street.text("ZAMPA GAO-22-014 2 OUI")
    again(message, newer)
    assert street.alert_of(message).is_restricted
    with db.transaction() as session:
        row = session.get_one(Message, message.id)
        row.sealed, row.body, row.compared_with = None, "ENF REC 3G GAO 14/11", None
        row.edition = "c" * 16
    assert again(message, newer).fate is Fate.ROUTED
    alert = street.alert_of(message)
    assert (alert.status, alert.is_restricted, alert.kind) == (AlertStatus.NEW, False, AlertKind.INCIDENT)
    with db.transaction() as session:
        row = session.get_one(Message, message.id)
        row.body, row.compared_with, row.edition = "ZAMPA GAO-22-014 2 NON", None, "c" * 16
    assert again(message, newer).fate is Fate.ROUTED
    [response] = street.all(Response)
    assert (response.message_id, street.alert_of(message).is_restricted) == (message.id, True)
