"""The pocket card: every code on it, big enough to read, nothing on it that would endanger whoever carries it."""

import io
import itertools
import re
from datetime import date

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from gateway.cli import main
from gateway.cli.card import content, faces, sheet
from gateway.cli.card.content import Detail
from gateway.cli.card.sheet import Sheet
from gateway.errors import Invalid
from parsers import parse
from parsers.codebook import reader
from tests.make.codebook import WATER, folder

BOOK = reader.load()
FORMS = ("incident", "project", "alert", "release")
ALL = list(itertools.product(FORMS, content.LANGUAGES, Detail))
SMALLEST = 8
A6 = (105 / 25.4 * 72, 148.5 / 25.4 * 72)
TELLING = {"violation", "threat", "how", "problem", "party"}


def card_pdf(form, language, detail=Detail.CODES, paper=Sheet.SINGLE, book=BOOK):
    made = content.make(book, form, language, detail=detail)
    return PdfReader(io.BytesIO(sheet.draw(faces.lay_out(made), paper, title=made.words["title"])))


def pieces(pdf):
    """Every piece of text with its font, its size and where it stands."""
    found = []

    def visit(text, _cm, matrix, font, size):
        if text.strip():
            found.append((text.strip(), font["/BaseFont"] if font else "", size * matrix[3], matrix[4], matrix[5]))

    for page in pdf.pages:
        page.extract_text(visitor_text=visit)
    return found


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def words_of(pdf):
    return set(re.findall(r"[^\s·,.()]+", text_of(pdf)))


@pytest.mark.parametrize(("form", "language", "detail"), ALL)
def test_every_letter_is_big_enough_to_read_and_codes_are_bold(form, language, detail):
    found = pieces(card_pdf(form, language, detail))
    assert min(size for _, _, size, _, _ in found) >= SMALLEST
    bold = " ".join(text for text, font, _, _, _ in found if "Bold" in font or "Bd" in font)
    for line in content.make(BOOK, form, language, detail=detail).lines:
        assert all(word in bold for choice in line.choices for word in choice.typed.split())


@pytest.mark.parametrize(("form", "language"), list(itertools.product(FORMS, content.LANGUAGES)))
def test_every_code_and_number_of_the_codebook_stands_on_the_explained_card(form, language):
    on_card = text_of(card_pdf(form, language, Detail.EXPLAINED))
    for field in BOOK.forms[form].fields:
        assert f"{field.number} " in on_card
        for value in BOOK.values.get(field.values, ()):
            number = f"{value.number} " if value.number else ""
            assert f"{number}{value.card[0]}" in on_card, value.code


@pytest.mark.parametrize(("form", "language"), list(itertools.product(FORMS, content.LANGUAGES)))
def test_the_card_that_is_carried_has_the_codes_but_names_no_group_and_no_meaning(form, language):
    carried = text_of(card_pdf(form, language))
    for field in BOOK.forms[form].fields:
        for value in BOOK.values.get(field.values, ()) if field.values != "party" else ():
            assert value.card[0] in carried
    words = words_of(card_pdf(form, language))
    assert words.isdisjoint(value.card[0] for value in BOOK.values["party"])
    meanings = content._words()[language]["means"].get("violation", {}).values()
    assert not [meaning for meaning in meanings if meaning in carried]
    for told in (
        "Lakana",
        "ENFANT",
        "CHILD",
        "INCIDENT",
        "ONU",
        "MINUSMA",
        "UNICEF",
        "enfant soldat",
        "violation",
        "+223",
    ):
        assert told not in carried


@pytest.mark.parametrize(("form", "language"), list(itertools.product(FORMS, content.LANGUAGES)))
def test_the_neutral_card_has_no_list_that_tells_what_is_reported(form, language):
    words = words_of(card_pdf(form, language, Detail.NEUTRAL))
    codes = {value.card[0] for name in TELLING for value in BOOK.values[name]}
    assert words.isdisjoint(codes)


@pytest.mark.parametrize(("form", "language", "detail"), [each for each in ALL if each[2] is not Detail.NEUTRAL])
def test_the_example_is_a_complete_text(form, language, detail):
    example = content.make(BOOK, form, language, detail=detail).example
    parsed = parse(example, received_on=date(2026, 11, 20))
    assert (parsed.kind, parsed.state) == (form, "complete"), parsed.problems


def test_french_letters_and_signs_are_right():
    text = text_of(card_pdf("incident", "fr", Detail.EXPLAINED))
    for words in ("Âge", "Aide-mémoire", "évacuation", "n’importe quel ordre", "école occupée"):
        assert words in text


