"""`lakana form import`: an XLSForm becomes a form, whole, or is refused by sheet, row and column."""

import re
import zipfile
from datetime import date

import pytest
from click.testing import CliRunner

from gateway.cli import main
from parsers import parse
from parsers.codebook import reader
from tests.make.codebook import folder
from tests.make.xlsform import CHOICES, SETTINGS, SURVEY, replaced, xlsform

TODAY = date(2026, 11, 20)


@pytest.fixture
def lakana(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKANA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LAKANA_CODEBOOK", raising=False)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_a_survey_becomes_a_form_that_texts_fill_in(lakana, tmp_path):
    out = tmp_path / "codebook"
    done = lakana("form", "import", xlsform(tmp_path / "f.xlsx"), "-o", out)
    assert done.exit_code == 0, done.output
    assert [path.name for path in out.rglob("*") if path.is_file()] == ["water_points.toml"]
    form = reader.load(out).forms["water_points"]
    assert [(field.number, field.name, field.reader, field.is_list) for field in form.fields] == [
        (1, "state", "choices", False),
        (2, "families", "numbers", False),
        (3, "wrong", "choices", True),
        (4, "place", "places", False),
        (5, "date", "dates", False),
        (6, "remark", "texts", False),
    ]
    assert form.required == ("state", "place")
    assert (form.fields[1].lowest, form.fields[1].highest) == (0, 5000)
    assert form.fields[0].says == {"fr": "Le point d’eau marche ?", "en": "Does it work?"}
    text = "wpt etat 2+familles 12+souci SEL, longue file+Ansongo+14/11+6=La pompe"
    parsed = parse(text, received_on=TODAY, codebook=out)
    assert (parsed.kind, parsed.state) == ("water_points", "complete")
    assert parsed.fields["state"] == "broken"
    assert parsed.fields["wrong"] == ["salt", "queue"]
    assert parsed.fields["remark"] == "La pompe"


def test_it_shows_a_text_that_can_be_sent_as_it_stands_and_the_words_of_the_card(lakana, tmp_path):
    out = tmp_path / "codebook"
    shown = lakana("form", "import", xlsform(tmp_path / "f.xlsx"), "-o", out).output
    usage = re.search(r"Usage: (.+)", shown)[1]
    assert usage == "WPT 1=1 2=12 3=1 4=ANSONGO 5=14/11 6=...;"
    assert parse(usage.replace("...", "fuite"), received_on=TODAY, codebook=out).state == "complete"
    assert "1* Le point d’eau marche ? 1 Il marche, 2 Il est cassé (ou sec)" in shown
    assert "3  Problèmes : 1 SEL Eau salée, 2 FILE Longue file" in shown


def test_a_second_place_keeps_its_own_name_and_is_read_under_its_label(lakana, tmp_path):
    out = tmp_path / "codebook"
    survey = replaced(SURVEY, 4, "type", "geopoint")
    shown = lakana("form", "import", xlsform(tmp_path / "f.xlsx", survey=survey), "-o", out)
    assert shown.exit_code == 0, shown.output
    first, second = (field for field in reader.load(out).forms["water_points"].fields if field.reader == "places")
    assert first.name == "place"
    parsed = parse(f"WPT 1=1 {first.number}=Gao {second.number}=Mopti", received_on=TODAY, codebook=out)
    assert (parsed.fields["place"]["name"], parsed.fields[second.name]["name"]) == ("Gao", "Mopti")
    assert parsed.state == "complete"


REFUSED = [
    ({"survey": replaced(SURVEY, 5, "type", "image")}, "survey, row 5, column type: a question of the type"),
    ({"survey": replaced(SURVEY, 4, "name", "STATE")}, "survey, row 4, column name: two questions would be called"),
    ({"survey": replaced(SURVEY, 3, "sms_field", "q1")}, "survey, row 3, column sms_field: 'q1' must be words"),
    ({"survey": replaced(SURVEY, 6, "sms_field", "etat")}, "row 6, column sms_field: two fields of one form"),
    ({"survey": replaced(SURVEY, 4, "constraint", ". >= 9 and . <= 2")}, "row 4, column constraint: the lowest number"),
    ({"survey": replaced(SURVEY, 3, "type", "select_one stat")}, "survey, row 3, column type: List name not in"),
    ({"survey": replaced(SURVEY, 3, "name", "a b")}, "survey, row 3, column name: "),
    ({"survey": replaced(SURVEY, 3, "type", None)}, "survey, row 3, column type: Question with no type"),
    ({"survey": SURVEY[:2]}, "no question of this form can be asked by text"),
    (
        {"survey": [*SURVEY, *(("integer", f"n{at}", "N", "N", None, None, "n" + "abcd"[at]) for at in range(4))]},
        "survey, row 13, column name: a card has nine lines",
    ),
    ({"choices": replaced(CHOICES, 3, "label::French (fr)", "il MARCHE")}, "choices, row 3, column label::french (fr)"),
    ({"choices": replaced(CHOICES, 5, "sms_option", "SEL")}, "choices, row 5, column sms_option: 'sel'"),
    ({"settings": replaced(SETTINGS, 2, "sms_keyword", "STOP")}, "settings, row 2, column sms_keyword: the keyword"),
    ({"settings": replaced(SETTINGS, 2, "sms_keyword", "W4")}, "settings, row 2, column sms_keyword: 'W4'"),
    ({"settings": replaced(SETTINGS, 2, "sms_keyword", None)}, "settings, row 2, column sms_keyword: is missing"),
    ({"settings": replaced(SETTINGS, 2, "sms_separator", "~")}, "settings, row 2, column sms_separator: '~'"),
    ({"settings": replaced(SETTINGS, 2, "form_id", "incident")}, "settings, row 2, column form_id: 'incident'"),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "told"), REFUSED, ids=[told[-50:] for _, told in REFUSED])
