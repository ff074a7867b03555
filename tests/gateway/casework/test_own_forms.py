"""A deployment's own form, from the text to the officer and back to the phone."""

from dataclasses import replace
from datetime import date

import pytest

from gateway import codebook
from gateway.casework import alert_sheet, answers, candidates, corrections, fields, readings
from gateway.casework.corrections import Amendment
from gateway.casework.fates import Fate
from gateway.codebook import CodebookWrong
from gateway.errors import Invalid, Overtaken
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Outcome, ReplyMode, Role
from gateway.records.correction import Correction
from gateway.records.ids import new_id
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from gateway.records.states import AlertStatus
from tests.make import alert as make_alert
from tests.make import codebook as make_codebook
from tests.make import officer as make_officer
from tests.make.alert import NOW
from tests.make.vocabulary import again

UNKNOWN = AlertKind.UNKNOWN
REPLIES = '[fr]\ncomplete = "{reference} bien recu."\n'


@pytest.fixture
def own_street(make_street, tmp_path):
    folder = make_codebook.folder(tmp_path, replies=REPLIES)
    return make_street(LAKANA_CODEBOOK=str(folder))


def test_a_text_on_an_own_form_waits_in_the_tray_with_its_fields(own_street):
    message = own_street.text("wpt casse familles douze Ansongo, quoi: La pompe est cassée")
    alert = own_street.alert_of(message)
    assert (message.kind, message.outcome) == ("water", Outcome.READING)
    assert (alert.kind, alert.types, alert.region, alert.needs_check) == (AlertKind.UNKNOWN, ["water"], "ML07", False)
    assert alert.parsed["fields"]["families"] == 12
    assert alert.parsed["fields"]["what"] == "La pompe est cassée"
    assert fields.own_form(alert) == "water"


def test_it_is_answered_with_the_numbers_of_its_own_card_and_the_offices_own_words(own_street):
    missing = own_street.text("WPT familles 12")
    assert own_street.answered(missing).startswith(f"{missing.reference} recu. Il manque 1 et 4.")
    assert own_street.answered(own_street.text("WPT 1=2 Gao")).endswith(" bien recu.")
    assert own_street.answered(own_street.text("AIDE WPT")) == "Lignes de la carte a remplir: 1 et 4."


def test_a_reporter_set_to_read_back_gets_the_numbers_of_the_form_and_no_words(own_street):
    own_street.text("AIDE")
    with db.transaction() as session:
        session.query(Reporter).update({Reporter.mode: ReplyMode.READBACK})
    told = own_street.answered(own_street.text("WPT hors service Gao familles 12 quoi: pompe volee"))
    assert ": 1=2 2=12 4=ML07. Pour corriger" in told
    assert "1=3 2=3G 4=ML07 5=14/11." in own_street.answered(own_street.text("ENF REC 3G Gao 14/11"))


def test_an_answer_is_read_by_the_form_it_answers_and_counts_once_accepted(own_street):
    first = own_street.text("WPT familles 12")
    own_street.text(f"{first.reference} 1 2 4 Ansongo 2 15")
    alert = own_street.alert_of(first)
    with db.transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        [answer] = session.query(Answer).all()
        assert fields.said(answer, alert)["families"] == 15
        answers.accept(session, answer.id, officer=officer, now=NOW)
        sheet = alert_sheet.read(session, alert.id, officer=officer, now=NOW)
    assert sheet.effective.values["state"] == "broken"
    assert sheet.effective.values["families"] == 15
    assert sheet.effective.changed_by.keys() == {"state", "families", "place"}
    assert (sheet.alert.types, sheet.alert.missing, sheet.alert.needs_check) == (["water"], [], False)


def test_a_bare_answer_to_its_one_open_question_finds_it(own_street):
    first = own_street.text("WPT 1=2")
    own_street.text("Ansongo")
    [answer] = own_street.all(Answer)
    assert (answer.reference, answer.parsed["fields"]["place"]["pcode"]) == (first.reference, "ML0701")


@pytest.mark.parametrize("words", ["MOD {} 2 15", "{} 2 15", "{} familles: 15"])
def test_a_later_message_is_read_by_the_card_of_the_report_it_names(own_street, words):
    first = own_street.text("WPT 1=2 Gao")
    own_street.text(words.format(first.reference))
    [answer] = own_street.all(Answer)
    assert fields.said(answer, own_street.alert_of(first))["families"] == 15


def officer_of(session):
    return make_officer.officer(session, roles=(Role.FOCAL_POINT,))


