"""Places in words: with what lies around them, and found again by what was shown."""

from pathlib import Path

import pytest

from gateway import codebook
from gateway.casework import places
from parsers.codebook import gazetteer
from parsers.codebook.place import COLUMNS, read_rows


@pytest.fixture
def own_list(tmp_path: Path):
    """A deployment's list with two villages of one name in one cercle."""
    rows = [",".join(row) for row in read_rows(gazetteer.BUILT_IN)]
    rows += ["V1,Koira,village,ML070203,,ML07,,,,,,2015", "V2,Koira,village,ML070202,,ML07,,,,,,2015"]
    (tmp_path / "places.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    codebook.use(tmp_path)
    yield
    codebook.use(None)


@pytest.mark.parametrize(
    ("pcode", "shown"),
    [
        ("X-sevare", "Sévaré (Mopti)"),
        ("ML07", "Gao"),
        ("ML0701", "Ansongo (Gao)"),
        ("ML050608000", "Boni (Haïré, Douentza)"),
        ("ML090101", "Commune I (Bamako)"),
        ("ML070103", "Gao"),
        ("of another list", "of another list"),
        (None, ""),
    ],
)
def test_a_place_is_shown_with_the_larger_ones_around_it(pcode: str | None, shown: str) -> None:
    assert places.name(pcode) == shown


@pytest.mark.parametrize(
    ("pcode", "level"),
    [("ML07", ""), ("ML0703", "cercle"), ("ML070103", "commune"), ("X-sevare", ""), ("no", ""), (None, "")],
)
def test_the_level_is_told_where_a_larger_place_has_the_same_name(pcode: str | None, level: str) -> None:
    assert places.level_to_tell(pcode) == level


@pytest.mark.parametrize(
    "typed", ["Sévaré (Mopti)", "sevare", "Sévaré, Mopti", "X-sevare", "Sévaré (Mopti, Mopti)", " Sévaré ,  Mopti "]
)
def test_a_place_is_found_by_what_was_shown(typed: str) -> None:
    assert [place.pcode for place in places.find(typed)] == ["X-sevare"]


@pytest.mark.parametrize("typed", ["", " , ", "()", "Sévaré (Gao)", "Nulle Part"])
def test_nothing_is_found_where_nothing_fits(typed: str) -> None:
    assert places.find(typed) == ()


def test_villages_of_one_name_are_told_apart_by_their_commune(own_list: None) -> None:
    shown = [places.name(code) for code in ("V1", "V2")]
    assert len(set(shown)) == 2
    assert [[place.pcode for place in places.find(name)] for name in shown] == [["V1"], ["V2"]]


def test_the_deployments_own_list_is_the_one_in_use(own_list: None) -> None:
    assert places.region_of("V1") == "ML07"
    codebook.use(None)
    assert places.region_of("V1") is None
