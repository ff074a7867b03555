"""Every part of a process reads the deployment's own codebook, or says what is wrong with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from admin.app import create_app
from gateway import codebook
from gateway.casework import fields, parties, places
from gateway.errors import SettingWrong
from gateway.settings import load
from parsers.codebook import reader
from parsers.codebook.place import COLUMNS
from workers.shop import open_shop

HEAD = ",".join(COLUMNS)
ROW = "R1,Tillabéri,region,,,R1,,,,,,2024"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A deployment's codebook with one place and one party."""
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "places.csv").write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    (folder / "parties.toml").write_text(
        '[[party]]\ncode = "guards"\nnames = ["GRD"]\nfr = "Gardes"\nen = "Guards"\n', encoding="utf-8"
    )
    yield folder
    codebook.use(None)


def test_the_built_in_codebook_is_there_from_the_start() -> None:
    assert (codebook.folder(), codebook.places().get("R1")) == (None, None)
    assert codebook.book() is reader.load()


@pytest.mark.parametrize("start", [create_app, open_shop])
def test_the_panel_and_the_worker_take_the_codebook_of_their_settings(own: Path, start) -> None:
    start(load({"LAKANA_HOME": str(own.parent), "LAKANA_MODE": "training"}))
    assert codebook.folder() == own
    assert places.regions() == {"R1": "Tillabéri"}
    assert list(parties.labels()) == ["guards"]
    assert fields.codebook.book().places.get("r1")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no column pcode"),
        (HEAD.replace(",region", "") + "\n", "no column region"),
        (f"{HEAD}\n{ROW}\nR2,Dosso\n", "line 3: 2 cells for 12 columns"),
        (f"{HEAD}\n{ROW.replace('region', 'province')}\n", "line 2: 'province' is no level"),
        (b"\xff\xfe\x00\xd8", "decode"),
    ],
)
def test_a_list_of_places_that_is_not_whole_stops_the_start(own: Path, content: str | bytes, reason: str) -> None:
    file = own.parent / "broken" / "places.csv"
    file.parent.mkdir()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingWrong, match=reason):
        codebook.use(file.parent)
    assert codebook.folder() is None


def test_columns_may_stand_in_any_order_and_a_point_that_is_no_number_is_none(own: Path) -> None:
    columns = [*reversed(COLUMNS), "remark"]
    cells = dict(zip(COLUMNS, ROW.split(","), strict=True)) | {"latitude": "north", "remark": "x"}
    own.joinpath("places.csv").write_text(
        "\n".join([",".join(columns), ",".join(cells[column] for column in columns)]), encoding="utf-8"
    )
    codebook.use(own)
    (place,) = codebook.places()
    assert (place.pcode, place.name, place.latitude) == ("R1", "Tillabéri", None)
