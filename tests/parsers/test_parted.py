"""Phrases with a place or a day in the middle, and a code typed onto the keyword."""

from datetime import date

import pytest

from parsers import parse

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "violation"),
    [
        ("ENF l'école de Konna a été brûlée hier par le JNIM", "attack_on_schools"),
        ("ENF école Konna attaquée hier", "attack_on_schools"),
        ("ENF Le centre de santé de Youdiou a été pillé le 14/11", "attack_on_hospitals"),
        ("ENF convoi hier à Tessit bloqué", "denial_humanitarian_access"),
    ],
)
def test_a_phrase_goes_on_behind_a_place_or_a_day(text, violation):
    parsed = parse(text, received_on=TODAY)
    assert (parsed.state, parsed.fields["violation"]) == ("complete", [violation])
    assert "corrected_violation" in {problem.code for problem in parsed.problems}


@pytest.mark.parametrize(
    "text",
    [
        "ENF école de Konna marché attaqué hier",  # an unread word stands between
        "ENF école de Konna.\nattaqué hier",
        "ENF marché de Konna brûlé hier",
    ],
)
def test_words_of_different_things_are_not_put_together(text):
    parsed = parse(text, received_on=TODAY)
    assert "violation" not in parsed.fields
    assert parsed.state == "check"


@pytest.mark.parametrize("word", ["ENFREC", "enfrec", "EnfRec"])
def test_a_code_typed_onto_the_keyword_is_read_and_asked_about(word):
    parsed = parse(f"Bjr {word}3G1F Ansongo 14/11 CMA", received_on=TODAY)
    assert (parsed.kind, parsed.state) == ("incident", "check")
    assert (parsed.fields["violation"], parsed.fields["boys"], parsed.fields["girls"]) == (["recruitment"], 3, 1)
    assert [(problem.code, problem.detail) for problem in parsed.problems] == [("corrected_keyword", word[:3])]


@pytest.mark.parametrize("word", ["enfin", "incroyable", "liberté", "relais", "encore", "enfance", "ENFXYZ"])
def test_a_keyword_is_no_prefix_of_other_words(word):
    assert parse(f"{word} 3G1F Ansongo 14/11 CMA", received_on=TODAY).kind == "unknown"
