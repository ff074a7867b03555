"""The gazetteer: what the file promises, and what a name finds."""

import re
from collections import Counter
from pathlib import Path

import pytest

from parsers.codebook import gazetteer
from parsers.codebook.gazetteer import LEVELS, Place, fold_key
from parsers.codebook.place import CODE, read_rows

PLACES = gazetteer.load()
REPORTING = ["ML01", "ML02", "ML03", "ML04", "ML05", "ML06", "ML07", "ML08", "N23-09", "ML10", "ML09"]


def place(pcode: str) -> Place:
    found = PLACES.get(pcode)
    assert found, pcode
    return found


def codes(name: str) -> list[str]:
    return [found.pcode for found in PLACES.exact(fold_key(name))]


# ---- the file


def test_every_level_is_there() -> None:
    assert Counter(each.level for each in PLACES) == {"region": 20, "cercle": 160, "commune": 757, "town": 216}


def test_no_code_stands_twice() -> None:
    rows = list(read_rows(gazetteer.BUILT_IN))
    assert len({row[CODE].upper() for row in rows}) == len(rows)


def test_parents_exist_and_are_of_a_larger_level_so_there_is_no_circle() -> None:
    for each in PLACES:
        for parent in (each.parent, each.parent_2023):
            if parent:
                assert LEVELS.index(place(parent).level) < LEVELS.index(each.level), each


def test_only_regions_have_no_parent() -> None:
    assert {each.level for each in PLACES if not each.parent} == {"region"}


def test_every_place_has_a_reporting_region() -> None:
    assert {each.region for each in PLACES} == set(REPORTING)


def test_a_place_lies_in_its_reporting_region_or_in_a_region_that_came_from_it() -> None:
    for each in PLACES:
        regions = [above for above in (*PLACES.ancestors(each), each) if above.level == "region"]
        assert each.region in {above.region for above in regions}, each


def test_points_are_in_mali_and_rounded() -> None:
    for each in PLACES:
        if each.latitude is None or each.longitude is None:
            assert each.latitude == each.longitude
            continue
        assert 10 < each.latitude < 25.1, each
        assert -12.3 < each.longitude < 4.3, each
        assert (round(each.latitude, 2), round(each.longitude, 2)) == (each.latitude, each.longitude)


def test_no_alternate_repeats_the_name_or_another_alternate() -> None:
    for each in PLACES:
        keys = [fold_key(name) for name in (each.name, *each.alternates)]
        assert all(keys), each
        assert len(set(keys)) == len(keys), each


def test_no_alternate_is_the_name_of_a_place_elsewhere() -> None:
    for each in PLACES:
        for alternate in each.alternates:
            named = [
                other for other in PLACES.exact(fold_key(alternate)) if fold_key(other.name) == fold_key(alternate)
            ]
            for other in named:
                nested = PLACES.is_within(each, other.pcode) or PLACES.is_within(other, each.pcode)
                assert nested, (each.name, alternate, other)


def test_codes_and_dates_are_well_formed() -> None:
    code = {
        "2021": r"ML\d\d(\d\d)?",
        "2015": r"ML\d{6}(000)?",
        "2023": r"N23-\d\d(-[a-z-]+)?",
        "2001": r"X-[a-z]+",
        "own": r"X-[a-z]+",
        "geonames": r"GN-\d+",
    }
    for each in PLACES:
        assert re.fullmatch(code[each.vintage], each.pcode), each
        for day in (each.valid_from, each.valid_to):
            assert day is None or re.fullmatch(r"\d{4}-\d\d(-\d\d)?", day), each


# ---- by code and by name


@pytest.mark.parametrize("code", ["ML0701", "ml0701", " ML0701 "])
def test_a_code_finds_its_place_in_any_case(code: str) -> None:
    assert place(code).name == "Ansongo"


def test_a_code_is_found_where_a_name_is_looked_for() -> None:
    assert codes("ml1003") == ["ML1003"]
    assert PLACES.get("ML9999") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gao", ["ML07", "ML0703", "ML070103"]),
        ("Tombouctou", ["ML06", "ML0605", "ML060106"]),
        ("Timbuktu", ["ML06", "ML0605", "ML060106"]),
        ("Tin Buktu", ["ML06", "ML0605", "ML060106"]),
        ("TBT", ["ML06", "ML0605", "ML060106"]),
        ("San", ["N23-17", "ML0405", "ML040417"]),
        ("Ménaka", ["ML10", "ML1001", "ML070403"]),
        ("MENACA", ["ML10", "ML1001", "ML070403"]),
        ("Meneka", ["ML10", "ML1001", "ML070403"]),
        ("Segu", ["ML04", "ML0406", "ML040224"]),
        ("BKO", ["ML09", "ML0901"]),
        ("Douenza", ["N23-18", "ML0504", "ML050606"]),
        ("Nioro du Sahel", ["N23-11", "ML0106", "ML010610"]),
        ("Taoudenni", ["N23-09", "N23-09-taoudenit", "N23-09-taoudenit-taoudenni"]),
        ("Koro", ["ML0505", "ML050711"]),
        ("Bamba", ["N23-07-bamba", "ML050701", "ML070301"]),
        ("Tilemsi", ["ML060314", "ML070107"]),
        ("Tabankort", ["N23-07-tabankort", "N23-10-menaka-tabankort"]),
        ("Boni", ["N23-18-boni", "ML050608000"]),
        ("Rharous", ["ML0603", "ML060408"]),
        ("Aguelhok", ["N23-08-aguel-hoc"]),
        ("Anefis", ["N23-08-anefif", "ML080101"]),
        ("N’Tillit", ["N23-07-n-tillit", "ML070105"]),
        ("Commune 1", ["ML090101"]),
        ("Nulle Part", []),
    ],
)
def test_a_name_finds_all_its_places_the_largest_first(name: str, expected: list[str]) -> None:
    assert codes(name) == expected