def correct(alert, field, value, *, reason="Le village a appelé.", seen=None):
    with db.transaction() as session:
        wanted = Amendment(new_id(), field, value, reason, alert.version if seen is None else seen)
        corrections.correct(session, alert.id, wanted, officer=officer_of(session), now=NOW)
        return alert_sheet.read(session, alert.id, officer=officer_of(session), now=NOW)


@pytest.mark.parametrize(
    ("field", "value", "before", "after"),
    [
        ("state", {"value": "works"}, {"state": "broken"}, {"state": "works"}),
        ("families", {"value": 15}, {"families": 1200}, {"families": 15}),
        ("what", {"value": "La corde"}, {"what": "La pompe"}, {"what": "La corde"}),
        ("place", {"place": "ML05"}, None, {"place": {"pcode": "ML05", "name": "Mopti", "level": "region"}}),
    ],
)
def test_an_officer_corrects_one_field_and_both_values_stay(own_street, field, value, before, after):
    alert = own_street.alert_of(own_street.text("WPT 1=2 familles 1200 quoi=La pompe; lieu: Ansongo"))
    sheet = correct(alert, field, value)
    [kept] = sheet.corrections
    assert (kept.after, kept.reason) == (after, "Le village a appelé.")
    assert before is None or kept.before == before
    assert sheet.effective.values.items() >= after.items()
    assert sheet.effective.changed_by == {field: "officer"}
    assert (sheet.alert.version, fields.own_form(sheet.alert)) == (alert.version + 1, "water")
    with db.reading() as session:
        entry = session.query(AuditEntry).filter_by(action="alert.corrected").one()
    assert entry.detail == {"field": field}


def test_a_corrected_place_moves_the_report_to_its_region_and_nothing_is_missing_any_more(own_street):
    alert = own_street.alert_of(own_street.text("WPT 1=2"))
    assert (alert.missing, alert.needs_check) == (["place"], True)
    sheet = correct(alert, "place", {"place": "ML0501"})
    assert (sheet.alert.region, sheet.alert.place) == ("ML05", "ML0501")
    assert (sheet.alert.missing, sheet.alert.needs_check, sheet.alert.types) == ([], False, ["water"])


@pytest.mark.parametrize(
    ("field", "value", "reason", "wrong"),
    [
        ("state", {"value": "burnt"}, "parce que", ("value", "choose")),
        ("state", {"value": "works"}, " ", ("reason", "missing")),
        ("violation", {"violation": ["killing"]}, "parce que", ("violation", "unknown_field")),
        ("nothing", {"value": 1}, "parce que", ("nothing", "unknown_field")),
    ],
)
def test_what_does_not_fit_the_form_is_refused_and_changes_nothing(own_street, field, value, reason, wrong):
    alert = own_street.alert_of(own_street.text("WPT 1=2 Gao"))
    with pytest.raises(Invalid) as refused:
        correct(alert, field, value, reason=reason)
    assert (refused.value.field, refused.value.reason) == wrong
    assert own_street.all(Correction) == []


def test_a_correction_of_an_older_version_is_refused(own_street):
    alert = own_street.alert_of(own_street.text("WPT 1=2 Gao"))
    correct(alert, "state", {"value": "works"})
    with pytest.raises(Overtaken):
        correct(alert, "families", {"value": 3}, seen=alert.version)


def test_further_places_and_dates_are_corrected_under_their_own_names(make_street, tmp_path):
    tour = make_street(LAKANA_CODEBOOK=str(make_codebook.folder(tmp_path, water=make_codebook.TOUR)))
    alert = tour.alert_of(tour.text("TRN Ansongo destination: Gao retour: 14/11/2026"))
    assert (alert.place, alert.happened_from) == ("ML0701", None)
    sheet = correct(alert, "destination", {"place": "ML05"})
    assert (sheet.effective.values["destination"]["name"], sheet.alert.place) == ("Mopti", "ML0701")
    back = {"date_from": date(2026, 11, 12), "date_to": date(2026, 11, 13), "date_approximate": False}
    sheet = correct(sheet.alert, "back", back)
    assert (sheet.effective.values["back_from"], sheet.effective.values["back_to"]) == ("2026-11-12", "2026-11-13")
    assert sheet.effective.changed_by == {"destination": "officer", "back": "officer"}


