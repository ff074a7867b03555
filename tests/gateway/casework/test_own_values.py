"""What an officer may put in a field of an own form: each kind of field has its own check, naming what is wrong."""

from datetime import date

import pytest

from gateway import codebook
from gateway.casework import own_values
from gateway.errors import Invalid
from parsers.codebook.book import Field
from tests.make.codebook import WATER, folder

TODAY = date(2026, 11, 20)
GAO = {"pcode": "ML07", "name": "Gao", "level": "region"}
STATE = Field("state", 1, "choices", "water_state")
STATES = Field("states", 1, "choices", "water_state", is_list=True)
FAMILIES = Field("families", 2, "numbers", lowest=0, highest=500)
DEPTH = Field("depth", 3, "numbers", decimals=True)
WHAT = Field("what", 4, "texts")
DESTINATION = Field("destination", 5, "places")
BACK = Field("back", 6, "dates")
CHILDREN = Field("children", 7, "counts")
AGE = Field("age", 8, "ages")
PROJECT = Field("project", 9, "projects")
RATING = Field("rating", 9, "ratings")


@pytest.fixture(autouse=True)
def _own(tmp_path):
    codebook.use(folder(tmp_path, water=WATER))
    yield
    codebook.use(None)


KEPT = [
    (STATE, {"value": "broken"}, {"state": "broken"}),
    (STATES, {"value": ["broken", "works"]}, {"states": ["works", "broken"]}),
    (FAMILIES, {"value": 500}, {"families": 500}),
    (FAMILIES, {"value": 12.0}, {"families": 12}),
    (DEPTH, {"value": 2.5}, {"depth": 2.5}),
    (WHAT, {"value": " la pompe\r\nfuit "}, {"what": "la pompe\nfuit"}),
    (DESTINATION, {"place": "ML07"}, {"destination": GAO}),
    (
        BACK,
        {"date_from": date(2026, 11, 14), "date_to": None, "date_approximate": True},
        {"back_from": "2026-11-14", "back_to": "2026-11-14", "back_approximate": True},
    ),
    (CHILDREN, {"boys": 2}, {"boys": 2, "girls": 0, "unknown": 0, "children_approximate": False}),
    (AGE, {"age_min": 12}, {"age_min": 12, "age_max": 12}),
    (PROJECT, {"value": "gao 22 014"}, {"project": "GAO-22-014"}),
    (RATING, {"value": 5}, {"rating": 5}),
]


@pytest.mark.parametrize(("field", "given", "kept"), KEPT)
def test_a_value_is_kept_as_a_message_would_have_given_it(field, given, kept):
    assert own_values.check(field, given, today=TODAY) == kept


@pytest.mark.parametrize(("field", "given", "kept"), KEPT)
def test_and_comes_back_under_the_names_of_the_inputs(field, given, kept):
    shown = own_values.standing(field, kept)
    assert shown.keys() & given.keys()
    known = own_values.known_as(field)
    assert all(name == "value" or known is not None for name in shown)
    assert own_values.standing(field, {}) == {}


@pytest.mark.parametrize(
    ("field", "given", "where", "reason"),
    [
        (STATE, {"value": "burnt"}, "value", "choose"),
        (STATE, {}, "value", "choose"),
        (STATES, {"value": []}, "value", "choose"),
        (STATES, {"value": ["works", "burnt"]}, "value", "choose"),
        (FAMILIES, {"value": None}, "value", "number"),
        (FAMILIES, {"value": True}, "value", "number"),
        (FAMILIES, {"value": 2.5}, "value", "number"),
        (FAMILIES, {"value": 501}, "value", "out_of_range"),
        (FAMILIES, {"value": -1}, "value", "out_of_range"),
        (DEPTH, {"value": "deep"}, "value", "a_number"),
        (WHAT, {"value": "  "}, "value", "missing"),
        (WHAT, {"value": "é" * 5001}, "value", "too_long"),
        (DESTINATION, {"place": "nowhere"}, "place", "unknown_place"),
        (BACK, {"date_from": date(2026, 11, 21)}, "date", "in_future"),
        (CHILDREN, {"boys": 501}, "children", "out_of_range"),
        (AGE, {"age_min": 130}, "age", "out_of_range"),
        (PROJECT, {"value": "GAO-2-014"}, "value", "project_code"),
        (RATING, {"value": 6}, "value", "choose"),
        (RATING, {"value": True}, "value", "choose"),
    ],
)
def test_what_cannot_be_taken_names_its_input_and_the_reason(field, given, where, reason):
    with pytest.raises(Invalid) as refused:
        own_values.check(field, given, today=TODAY)
    assert (refused.value.field, refused.value.reason) == (where, reason)


def test_a_note_is_the_reporters_own_words_and_no_field_to_correct(tmp_path):
    assert own_values.of_form("water", "state").name == "state"
    assert own_values.of_form("incident", "place") is None
    assert own_values.of_form("water", "note") is None
    assert own_values.of_form(None, "state") is None
