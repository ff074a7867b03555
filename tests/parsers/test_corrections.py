"""One slip is mended when one word or place comes out, and never in a story."""

from datetime import date

import pytest

from parsers import parse
from parsers.result import ReporterContext

TODAY = date(2026, 11, 20)


def _parse(text):
    return parse(text, received_on=TODAY, reporter=ReporterContext(language="fr"))


def _codes(parsed, severity):
    return {problem.code for problem in parsed.problems if problem.severity == severity}


@pytest.mark.parametrize(
    ("text", "code", "field", "value"),
    [
        ("ENF recrutment 2G Ansongo 14/11", "corrected_violation", "violation", ["recruitment"]),
        ("ENF REC 2 garconss Ansongo 14/11", "corrected_children", "boys", 2),
        ("ENF REC 2G Ansongo 14 novenbre", "corrected_date", "date_from", date(2026, 11, 14)),
        ("ENF REC 2G Ansongo 14/11 platefrome", "corrected_party", "party", ["plateforme"]),
        ("ENF REC 2G Ansongo 14/11 URGNET", "corrected_needs", "urgent", True),
        ("ENF REC 1OG Ansongo 14/11", "corrected_children", "boys", 10),
    ],
)
def test_one_slip_in_a_word_is_mended_with_a_note(text, code, field, value):
    parsed = _parse(text)
    assert parsed.state == "complete"
    assert code in _codes(parsed, "note")
    assert parsed.fields[field] == value


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ansomgo", "Ansongo"),
        ("Bourem Inly", "Bourem Inaly"),
        ("Kopro Pen", "Koporo Pen"),
        ("Gourma-Rharuos", "Gourma-Rharous"),
    ],
)
def test_one_slip_in_a_place_is_mended_with_a_note(typed, name):
    parsed = _parse(f"ENF REC 2G {typed} 14/11")
    assert (parsed.state, parsed.fields["place"]["name"]) == ("complete", name)
    assert "corrected_place" in _codes(parsed, "note")


def test_two_slips_in_a_place_are_offered_and_not_taken():
    parsed = _parse("ENF REC 2G Dinangrou 14/11")
    assert "place" not in parsed.fields
    assert [problem.detail for problem in parsed.problems if problem.code == "unknown_place"] != [""]


def test_half_a_name_is_not_a_misspelt_one():
    assert "place" not in _parse("ENF REC 2G Banikane-Nar 14/11").fields


@pytest.mark.parametrize("typed", ["JNMI", "DZOO", "VUU", "RCE"])
def test_a_slip_in_a_short_code_is_for_a_person(typed):
    assert _parse(f"ENF REC 2G Ansongo 14/11 {typed}").state == "check"


@pytest.mark.parametrize("story", ["la situation reste tendue", "on attend votre appel", "les gens ne dorment plus"])
def test_a_story_at_the_end_is_the_note_and_never_corrected(story):
    parsed = _parse(f"ENF REC 2G Ansongo 14/11 {story}")
    assert (parsed.state, parsed.note) == ("complete", story)
    assert parsed.fields["place"]["name"] == "Ansongo"


def test_a_story_does_not_fill_a_field_that_is_missing():
    parsed = _parse("ENF REC 2G 14/11 CMA la situation est tendue menace partout")
    assert parsed.state == "check"
    assert "place" not in parsed.fields


@pytest.mark.parametrize(
    "word", ["battu", "décidé", "étage", "stage", "utile", "laissés", "baisse", "rares", "génial", "gorge"]
)
def test_an_ordinary_word_is_no_misspelt_violation(word):
    assert "violation" not in parse(f"ENF 2G {word} Konna 12/11", received_on=TODAY).fields


@pytest.mark.parametrize("word", ["maire", "bureau", "bande", "guide", "maladie", "payés", "farine", "seringue"])
def test_an_ordinary_word_is_no_misspelt_place(word):
    parsed = parse(f"ENF TUE 2G 12/11 {word} VU", received_on=TODAY)
    assert (parsed.state, "place" in parsed.fields) == ("check", False)


@pytest.mark.parametrize("word", ["RAS", "Six", "dix", "sang", "sois", "mot", "was", "ten", "easy", "sex", "tas"])
def test_an_ordinary_word_is_no_misspelt_keyword(word):
    parsed = parse(f"{word} garçons enlevés à Konna hier", received_on=TODAY)
    assert (parsed.kind, parsed.state) == ("unknown", "check")


@pytest.mark.parametrize("word", ["fleurs", "chien", "regarde"])
def test_no_word_before_the_end_vanishes_as_misspelt_small_talk(word):
    assert parse(f"ENF TUE 2G {word} Konna 12/11", received_on=TODAY).state == "check"