# ---- nearly the name


def near(typed: str, edits: int = 1) -> set[tuple[str, int]]:
    return {(found.name, distance) for found, distance in PLACES.near(fold_key(typed), edits=edits)}


@pytest.mark.parametrize(
    ("typed", "edits", "expected"),
    [
        ("Ansonggo", 1, {("Ansongo", 1)}),
        ("Asnongo", 1, {("Ansongo", 1)}),
        ("Konodimni", 1, {("Konodimini", 1)}),
        ("Bourem", 1, {("Bourem", 0)}),
        ("Tessalitt", 1, {("Tessalit", 1)}),
        ("Ouatagona", 1, set()),
        ("Ouatagona", 2, {("Ouattagouna", 2)}),
        ("Gaoo", 1, set()),
        ("Sans", 1, set()),
        ("communes", 1, set()),
        ("communes", 2, set()),
        ("tendue", 1, set()),
        ("menace", 1, {("Ménaka", 1)}),
        ("", 2, set()),
    ],
)
def test_near_bears_one_edit_from_five_letters_and_two_from_eight(
    typed: str, edits: int, expected: set[tuple[str, int]]
) -> None:
    assert near(typed, edits) == expected


def test_near_gives_the_nearest_first_and_each_place_once() -> None:
    found = PLACES.near("tombuctou", edits=2)
    distances = [distance for _, distance in found]
    assert distances == sorted(distances)
    assert distances[0] == 0
    assert len({each.pcode for each, _ in found}) == len(found)


# ---- which lies in which


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("ML070103", "ML07", True),
        ("ML070103", "ml0703", True),
        ("ML0703", "ML0703", True),
        ("ML07", "ML0703", False),
        ("ML050608000", "N23-18-boni", True),  # the town Boni: by the old division and by the new
        ("ML050608000", "ML050608", True),
        ("ML050608000", "ML05", True),
        ("ML050608000", "N23-18", True),
        ("ML050701", "ML07", False),  # the Bamba of Koro is not the one of Gao
        ("ML010101", "ML0101", False),  # the beginning of a code says nothing
        ("ML010101", "ML0103", True),
        ("ML0405", "N23-17", True),
        ("ML070403", "ML10", True),
        ("X-sevare", "ML0506", True),
    ],
)
def test_a_place_lies_in_another_by_either_division(inner: str, outer: str, expected: bool) -> None:
    assert PLACES.is_within(place(inner), outer) is expected


def test_ancestors_come_smallest_first() -> None:
    above = [(each.level, each.pcode) for each in PLACES.ancestors(place("ML050608000"))]
    assert [level for level, _ in above] == ["commune", "cercle", "cercle", "region", "region"]
    assert {pcode for _, pcode in above} == {"ML050608", "ML0504", "N23-18-boni", "ML05", "N23-18"}


def test_children_are_found_by_either_division() -> None:
    assert "ML0505" in {child.pcode for child in PLACES.children("ML05")}
    assert {child.pcode for child in PLACES.children("N23-19")} > {"ML0501", "ML0502", "ML0505"}
    assert len(PLACES.children("ML0901")) == 6


def test_the_reporting_regions_keep_their_order() -> None:
    assert [region.pcode for region in PLACES.regions()] == REPORTING


@pytest.mark.parametrize(
    ("pcode", "region"),
    [("N23-18", "ML05"), ("N23-15", "ML03"), ("ML0504", "ML05"), ("ML060105", "N23-09"), ("ML070403", "ML10")],
)
def test_the_reporting_region_of_a_new_region_is_the_old_one(pcode: str, region: str) -> None:
    assert place(pcode).region == region


# ---- folding, loading


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ménaka", "menaka"),
        ("N’Tillit", "ntillit"),
        ("Tin-Aouker", "tinaouker"),
        ("Kulikɔrɔ", "kulikoro"),
        ("Tɛnɛnkun", "tenenkun"),
        ("Ɲooro", "nyooro"),
        ("Pɛ̀linŋana", "pelinngana"),
        ("ƁƊƳ", "bdy"),
        ("Œuvre", "oeuvre"),
        ("Boû-Djébéha", "boudjebeha"),
        ("Kiffosso 1", "kiffosso1"),
        ("باماكو", ""),
        ("", ""),
    ],
)
def test_folding_keeps_letters_and_digits_only(text: str, key: str) -> None:
    assert fold_key(text) == key == fold_key(key)


def test_a_file_is_read_once() -> None:
    assert gazetteer.load() is gazetteer.load()


def test_places_of_another_file_join_the_built_in_ones(tmp_path: Path) -> None:
    extra = tmp_path / "villages.csv"
    head = gazetteer.BUILT_IN.read_text(encoding="utf-8").splitlines()[0]
    extra.write_text(f"{head}\nV-1,Bamba,village,ML070301,,ML07,,17.03,-1.4,,,2015\n", encoding="utf-8")
    joined = gazetteer.Gazetteer([*read_rows(gazetteer.BUILT_IN), *read_rows(extra)])
    assert len(joined) == len(PLACES) + 1
    assert [each.pcode for each in joined.exact("bamba")][-1] == "V-1"
    village = joined.get("v-1")
    assert village
    assert joined.is_within(village, "N23-07-bamba")
    assert joined.children("ML070301")[-1] == village


def test_longest_words_counts_the_words_of_the_longest_name() -> None:
    assert PLACES.longest_words == 4
