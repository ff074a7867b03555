"""Lists of places joined to those that are known: what becomes of each line, and what is refused."""

from pathlib import Path

import pytest

from gateway.casework.placelist import importing, writing
from gateway.casework.placelist.columns import ColumnWrong
from gateway.casework.placelist.importing import Outcome, Wanted
from parsers.codebook import gazetteer
from parsers.codebook.gazetteer import Place
from tests.make import workbook

VILLAGES = "pcode,name,commune_pcode,commune,lat,lon\n"
ADM3 = "ADM3_FR,ADM3_PCODE,ADM3_REF,ADM2_FR,ADM2_PCODE,ADM1_FR,ADM1_PCODE\n"


def outcome(tmp_path: Path, text: str, *, vintage: str = "2015", level: str = "village", **told: str) -> Outcome:
    """What comes of a list beside the built-in places."""
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return importing.read(path, gazetteer.load(), Wanted(columns=told, level=level, vintage=vintage))


def place(of: Outcome, code: str) -> Place:
    """One of the places there would be."""
    return next(each for each in of.places if each.pcode == code)


def troubles(of: Outcome) -> list[str]:
    """What is wrong, as it is told."""
    return [str(trouble) for trouble in of.troubles]


def test_a_village_joins_its_commune_and_the_region_of_its_officers(tmp_path: Path) -> None:
    of = outcome(tmp_path, VILLAGES + "V1,Tassiga Koura,ML070204,Ouattagouna,15.1234567,0.7\n")
    assert troubles(of) == []
    assert (of.lines, of.added, of.changed, of.same) == (1, 1, 0, 0)
    village = place(of, "V1")
    assert (village.level, village.parent, village.region, village.vintage) == ("village", "ML070204", "ML07", "2015")
    assert (village.latitude, village.longitude) == (15.123, 0.7)


def test_the_region_is_found_through_the_parents_never_from_the_code(tmp_path: Path) -> None:
    parent = gazetteer.load().get("ML070403")
    assert parent
    of = outcome(tmp_path, VILLAGES + f"ML070403099,Inouelene,{parent.pcode},{parent.name},,\n")
    assert place(of, "ML070403099").region == "ML10"


def test_the_same_list_twice_changes_nothing(tmp_path: Path) -> None:
    text = (
        f"level,{VILLAGES}village,V1,Tassiga,ML070204,Ouattagouna,15.1,0.7\n"
        "commune,ML070204,Wattagouna,,,,\nvillage,V2,Bara (Haut),ML070203,,,\n"
    )
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    wanted = Wanted(columns={}, vintage="2015")
    first = importing.read(path, gazetteer.load(), wanted)
    assert troubles(first) == []
    assert (first.added, first.changed) == (2, 1)
    again = importing.read(path, first.places, wanted)
    assert (again.added, again.changed, again.same) == (0, 0, 3)
    assert again.places == first.places


def test_a_known_place_keeps_its_spelling_and_its_year_and_learns_the_other_spelling(tmp_path: Path) -> None:
    of = outcome(tmp_path, "pcode,name\nml070204,OUATAGOUNA\n", level="commune", vintage="2018")
    commune = place(of, "ML070204")
    assert (commune.name, commune.vintage) == ("Ouattagouna", "2015")
    assert "OUATAGOUNA" in commune.alternates


def test_a_code_that_means_another_place_here_is_refused(tmp_path: Path) -> None:
    of = outcome(tmp_path, "pcode,name,region\nML0103,Diéma,Kayes\n", level="cercle")
    assert troubles(of) == ["line 2, column pcode: ML0103 is Kayes here (codes of 2021), Diéma in the file"]


def test_a_parent_with_the_code_of_another_year_is_found_by_its_name(tmp_path: Path) -> None:
    # In 2015 ML0103 was Diéma; in 2021 it is Kayes, and Diéma is ML0102.
    of = outcome(tmp_path, ADM3 + "Diéma Nouveau,ML010299,,Diéma,ML0103,Kayes,ML01\n")
    assert (troubles(of), place(of, "ML010299").parent, of.changed) == ([], "ML0102", 0)
    same_year = outcome(tmp_path, ADM3 + "Diéma Nouveau,ML010299,,Diéma,ML0103,Kayes,ML01\n", vintage="2021")
    assert troubles(same_year) == ["line 2, column ADM2_PCODE: ML0103 is Kayes here and Diéma in the file"]


def test_a_known_place_keeps_its_old_parent_where_the_list_has_the_one_of_2023(tmp_path: Path) -> None:
    haire = gazetteer.load().get("ML050608")
    assert haire
    assert haire.parent_2023
    of = outcome(tmp_path, f"pcode,name,parent\nML050608,Haïré,{haire.parent_2023}\n", level="commune")
    assert (troubles(of), of.changed, place(of, "ML050608")) == ([], 0, haire)