def test_a_newer_reading_of_an_own_form_is_taken_by_field_or_accepted_whole(own_street):
    alert = own_street.alert_of(own_street.text("WPT 1=2 familles 12"))
    with db.transaction() as session:
        held = session.get_one(Alert, alert.id)
        held.status = AlertStatus.TRIAGED
        later = {"state": "broken", "families": 15, "place": {"pcode": "ML05", "name": "Mopti", "level": "region"}}
        waiting = make_alert.reading(session, held, fields=later, kind="water")
        officer = officer_of(session)
        choice = readings.Choice(new_id(), "families", "pris", held.version)
        readings.take(session, waiting.id, choice, officer=officer, now=NOW)
        assert (fields.effective(session, held).values["families"], held.place) == (15, None)
        readings.accept(session, waiting.id, officer=officer, now=NOW)
        assert (held.place, held.kind, held.types, fields.own_form(held)) == ("ML05", UNKNOWN, ["water"], "water")
        assert (held.missing, held.needs_check, held.has_reading_waiting) == ([], False, False)
    with db.reading() as session:
        message = session.get_one(Message, alert.message_id)
        assert (message.kind, message.outcome) == ("water", Outcome.READING)


@pytest.mark.parametrize(("status", "fate"), [(AlertStatus.NEW, Fate.REPLACED), (AlertStatus.TRIAGED, Fate.SUGGESTED)])
def test_read_again_it_follows_the_newer_words_where_nobody_has_worked_on_it(own_street, tmp_path, status, fate):
    message = own_street.text("WPT foutu Gao familles 12")
    alert = own_street.alert_of(message)
    assert alert.missing == ["state"]
    with db.transaction() as session:
        session.get_one(Alert, alert.id).status = status
    words = make_codebook.WATER.replace('"ne marche pas"]', '"ne marche pas", "foutu"]')
    newer = replace(own_street.office, codebook_folder=make_codebook.folder(tmp_path / "newer", water=words))
    newer = replace(newer, codebook=codebook.ready(newer.codebook_folder), edition="b" * 16)
    codebook.use(newer.codebook_folder)
    assert again(message, newer).fate is fate
    after = own_street.alert_of(message)
    is_written = fate is Fate.REPLACED
    assert (after.parsed["fields"].get("state"), after.has_reading_waiting) == (
        "broken" if is_written else None,
        not is_written,
    )
    assert (fields.own_form(after), after.missing) == ("water", [] if is_written else ["state"])


def test_what_is_read_as_an_own_form_by_now_becomes_one_when_accepted(own_street):
    alert = own_street.alert_of(own_street.text("Bonjour a tous"))
    with db.transaction() as session:
        held = session.get_one(Alert, alert.id)
        waiting = make_alert.reading(session, held, fields={"state": "broken"}, kind="water", missing=["place"])
        assert readings.to_take(waiting, held, {}) == {}
        readings.accept(session, waiting.id, officer=officer_of(session), now=NOW)
        assert (held.types, fields.own_form(held), held.missing) == (["water"], "water", ["place"])


def test_a_place_in_doubt_is_chosen_with_one_click_on_an_own_form_too(own_street):
    alert = own_street.alert_of(own_street.text("WPT 1=2"))
    doubt = {"code": "ambiguous_place", "field": "place", "detail": "ML07 ML05"}
    assert [each.code for each in candidates.of_problem(alert, doubt)] == ["ML07", "ML05"]
    doubt = {"code": "conflicting_state", "field": "state", "detail": "works broken"}
    assert [each.given for each in candidates.of_problem(alert, doubt)] == [{"value": "works"}, {"value": "broken"}]
    doubt = {"code": "ambiguous_families", "field": "families", "detail": "12"}
    assert candidates.of_problem(alert, doubt) == ()


def test_an_officer_may_say_that_it_is_another_kind_of_report(own_street):
    alert = own_street.alert_of(own_street.text("WPT 1=2 Gao"))
    with db.transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        wanted = Amendment(new_id(), "kind", {"kind": "incident"}, "Il s'agit d'un enfant.", alert.version)
        corrections.correct(session, alert.id, wanted, officer=officer, now=NOW)
    with db.reading() as session:
        changed = session.get_one(Alert, alert.id)
        assert (changed.kind, changed.types, fields.own_form(changed)) == (AlertKind.INCIDENT, [], None)
        assert changed.missing == ["violation", "children", "date"]


def test_a_faulty_codebook_opens_no_office(make_street, tmp_path):
    folder = make_codebook.folder(tmp_path, water=make_codebook.WATER.replace("number = 4", "number = 2"))
    with pytest.raises(CodebookWrong, match=r"forms/water\.toml:\d+: two fields of one form have the number 2"):
        make_street(LAKANA_CODEBOOK=str(folder))