def test_the_type_is_embedded_and_the_file_says_nothing_of_who_made_it():
    pdf = card_pdf("incident", "fr")
    fonts = pdf.pages[0]["/Resources"]["/Font"]
    used = [font.get_object() for font in fonts.values() if "Vera" in font.get_object()["/BaseFont"]]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)
    told = {name: str(value) for name, value in pdf.metadata.items() if "Date" not in name}
    assert "Lakana" not in str(told)
    assert (told["/Title"], told.get("/Author", "")) == ("Aide-mémoire SMS", "")


@pytest.mark.parametrize(("paper", "across", "up"), [(Sheet.SINGLE, 1, 1), (Sheet.A4, 2, 2), (Sheet.A3, 4, 2)])
def test_a_sheet_holds_as_many_cards_as_its_paper(paper, across, up):
    pdf = card_pdf("incident", "fr", paper=paper)
    [page] = pdf.pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
        (across * A6[0], up * A6[1]), abs=1
    )
    headings = [(x // A6[0], y // A6[1]) for text, _, size, x, y in pieces(pdf) if text == "ENF" and size > 12]
    assert sorted(headings) == sorted(itertools.product(range(across), range(up)))


@pytest.mark.parametrize("paper", [Sheet.A4, Sheet.A3])
def test_nothing_stands_where_an_office_printer_leaves_white_or_where_it_is_cut(paper):
    for _, _, _, x, y in pieces(card_pdf("project", "fr", Detail.EXPLAINED, paper)):
        assert 6 / 25.4 * 72 < x % A6[0] < A6[0]
        assert 6 / 25.4 * 72 < y % A6[1] < A6[1] - 6 / 25.4 * 72


def test_no_line_is_wider_than_the_card():
    for form, language, detail in ALL:
        for face in faces.lay_out(content.make(BOOK, form, language, detail=detail)):
            for run in face.runs:
                end = run.x + faces._width(run.text, run.font, run.size)
                assert end <= faces.WIDTH - faces.INSET + run.size, (form, language, detail, run.text)


def test_the_same_card_is_the_same_file():
    made = faces.lay_out(content.make(BOOK, "incident", "fr"))
    assert sheet.draw(made, Sheet.A4, title="a") == sheet.draw(made, Sheet.A4, title="a")


def test_an_own_form_has_its_card_in_its_own_words(tmp_path):
    water = WATER.replace("il est cassé", "a tiɲɛna").replace(
        'fr = "Familles"', f'fr = "{"Combien de familles viennent " * 3}"'
    )
    book = reader.load(folder(tmp_path, water=water))
    text = text_of(card_pdf("water", "fr", book=book))
    for told in ("WPT", "Points d’eau", "1 MARCHE il marche", "2 CASSE a tinyena", "0 – 5000", "Combien de familles"):
        assert told in text


def test_a_form_that_is_too_long_has_two_faces_and_beyond_that_is_refused(tmp_path):
    long = WATER.replace('fr = "Familles"', f'fr = "{"Combien de familles viennent ici " * 40}"')
    pages = faces.lay_out(content.make(reader.load(folder(tmp_path / "a", water=long)), "water", "fr"))
    assert len(pages) == 2
    assert min(run.size for page in pages for run in page.runs) >= SMALLEST
    longer = WATER.replace('fr = "Familles"', f'fr = "{"Combien de familles viennent ici " * 150}"')
    with pytest.raises(Invalid, match="the form is too long"):
        faces.lay_out(content.make(reader.load(folder(tmp_path / "b", water=longer)), "water", "fr"))


def test_the_command_writes_the_file_or_says_why_not(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKANA_HOME", str(tmp_path))
    run = CliRunner().invoke
    out = tmp_path / "card.pdf"
    done = run(main, ["card", "--form", "incident", "--lang", "fr", "-o", str(out)])
    assert (done.exit_code, out.read_bytes()[:5]) == (0, b"%PDF-")
    assert "1* Type : 1 TUE, 2 BLE" in run(main, ["card"]).output
    for words in (
        ["--form", "nothing"],
        ["--lang", "xx"],
        ["--sheet", "a5"],
        ["-o", str(tmp_path / "no" / "card.pdf")],
    ):
        wrong = run(main, ["card", *words])
        assert wrong.exit_code == 2
        assert "Traceback" not in wrong.output
    assert [path.name for path in tmp_path.iterdir()] == ["card.pdf"]