def test_the_parent_of_2023_must_be_there_too(tmp_path: Path) -> None:
    head = "pcode,name,parent,parent_2023\n"
    of = outcome(tmp_path, head + "V1,Koira,ML050608,n23-18-BONI\n")
    assert place(of, "V1").parent_2023 == "N23-18-boni"
    of = outcome(tmp_path, head + "V1,Koira,ML050608,N23-99\n")
    assert troubles(of) == ["line 2, column parent_2023: there is no place with the code N23-99"]


def test_a_place_that_moves_takes_the_region_of_its_new_parent(tmp_path: Path) -> None:
    of = outcome(tmp_path, "pcode,name,parent\nML050608,Haïré,ML0702\n", level="commune")
    moved = place(of, "ML050608")
    assert (troubles(of), moved.parent, moved.region) == ([], "ML0702", "ML07")


def test_a_place_lies_in_a_larger_one_so_there_is_no_circle(tmp_path: Path) -> None:
    of = outcome(tmp_path, "pcode,name,parent\nV1,Tassiga,ML070204\nV2,Koira,V1\nV3,Beri,V3\n")
    assert troubles(of) == [
        "line 3, column parent: Tassiga (village) cannot hold a village",
        "line 4, column parent: there is no place with the code V3; import the larger units first",
    ]
    of = outcome(tmp_path, "pcode,name,parent\nML070204,Ouattagouna,ML070204\n", level="commune")
    assert troubles(of) == ["line 2, column parent: Ouattagouna (commune) cannot hold a commune"]


def test_a_table_of_units_brings_its_own_larger_units(tmp_path: Path) -> None:
    text = ADM3 + "Bara,NE010101,Barra,Ayorou,NE0101,Tillabéri,NE01\nKolmane,NE010102,,Ayorou,NE0101,Tillabéri,NE01\n"
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    of = importing.read(path, (), Wanted(columns={}, vintage="2024"))
    assert troubles(of) == []
    assert [(each.pcode, each.level, each.parent, each.region) for each in of.places] == [
        ("NE01", "region", None, "NE01"),
        ("NE0101", "cercle", "NE01", "NE01"),
        ("NE010101", "commune", "NE0101", "NE01"),
        ("NE010102", "commune", "NE0101", "NE01"),
    ]
    assert place(of, "NE010101").alternates == ("Barra",)


def test_the_sheets_of_a_workbook_are_read_together(tmp_path: Path) -> None:
    path = workbook.write(
        tmp_path / "units.xlsx",
        {
            "About": [["Source", "An office"]],
            "ADM2": [
                ["admin2Name_fr", "admin2Pcode", "admin1Name_fr", "admin1Pcode"],
                ["Ayorou", "NE0101", "Tillabéri", "NE01"],
            ],
            "ADM1": [["admin1Name_fr", "admin1Pcode"], ["Tillabéri", "NE01"]],
        },
    )
    of = importing.read(path, (), Wanted(columns={}, vintage="2024"))
    assert (troubles(of), of.added, of.lines) == ([], 2, 2)
    with pytest.raises(ColumnWrong, match="no sheet 'ADM9'"):
        importing.read(path, (), Wanted(columns={}, vintage="2024", sheet="ADM9"))


def test_a_parent_is_found_by_the_names_of_larger_places(tmp_path: Path) -> None:
    text = "village,commune,cercle,region\nKoira Beri,Bamba,Koro,Mopti\nKoira Beri,Bamba,Bourem,Gao\n"
    of = outcome(tmp_path, text)
    assert troubles(of) == []
    assert {each.parent for each in of.places if each.name == "Koira Beri"} == {"ML050701", "ML070301"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "village,commune,cercle\nKoira,Bara,Koro\n",
            "line 2, column commune: there is no commune called Bara in Koro",
        ),
        ("village,commune\nKoira,Bamba\n", "line 2, column commune: there is more than one commune called Bamba"),
        (
            ADM3 + "Nouvelle,ML090901,,Ansongo,ML0909,Kayes,ML01\n",
            "line 2, column ADM1_PCODE: the cercle Ansongo is known, but not in Kayes",
        ),
    ],
)
def test_a_parent_of_the_right_name_in_the_wrong_place_is_not_taken(tmp_path: Path, text: str, told: str) -> None:
    assert troubles(outcome(tmp_path, text, level="village"))[0] == told


