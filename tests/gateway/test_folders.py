"""Where the deployment's own codebook stands."""

from pathlib import Path

import pytest

from gateway import folders
from gateway.errors import SettingWrong
from gateway.settings import load


def test_without_a_folder_the_built_in_codebook_is_used(tmp_path: Path) -> None:
    assert folders.codebook({"LAKANA_HOME": str(tmp_path)}) is None
    assert load({"LAKANA_HOME": str(tmp_path)}).codebook is None


def test_the_folder_in_the_home_is_used_when_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "codebook").mkdir()
    assert folders.codebook({"LAKANA_HOME": str(tmp_path)}) == tmp_path / "codebook"
    assert load({"LAKANA_HOME": str(tmp_path)}).codebook == tmp_path / "codebook"


def test_a_folder_that_is_named_goes_before_it_and_must_be_there(tmp_path: Path) -> None:
    for name in ("codebook", "ours"):
        (tmp_path / name).mkdir()
    given = {"LAKANA_HOME": str(tmp_path), "LAKANA_CODEBOOK": f" {tmp_path / 'ours'} "}
    assert folders.codebook(given) == tmp_path / "ours"
    with pytest.raises(SettingWrong, match="LAKANA_CODEBOOK: there is no such folder"):
        folders.codebook(given | {"LAKANA_CODEBOOK": str(tmp_path / "none")})


def test_the_home_is_where_the_settings_have_it() -> None:
    assert folders.codebook_home({}) == load({}).home / "codebook"
