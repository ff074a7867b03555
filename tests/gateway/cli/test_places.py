"""`lakana places import`: from a list to the places that texts are read with."""

import json
import os
import time
from pathlib import Path

import pytest

from gateway.cli.bench import villages
from parsers.codebook import gazetteer
from tests.gateway.cli.conftest import Lakana

LIST = "pcode,name,commune_pcode,lat,lon\nV1,Tassiga Koura,ML070204,15.1,0.7\nV2,Koira Beri,ML070202,,\n"
ASKED = ("--level", "village", "--vintage", "2015")
REPORT = "ENF REC 3G Tassiga Koura 14/11 CMA VU"


@pytest.fixture
def villages_list(home: Path) -> Path:
    """A list of two villages."""
    path = home / "villages.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_imported_places_are_read_in_texts(lakana: Lakana, home: Path, villages_list: Path) -> None:
    before = json.loads(lakana("parse", "--json", REPORT).output)
    assert "place" not in before["fields"]
    result = lakana("places", "import", str(villages_list), *ASKED)
    assert result.exit_code == 0
    assert "2 places are new" in result.output
    assert "Restart Lakana" in result.output
    after = json.loads(lakana("parse", "--json", "--today", "2026-11-20", REPORT).output)
    assert (after["state"], after["fields"]["place"]["pcode"]) == ("complete", "V1")
    assert json.loads(lakana("parse", "--json", "ENF REC 3G Gao 14/11").output)["fields"]["place"]["pcode"] == "ML07"


def test_a_second_import_writes_nothing(lakana: Lakana, home: Path, villages_list: Path) -> None:
    lakana("places", "import", str(villages_list), *ASKED)
    written = home / "codebook" / "places.csv"
    os.utime(written, (0, 0))
    result = lakana("places", "import", str(villages_list), *ASKED, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["added"], told["changed"], told["same"], told["written"]) == (0, 0, 0, 2, None)
    assert written.stat().st_mtime == 0


def test_the_named_codebook_is_the_one_that_is_written(
    lakana: Lakana, home: Path, villages_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAKANA_CODEBOOK", str(home / "ours"))
    assert lakana("places", "import", str(villages_list), *ASKED).exit_code == 2  # a name with a slip makes no folder
    (home / "ours").mkdir()
    assert lakana("places", "import", str(villages_list), *ASKED).exit_code == 0
    assert (home / "ours" / "places.csv").is_file()
    assert not (home / "codebook").exists()


def test_a_dry_run_says_all_and_writes_nothing(lakana: Lakana, home: Path, villages_list: Path) -> None:
    result = lakana("places", "import", str(villages_list), *ASKED, "--dry-run")
    assert (result.exit_code, "2 places are new" in result.output) == (0, True)
    assert not (home / "codebook").exists()


def test_one_bad_line_and_nothing_is_imported(lakana: Lakana, home: Path, villages_list: Path) -> None:
    villages_list.write_text(LIST + "V3,Bara Koura,ML079999,north,\n", encoding="utf-8")
    result = lakana("places", "import", str(villages_list), *ASKED)
    assert result.exit_code == 1
    assert "villages.csv, line 4, column lat: must be a number of degrees" in result.output
    assert not (home / "codebook").exists()
    told = json.loads(lakana("places", "import", str(villages_list), *ASKED, "--json").stdout)
    assert told["problems"] == [
        {"sheet": None, "line": 4, "column": "lat", "reason": "must be a number of degrees, like 14.63"}
    ]


def test_many_bad_lines_are_counted_and_not_all_told(lakana: Lakana, villages_list: Path) -> None:
    villages_list.write_text(LIST + "V3,,ML070204,,\n" * 50, encoding="utf-8")
    output = lakana("places", "import", str(villages_list), *ASKED).output
    assert output.count("the name is missing") == 20
    assert "and 30 more" in output
    assert "50 lines" in output


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-file.csv",),
        ("{}",),
        ("{}", "--level", "village"),
        ("{}", "--level", "hamlet", "--vintage", "2015"),
        ("{}", *ASKED, "--column", "nom=name"),
        ("{}", *ASKED, "--column", "name=Nom"),
        ("{}", *ASKED, "--sheet", "Villages"),
    ],
)
def test_what_is_asked_wrongly_is_misuse(lakana: Lakana, villages_list: Path, words: tuple[str, ...]) -> None:
    result = lakana("places", "import", *(word.format(villages_list) for word in words))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_file_that_is_no_table_is_told(lakana: Lakana, villages_list: Path) -> None:
    villages_list.write_bytes(b"\x00\x01")
    result = lakana("places", "import", str(villages_list), *ASKED)
    assert (result.exit_code, "neither CSV nor a workbook" in result.output) == (1, True)


def test_a_list_of_another_country_takes_the_place_of_all(lakana: Lakana, home: Path, villages_list: Path) -> None:
    villages_list.write_text("ADM2_FR,ADM2_PCODE,ADM1_FR,ADM1_PCODE\nAyorou,NE0101,Tillabéri,NE01\n", encoding="utf-8")
    assert lakana("places", "import", str(villages_list), "--vintage", "2024", "--replace").exit_code == 0
    places = gazetteer.load(home / "codebook" / "places.csv")
    assert [place.name for place in places] == ["Tillabéri", "Ayorou"]
    assert [place.pcode for place in places.regions()] == ["NE01"]


def test_nineteen_thousand_villages_are_imported_in_less_than_ten_seconds(lakana: Lakana, villages_list: Path) -> None:
    rows = villages.rows()
    built_in = len(gazetteer.load())
    lines = [f"{row[0]},{row[1]},{row[3]},{row[7]},{row[8]}" for row in rows[built_in:]]
    villages_list.write_text("\n".join([LIST.splitlines()[0], *lines]), encoding="utf-8")
    begun = time.monotonic()
    told = json.loads(lakana("places", "import", str(villages_list), *ASKED, "--json").stdout)
    assert (told["added"], told["problems"]) == (villages.COUNT, [])
    assert time.monotonic() - begun < 10
