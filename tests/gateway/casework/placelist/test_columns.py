"""Columns known by their names, as lists of places from several houses call them."""

import pytest

from gateway.casework.placelist import columns
from gateway.casework.placelist.columns import ColumnWrong
from gateway.casework.placelist.sheet import Sheet
from parsers.codebook.place import COLUMNS


def found(header: str, **told: str) -> dict[str, str]:
    """What each column was taken for."""
    table = Sheet("", tuple(header.split(",")), ())
    seen = columns.find(table, {role.replace("__", "_"): column for role, column in told.items()})
    at = seen.roles | {f"{level}_code": where for level, where in seen.unit_codes.items()} | seen.unit_names
    return {role: table.columns[where] for role, where in at.items()}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "pcode_2015,name,class,commune_pcode_2015,commune,cercle,lat,lon",
            {"code": "pcode_2015", "name": "name", "commune_code": "commune_pcode_2015", "commune": "commune",
             "cercle": "cercle", "latitude": "lat", "longitude": "lon"},
        ),
        (
            "OBJECTID,ADM3_FR,ADM3_PCODE,ADM3_REF,ADM2_FR,ADM2_PCODE,ADM1_FR,ADM1_PCODE",
            {"commune": "ADM3_FR", "commune_code": "ADM3_PCODE", "cercle": "ADM2_FR", "cercle_code": "ADM2_PCODE",
             "region": "ADM1_FR", "region_code": "ADM1_PCODE"},
        ),
        (
            "admin2Name_fr,admin2Pcode,admin1Name_fr,admin1Pcode,date",
            {"cercle": "admin2Name_fr", "cercle_code": "admin2Pcode", "region": "admin1Name_fr",
             "region_code": "admin1Pcode", "dated": "date"},
        ),
        (
            "Nom du village,Localité,Région,Cercle,Commune,Y,X",
            {"name": "Localité", "region": "Région", "cercle": "Cercle", "commune": "Commune", "latitude": "Y",
             "longitude": "X"},
        ),
        (
            "featureNam,featurePco,featureAlt1,ADM3_PCODE,Latitude,Longitude",
            {"name": "featureNam", "code": "featurePco", "commune_code": "ADM3_PCODE", "latitude": "Latitude",
             "longitude": "Longitude"},
        ),
        ("pcode_2015,pcode,name,parent_pcode", {"code": "pcode", "name": "name", "parent": "parent_pcode"}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(header: str, expected: dict[str, str]) -> None:
    assert found(header) == expected


def test_our_own_columns_are_known() -> None:
    own = found(",".join(COLUMNS))
    assert own["code"] == "pcode"
    assert {"name", "level", "parent", "parent_2023", "latitude", "longitude", "vintage"} <= own.keys()


def test_a_column_that_was_told_goes_before_one_that_is_guessed() -> None:
    assert found("name,Lieu dit,code", name="lieu dit")["name"] == "Lieu dit"
    assert found("a,b,c", name="a", code="b", commune_code="c") == {"name": "a", "code": "b", "commune_code": "c"}


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ColumnWrong, match=r"no column 'nom'; the columns are: a, b"):
        found("a,b", name="nom")


def test_the_year_of_the_codes_is_taken_from_the_name_of_their_column() -> None:
    for header, year in (("pcode_2015,name", "2015"), ("pcode,name", ""), ("name,region_2023", "")):
        assert columns.find(Sheet("", tuple(header.split(",")), ()), {}).vintage == year


def test_a_table_of_units_is_about_the_smallest_it_names() -> None:
    for header, level in (
        ("ADM1_FR,ADM1_PCODE", "region"),
        ("ADM2_FR,ADM2_PCODE,ADM1_FR", "cercle"),
        ("name,commune", ""),
    ):
        assert columns.find(Sheet("", tuple(header.split(",")), ()), {}).own_level == level