def test_what_cannot_be_asked_by_text_is_refused_with_its_cell_and_nothing_is_written(lakana, tmp_path, sheets, told):
    done = lakana("form", "import", xlsform(tmp_path / "f.xlsx", **sheets), "-o", tmp_path / "codebook")
    assert (done.exit_code, told in done.output) == (2, True), done.output
    assert not (tmp_path / "codebook").exists()


def test_all_faults_are_told_at_once(lakana, tmp_path):
    survey = replaced(replaced(SURVEY, 3, "sms_field", "q1"), 6, "sms_field", "q2")
    done = lakana("form", "import", xlsform(tmp_path / "f.xlsx", survey=survey), "-o", tmp_path / "codebook")
    assert [line for line in done.output.splitlines() if "row 3," in line or "row 6," in line] != []
    assert len(done.output.splitlines()) == 3


def test_a_form_that_is_there_is_written_over_only_when_asked(lakana, tmp_path):
    made, out = xlsform(tmp_path / "f.xlsx"), tmp_path / "codebook"
    assert lakana("form", "import", made, "-o", out).exit_code == 0
    before = (out / "forms" / "water_points.toml").read_bytes()
    again = lakana("form", "import", made, "-o", out)
    assert (again.exit_code, "--replace" in again.output) == (2, True)
    other = xlsform(tmp_path / "g.xlsx", settings=replaced(SETTINGS, 2, "form_title", "Puits"))
    assert lakana("form", "import", other, "-o", out, "--replace").exit_code == 0
    assert (out / "forms" / "water_points.toml").read_bytes() != before


def test_a_folder_with_faults_of_its_own_takes_no_new_form(lakana, tmp_path):
    out = folder(tmp_path, values="[[needs]]\n")
    done = lakana(
        "form", "import", xlsform(tmp_path / "f.xlsx", settings=replaced(SETTINGS, 2, "sms_keyword", "EPO")), "-o", out
    )
    assert (done.exit_code, "values.toml:1: a value has no `code`" in done.output) == (2, True)
    assert not (out / "forms" / "water_points.toml").exists()


def test_two_forms_cannot_begin_alike(lakana, tmp_path):
    done = lakana("form", "import", xlsform(tmp_path / "f.xlsx"), "-o", folder(tmp_path))
    assert (
        "sheet settings, row 2, column sms_keyword: the keyword 'WPT' is taken: it opens the form 'water'"
        in done.output
    )


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 half"])
def test_a_file_that_is_no_workbook_is_told_in_one_line(lakana, tmp_path, content):
    path = tmp_path / "f.xlsx"
    path.write_bytes(content)
    done = lakana("form", "import", path, "-o", tmp_path / "codebook")
    assert (done.exit_code, len(done.output.splitlines())) == (2, 1)


def test_an_empty_archive_and_another_kind_of_file_are_told_in_one_line(lakana, tmp_path):
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w") as archive:
        archive.writestr("x", "y")
    (tmp_path / "f.csv").write_text("survey\n")
    for name in ("f.xlsx", "f.csv"):
        done = lakana("form", "import", tmp_path / name, "-o", tmp_path / "codebook")
        assert (done.exit_code, len(done.output.splitlines())) == (2, 1)


def test_numbers_that_people_know_from_the_survey_stay(lakana, tmp_path):
    choices = replaced(replaced(CHOICES, 2, "name", 3), 3, "name", 1)
    assert lakana("form", "import", xlsform(tmp_path / "f.xlsx", choices=choices), "-o", tmp_path / "c").exit_code == 0
    values = reader.load(tmp_path / "c").values["water_points_state"]
    assert [(value.code, value.number) for value in values] == [("il_marche", 3), ("il_est_casse_ou_sec", 1)]


def test_without_a_required_question_the_first_one_is_and_it_is_said(lakana, tmp_path):
    survey = replaced(replaced(SURVEY, 3, "required", None), 7, "required", None)
    done = lakana("form", "import", xlsform(tmp_path / "f.xlsx", survey=survey), "-o", tmp_path / "c")
    assert "note: no question is required: 'state' is now" in done.output
    assert reader.load(tmp_path / "c").forms["water_points"].required == ("state",)


def test_the_keyword_may_be_given_where_the_survey_has_none(lakana, tmp_path):
    made = xlsform(tmp_path / "f.xlsx", settings=replaced(SETTINGS, 2, "sms_keyword", None))
    assert lakana("form", "import", made, "-o", tmp_path / "c", "--keyword", "epo").exit_code == 0
    assert reader.load(tmp_path / "c").keywords["epo"].kind == "water_points"


def test_a_folder_is_looked_over_on_request(lakana, tmp_path):
    fine = lakana("form", "check", folder(tmp_path / "a"))
    assert (fine.exit_code, "nothing wrong; incident" in fine.output) == (0, True)
    faulty = lakana("form", "check", folder(tmp_path / "b", values="[[needs]]\n"))
    assert (faulty.exit_code, "values.toml:1: " in faulty.output) == (2, True)
