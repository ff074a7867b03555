"""Reports on a deployment's own form, as an officer sees them."""

import re

import pytest

from admin import own_forms
from gateway.records.codes import AlertKind, Role
from gateway.records.db import transaction
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
    rows = re.findall(r'<th scope="row"><span class="field-(\w+)">([^<]+)</span></th>\s*<td>([^<]*)', page)
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
