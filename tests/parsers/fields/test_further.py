"""A form with several places and dates: the first of each may be bare, a further one stands under its label."""

from datetime import date
from pathlib import Path

import pytest

from parsers import parse
from parsers.codebook.faults import CodebookFaulty
from parsers.codebook.reader import load
from tests.make.codebook import TOUR, folder

TODAY = date(2026, 11, 20)
ANSONGO, GAO = "ML0701", "ML07"


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    return folder(tmp_path_factory.mktemp("tour"), water=TOUR)


@pytest.mark.parametrize(
    ("text", "place", "destination", "day", "back"),
    [
        ("TRN Ansongo destination: Gao 14/11 retour: hier", ANSONGO, GAO, "2026-11-14", "2026-11-19"),
        ("TRN Ansongo 2=Gao 14/11 4=hier", ANSONGO, GAO, "2026-11-14", "2026-11-19"),
        ("TRN 4=19/11 3=14/11 2=Gao 1=Ansongo", ANSONGO, GAO, "2026-11-14", "2026-11-19"),
        ("TRN 2=Gao 4=19/11 lieu: Ansongo", ANSONGO, GAO, None, "2026-11-19"),
        ("TRN 4=19/11 2=Gao 1=Ansongo", ANSONGO, GAO, None, "2026-11-19"),
    ],
)
def test_each_is_read_under_its_own_name(own, text, place, destination, day, back):
    parsed = parse(text, received_on=TODAY, codebook=own)
    fields = parsed.as_dict()["fields"]
    assert (fields["place"]["pcode"], fields["destination"]["pcode"]) == (place, destination)
    assert (fields.get("date_from"), fields["back_from"]) == (day, back)
    assert parsed.state == "complete"


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("TRN Ansongo Gao retour 19/11", {("ambiguous_place", "place")}),
        ("TRN Ansongo 2=Gao 2=Mopti 4=hier", {("conflicting_destination", "destination")}),
        ("TRN Ansongo 4=18/11 4=19/11", {("conflicting_back", "back")}),
        ("TRN Ansongo 4=31/02", {("impossible_date", "back")}),
        ("TRN Ansongo retour: demain", {("future_date", "back")}),
        ("TRN Ansongo destination: Zzzzz retour: hier", {("unknown_destination", "destination")}),
        ("TRN Ansongo 4=hier destination: Ansngo", {("unknown_destination", "destination")}),
        ("TRN Ansongo destination: vers Ber 4=hier", {("approximate_place", "destination")}),
        ("TRN Ansongo 14/11 15/11", {("conflicting_date", "date"), ("missing_back", "back")}),
        ("TRN Ansongo 14/11", {("missing_back", "back")}),
        ("TRN 2=Ansongo 4=hier", {("missing_place", "place")}),
    ],
)
def test_what_is_in_doubt_is_named_by_its_field_and_never_taken_for_the_other(own, text, doubts):
    parsed = parse(text, received_on=TODAY, codebook=own)
    found = {(each.code, each.field) for each in parsed.problems if each.severity == "check"}
    assert doubts <= found
    assert parsed.state == "check"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('name = "place"', 'name = "start"'), "is called 'place'; another name is for a further one beside it"),
        (('name = "mood"', 'name = "back_from"'), "'back' is kept as 'back_from' too"),
        (('name = "mood"', 'name = "destination_approximate"'), "'destination' is kept as 'destination_approximate'"),
        (('name = "destination"', 'name = "project"'), "a field with the reader 'places' is called 'place'"),
        (('name = "mood"', 'name = "' + "m" * 33 + '"'), "at most 32"),
    ],
)
def test_names_that_could_be_mixed_up_are_refused(tmp_path, change, reason):
    with pytest.raises(CodebookFaulty) as refused:
        load(folder(tmp_path, water=TOUR.replace(*change)))
    assert any(reason in str(fault) for fault in refused.value.faults)
