"""Reports on a deployment's own form, as an officer sees them."""

import re

import pytest

from admin import own_forms
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, Role
from gateway.records.correction import Correction
from gateway.records.db import reading, transaction
from tests.admin.conftest import build, visitor_of
from tests.make import alert as make_alert
from tests.make import codebook as make_codebook
from tests.make import officer as make_officer

TEXT = "WPT 1=2 familles 1200 quoi=<b>pompe</b>"
FIELDS = {"state": "broken", "families": 1200, "what": "<b>pompe</b>"}
PROBLEM = {"code": "missing_place", "field": "place", "severity": "check", "start": 0, "end": 0, "detail": ""}
DOUBT = PROBLEM | {"code": "out_of_range_families", "field": "families"}


@pytest.fixture
def own_panel(sqlite_database, open_vault, tmp_path):
    return build(tmp_path, LAKANA_CODEBOOK=str(make_codebook.folder(tmp_path)))


@pytest.fixture
def officer(own_panel):
    with transaction() as session:
        made = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
    return visitor_of(own_panel).signed_in(made)


def report():
    with transaction() as session:
        made = make_alert.alert(
            session,
            text=TEXT,
            fields=FIELDS,
            problems=(PROBLEM, DOUBT),
            spans={"state": [[4, 7]]},
            kind=AlertKind.UNKNOWN,
            missing=["place"],
        )
        made.types = ["water"]
        made.parsed = made.parsed | {"kind": "water"}
        return made


def test_the_tray_names_the_form_and_what_is_missing(officer):
    report()
    page = officer.get("/reading").text
    assert "Water points" in page
    assert "Own form" in page
    assert "to check: Place" in page


def test_its_page_shows_each_field_with_its_question_and_its_value_in_words(officer):
    alert = report()
    page = officer.get(f"/alerts/{alert.id}").text
    row = r'data-field="(\w+)">\s*<th scope="row"><span class="field-\w+">([^<]+)</span></th>\s*<td>([^<]*)'
    rows = re.findall(row, page)
    assert [(name, asked, words.strip()) for name, asked, words in rows] == [
        ("state", "Does it work?", "it is broken"),
        ("families", "Families", "1,200"),
        ("what", "What is wrong", "&lt;b&gt;pompe&lt;/b&gt;"),
        ("place", "Place", "–"),
    ]
    assert "Hardly possible: Families." in page
    assert "The machine could not tell" not in page


def test_it_can_be_taken_moved_on_and_named_another_kind(officer):
    alert = report()
    page = f"/alerts/{alert.id}"
    assert officer.post(f"{page}/claim").status_code == 303
    moved = {"status": "handled", "reason": "La pompe est réparée.", "version": "1", "duplicate_of": ""}
    assert officer.post(f"{page}/triage", moved).status_code == 303
    assert alert.reference not in officer.get("/reading").text


@pytest.mark.parametrize(
    ("field", "sent", "shown"),
    [
        ("state", {"value": "works"}, "it works"),
        ("families", {"value": "1 250"}, "1,250"),
        ("what", {"value": "<i>corde"}, "&lt;i&gt;corde"),
        ("place", {"place": "Mopti", "place_code": "ML05"}, "Mopti"),
    ],
)
def test_an_officer_corrects_a_field_with_a_reason(officer, field, sent, shown):
    alert = report()
    page = f"/alerts/{alert.id}/fields/{field}"
    form = officer.get(page)
    assert form.status_code == 200
    nonce = re.search(r'name="id" value="(\w+)"', form.text)[1]
    given = {"id": nonce, "version": "1", "reason": "<b>call"} | sent
    assert officer.post(page, given | {"reason": " "}).status_code == 400
    assert officer.post(page, given).status_code == 303
    told = " ".join(officer.get(f"/alerts/{alert.id}").text.split())
    assert f"<td>{shown} " in told
    assert "corrected; first read as:" in told
    assert "&lt;b&gt;call" in told
    assert officer.post(page, given).status_code == 303
    stale = officer.post(page, given | {"id": "b" * 16})
    assert stale.status_code == 409
    assert "&lt;b&gt;call" in stale.text


@pytest.mark.parametrize(
    ("field", "sent", "told"),
    [
        ("state", {"value": "burnt"}, "Please choose from the list."),
        ("families", {"value": "many"}, "Please give whole numbers."),
        ("families", {"value": "5001"}, "This number is not possible here."),
        ("what", {"value": " "}, "Please fill this in."),
        ("place", {"place": "Nowhere", "place_code": ""}, "No place of the list has this name."),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field_and_kept(officer, field, sent, told):
    alert = report()
    given = {"id": "a" * 16, "version": "1", "reason": "call"} | sent
    refused = officer.post(f"/alerts/{alert.id}/fields/{field}", given)
    assert refused.status_code == 400
    assert told in refused.text
    with reading() as session:
        assert session.query(Correction).count() == 0


@pytest.mark.parametrize("field", ["violation", "nothing", "note", "children"])
def test_what_is_no_field_of_the_form_has_no_page(officer, field):
    assert officer.get(f"/alerts/{report().id}/fields/{field}").status_code == 404


def test_a_field_of_a_newer_reading_is_taken_with_one_click(officer):
    alert = report()
    with transaction() as session:
        made = session.get_one(Alert, alert.id)
        place = {"place": {"pcode": "ML05", "name": "Mopti", "level": "region"}}
        newer = make_alert.reading(session, made, fields=FIELDS | {"families": 12} | place, kind="water")
    page = f"/alerts/{alert.id}"
    shown = officer.get(page).text
    assert shown.count("Take this<") == 2
    nonce = re.search(r'name="id" value="(\w+)"', shown)[1]
    sent = {"id": nonce, "version": "1", "field": "place"}
    assert officer.post(f"{page}/readings/{newer.id}/fields", sent).status_code == 303
    after = officer.get(page).text
    assert after.count("Take this<") == 1
    assert "Taken from the newer reading." in after
    assert officer.post(f"{page}/readings/{newer.id}/fields", sent | {"id": "c" * 16}).status_code == 400
    assert officer.post(f"{page}/readings/{newer.id}/fields", sent | {"field": "families"}).status_code == 409


def test_a_form_that_is_no_longer_there_leaves_its_reports_readable(sqlite_panel):
    with transaction() as session:
        made = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
    alert = report()
    visitor = visitor_of(sqlite_panel).signed_in(made)
    assert visitor.get("/reading").status_code == 200
    page = visitor.get(f"/alerts/{alert.id}")
    assert page.status_code == 200
    assert "pompe" in page.text


def test_its_words_are_those_of_the_language_of_the_page(own_panel):
    with own_panel.test_request_context():
        assert own_forms.title("water") == "Points d’eau"
        assert own_forms.told("water", {"state": "works"}) == [("state", "Le point d’eau marche ?", "il marche")]
        assert own_forms.question("place", "water") == own_forms.question("place", None) == "Lieu"
