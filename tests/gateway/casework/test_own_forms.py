"""A deployment's own form, from the text to the officer and back to the phone."""

import pytest

from gateway.casework import alert_sheet, answers, corrections, fields
from gateway.casework.corrections import Amendment
from gateway.codebook import CodebookWrong
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import AlertKind, Outcome, ReplyMode, Role
from gateway.records.ids import new_id
from gateway.records.reporter import Reporter
from tests.make import codebook as make_codebook
from tests.make import officer as make_officer
from tests.make.alert import NOW

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


def test_a_correction_by_number_is_not_read_by_another_card(own_street):
    first = own_street.text("WPT 1=2 Gao")
    own_street.text(f"MOD {first.reference} 2 15")
    [answer] = own_street.all(Answer)
    assert fields.said(answer, own_street.alert_of(first)) == {}


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
