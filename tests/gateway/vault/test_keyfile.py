"""Key files on the disk."""

import os
import stat
from pathlib import Path

import pytest

from gateway.vault.keyfile import KeysBroken, KeysExposed, KeysMissing, KeysPresent, read_private, write_new, write_over


def test_a_new_file_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_new(tmp_path / "keys", b"content")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    assert read_private(tmp_path / "keys") == b"content"


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    write_new(tmp_path / "keys", b"first")
    with pytest.raises(KeysPresent, match="already"):
        write_new(tmp_path / "keys", b"second")
    assert read_private(tmp_path / "keys") == b"first"


def test_writing_over_leaves_the_new_content_and_the_private_mode(tmp_path: Path) -> None:
    write_new(tmp_path / "keys", b"first")
    write_over(tmp_path / "keys", b"second")
    assert read_private(tmp_path / "keys") == b"second"


def test_no_spare_file_is_left_behind(tmp_path: Path) -> None:
    write_new(tmp_path / "keys", b"first")
    write_over(tmp_path / "keys", b"second")
    with pytest.raises(KeysPresent):
        write_new(tmp_path / "keys", b"third")
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o644, 0o620, 0o601])
def test_a_file_that_others_can_reach_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    write_new(path, b"content")
    path.chmod(mode)
    with pytest.raises(KeysExposed, match=f"chmod 600 {path}"):
        read_private(path)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_for_its_owner_is_read(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    write_new(path, b"content")
    path.chmod(mode)
    assert read_private(path) == b"content"


def test_a_missing_file_is_named_together_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match=rf"{tmp_path}/keys: .*LAKANA_KEYS") as caught:
        read_private(tmp_path / "keys")
    assert "\n" not in str(caught.value)


def test_a_folder_in_the_place_of_the_file_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o700)
    with pytest.raises(KeysBroken, match="cannot be read"):
        read_private(tmp_path / "keys")
