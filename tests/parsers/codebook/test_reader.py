"""The codebook's files agree with one another, and a deployment's own files take their place."""

import shutil
from datetime import date

import pytest

from parsers import parse
from parsers.codebook import reader, sources
from parsers.labels import VALUE_READERS

BOOK = reader.load()
READERS = {*VALUE_READERS, "choices", "projects", "note"}


@pytest.mark.parametrize("form", BOOK.forms.values(), ids=lambda form: form.name)
def test_every_field_has_a_reader_a_number_and_a_list(form):
    assert {field.reader for field in form.fields} <= READERS
    assert len(form.by_number) == len(form.fields)
    assert set(form.required) <= form.by_name.keys()
    assert all(field.values in BOOK.values for field in form.fields if field.reader == "choices")


@pytest.mark.parametrize("form", BOOK.forms.values(), ids=lambda form: form.name)
def test_every_word_stands_for_a_value_that_exists(form):
    wrong = [
        (word, meaning)
        for word, node in form.phrases.root.steps.items()
        for meaning in node.meanings
        if meaning.table in form.tables and meaning.value not in {value.code for value in BOOK.values[meaning.table]}
    ]
    assert wrong == []


def test_numbers_and_codes_of_a_list_are_its_own():
    for table, values in BOOK.values.items():
        numbers = [value.number for value in values if value.number is not None]
        assert len(numbers) == len(set(numbers)), table
        assert len(values) == len({value.code for value in values}), table


def test_no_keyword_is_an_ordinary_word_of_a_story_but_those_that_are_both():
    assert BOOK.keywords.keys() & BOOK.ordinary <= {
        "aide",
        "arret",
        "etat",
        "den",
        "enf",
        "mod",
        "sos",
        "help",
        "fix",
        "projet",
        "inc",
        "lib",
    }


def test_parties_have_a_parent_that_exists():
    parties = sources.built_in(sources.PARTIES)["party"]
    codes = {party["code"] for party in parties}
    assert {party["parent"] for party in parties if "parent" in party} <= codes
    assert all(party["fr"] and party["en"] and party["names"] for party in parties)


def test_a_deployments_own_file_takes_the_place_of_the_built_in_one(tmp_path):
    own = tmp_path / "forms.toml"
    shutil.copy(reader.BUILT_IN / "forms.toml", own)
    own.write_text(own.read_text(encoding="utf-8").replace('"ENF", "ENFANT"', '"NINO", "ENFANT"'), encoding="utf-8")
    received_on = date(2026, 11, 20)
    assert parse("NINO REC 3G Ansongo 14/11", received_on=received_on, codebook=tmp_path).kind == "incident"
    assert parse("NINO REC 3G Ansongo 14/11", received_on=received_on).kind == "unknown"