def test_two_units_of_one_name_in_two_regions_stay_two(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "ADM2_FR,ADM2_PCODE,ADM1_FR,ADM1_PCODE\nKoura,NE0101,Dosso,NE01\nKoura,NE0201,Maradi,NE02\n", encoding="utf-8"
    )
    of = importing.read(path, (), Wanted(columns={}, vintage="2024"))
    assert (troubles(of), [each.parent for each in of.places if each.name == "Koura"]) == ([], ["NE01", "NE02"])


def test_a_place_without_a_code_gets_one_of_ours_that_does_not_change(tmp_path: Path) -> None:
    of = outcome(tmp_path, "village,commune,cercle\nKoira Beri,Bara,Ansongo\n", vintage="")
    (village,) = [each for each in of.places if each.name == "Koira Beri"]
    assert (village.pcode, village.vintage) == ("X-ML070202-KOIRABERI", "own")


def test_a_town_that_we_had_to_name_ourselves_is_not_there_twice(tmp_path: Path) -> None:
    of = outcome(tmp_path, VILLAGES + "ML050109033,Sevare,ML050109,,14.53,-4.09\n")
    assert (of.added, [each.pcode for each in of.places if gazetteer.fold_key(each.name) == "sevare"]) == (
        0,
        ["X-sevare"],
    )


def test_a_name_with_something_in_brackets_is_known_by_its_parts(tmp_path: Path) -> None:
    of = outcome(tmp_path, VILLAGES + "V1,Toya (Alafia),ML070204,,,\nV2,Wanyande (Village),ML070204,,,\n")
    assert place(of, "V1").alternates == ("Toya", "Alafia")
    assert place(of, "V2").alternates == ("Wanyande",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("V1,,ML070204,,,", "line 3, column name: the name is missing"),
        ("V1,=1+1,ML070204,,,", "line 3, column name: looks like a formula of a spreadsheet"),
        ("V1,A\u202eB,ML070204,,,", "line 3, column name: must be at most 80 printable characters without ;"),
        ("V1,باماكو,ML070204,,,", "line 3, column name: must be written with Latin letters"),
        ("V/1,Tassiga,ML070204,,,", "line 3, column pcode: a code is made of letters, digits and hyphens"),
        ("V1,Tassiga,ML070204,,north,0", "line 3, column lat: must be a number of degrees, like 14.63"),
        ("V1,Tassiga,ML070204,,95,0", "line 3, column lat: must be between -90 and 90"),
        ("V1,Tassiga,ML070204,,14,", "line 3, column lon: must be a number of degrees"),
        ("V1,Tassiga,ML079999,,,", "line 3, column commune_pcode: there is no place with the code ML079999"),
        ("V1,Tassiga,,Nulle Part,,", "line 3, column commune: there is no commune called Nulle Part"),
        ("V1,Tassiga,,Bamba,,", "line 3, column commune: there is more than one commune called Bamba"),
        ("V1,Tassiga,ML070204,Bourem,,", "line 3, column commune_pcode: ML070204 is Ouattagouna here and Bourem"),
        ("V1,Tassiga,,,,", "line 3, column commune_pcode: the place it lies in is missing"),
        ("V0,Another,ML070204,,,", "line 3, column pcode: stands in line 2 too"),
        ("ML0703,Gao,ML070204,,,", "line 3, column pcode: ML0703 is a cercle here (Gao), a village in the file"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_by_line_and_column(tmp_path: Path, line: str, told: str) -> None:
    of = outcome(tmp_path, VILLAGES + "V0,Good,ML070204,,,\n" + line + "\n")
    (trouble,) = troubles(of)
    assert trouble.startswith(told)


@pytest.mark.parametrize(
    ("text", "wanted", "reason"),
    [
        ("a,b\n1,2\n", Wanted(columns={}, level="village"), "no column holds the names"),
        ("pcode,name\nV1,X\n", Wanted(columns={}, vintage="2015"), "--level"),
        ("pcode,name\nV1,X\n", Wanted(columns={}, level="village"), "--vintage"),
        ("pcode,name\nV1,X\n", Wanted(columns={"name": "nom"}, level="village"), "no column 'nom'"),
    ],
)
def test_what_a_file_does_not_say_is_asked_for(tmp_path: Path, text: str, wanted: Wanted, reason: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ColumnWrong, match=reason):
        importing.read(path, gazetteer.load(), wanted)


def test_what_is_written_is_read_again_as_it_was(tmp_path: Path) -> None:
    path = writing.write(tmp_path / "new" / "codebook", gazetteer.load())
    assert list(gazetteer.load(path)) == list(gazetteer.load())
    assert [each.name for each in path.parent.iterdir()] == ["places.csv"]


def test_a_folder_that_cannot_be_written_to_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "codebook").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(writing.NotWritten, match="nothing was changed"):
        writing.write(tmp_path / "codebook", gazetteer.load())
    assert [each.name for each in tmp_path.iterdir()] == ["codebook"]
