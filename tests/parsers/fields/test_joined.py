"""Places named together are two, even where one lies in the other; a place and what holds it are one."""

from datetime import date

import pytest

from parsers import parse

TODAY = date(2026, 11, 16)


def _read(words):
    return parse(f"ENF REC 2G {words} 14/11 CMA", received_on=TODAY)


@pytest.mark.parametrize(
    "words",
    ["de Gao à Ansongo", "d'Ansongo à Gao", "Konna et Mopti", "à Konna et à Mopti", "Konna ou Mopti", "Konna & Mopti"],
)
def test_two_places_are_for_a_person(words):
    parsed = _read(words)
    assert (parsed.state, "place" in parsed.fields) == ("check", False)


@pytest.mark.parametrize(
    ("words", "name"),
    [("à Ansongo à Gao", "Ansongo"), ("Gao, Ansongo", "Ansongo"), ("Konna dans Mopti", "Konna"), ("de Gao", "Gao")],
)
def test_a_place_and_what_holds_it_are_one(words, name):
    parsed = _read(words)
    assert (parsed.state, parsed.fields["place"]["name"]) == ("complete", name)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Koro", "cercle"),
        ("Koro village", "commune"),
        ("Koro ville", "commune"),
        ("Koro cercle", "cercle"),
        ("Gao", "region"),
        ("Gao commune", "commune"),
        ("Gao cercle Ansongo", "cercle"),  # the word belongs to the name behind it
    ],
)
def test_a_word_behind_the_name_says_the_level(words, level):
    parsed = _read(words)
    assert (parsed.state, parsed.fields["place"]["level"]) == ("complete", level)
