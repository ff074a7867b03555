"""Tables as people save them: separators, encodings, workbooks; and files that are no tables."""

import zipfile
from pathlib import Path

import pytest

from gateway.casework.placelist import sheet
from gateway.casework.placelist.sheet import Unreadable
from tests.make import workbook

TEXT = "pcode;name\nML1;Sévaré\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        b"\n" + TEXT.encode(),
        TEXT.replace("ML1;", ' ML1 ;"').replace("é\n", 'é"\n').encode(),
        "pcode;name\n#adm3+code;#adm3+name\nML1;Sévaré\n;;\n".encode(),
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    (table,) = sheet.read(path)
    assert table.columns == ("pcode", "name")
    assert [line.cells for line in table.lines] == [["ML1", "Sévaré"]]


def test_a_line_knows_its_number_even_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text('name,note\nGao,"one\ntwo"\n\nAnsongo,\n', encoding="utf-8")
    assert [line.number for line in sheet.read(path)[0].lines] == [3, 5]


def test_the_sheets_of_a_workbook_are_tables_and_numbers_are_written_plainly(tmp_path: Path) -> None:
    path = workbook.write(
        tmp_path / "places.xlsx",
        {"Read me": [], "Admin3": [["code", "name", "lat"], [70301, "Gao", 16.27], ["", "", ""], ["X", "Bara", 15]]},
    )
    (table,) = sheet.read(path)
    assert (table.name, table.columns) == ("Admin3", ("code", "name", "lat"))
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, ["70301", "Gao", "16.27"]),
        (4, ["X", "Bara", "15"]),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no table"),
        (b"\n \n", "no table"),
        (b"\x00\x01\x02,", "neither CSV"),
        (b'a,b\n"' + b"x" * 200_000, "line 2"),
        (b"PK\x05\x06" + b"\0" * 18, "not a workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "places.xlsx"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        sheet.read(path)


def test_a_file_of_too_many_lines_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_LINES", 3)
    path = tmp_path / "places.csv"
    path.write_text("name\n" + "Gao\n" * 4, encoding="utf-8")
    with pytest.raises(Unreadable, match="more than 3 lines"):
        sheet.read(path)


def test_a_workbook_that_would_grow_too_large_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 1_000_000)
    monkeypatch.setattr(sheet, "MOST_UNPACKED", 100_000)
    with pytest.raises(Unreadable, match="too large when unpacked"):
        sheet.read(path)
