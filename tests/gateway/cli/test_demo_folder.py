"""The throw-away folder: made anew each time, and nobody's real one is ever touched."""

from pathlib import Path

import pytest

from gateway.cli.demo import folder as folders
from gateway.errors import SettingWrong


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "LAKANA_KEYS"])
def test_it_refuses_when_something_points_at_real_records(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingWrong, match=name):
        folders.settings({name: "postgresql://somewhere/real"}, tmp_path / "demo")
    assert not (tmp_path / "demo").exists()


def test_no_account_of_a_provider_reaches_it(tmp_path: Path) -> None:
    given = {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "secret", "TWILIO_FROM": "+22370000009"}
    made = folders.settings(given, tmp_path / "demo")
    assert (made.twilio_account_sid, made.twilio_auth_tokens, made.twilio_from) == ("", (), ())


def test_its_records_and_keys_lie_in_the_folder_whatever_the_real_home_is(tmp_path: Path) -> None:
    made = folders.settings({"LAKANA_HOME": "/somewhere", "LAKANA_PANEL_PORT": "9000"}, tmp_path / "demo")
    assert made.database_url == f"sqlite:///{tmp_path / 'demo' / 'lakana.sqlite'}"
    assert made.keys.is_relative_to(tmp_path / "demo")
    assert (made.panel_port, made.mode) == (9000, "training")


def test_what_a_demonstration_left_is_wiped(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with folders.held(folder, real_home=tmp_path / "var"):
        (folder / "keys").mkdir()
        (folder / "keys" / "old").touch()
        (folder / "lakana.sqlite").touch()
    with folders.held(folder, real_home=tmp_path / "var"):
        assert [entry.name for entry in folder.iterdir()] == [folders.MARKER]


def test_a_folder_that_no_demonstration_made_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "lakana.sqlite").write_text("real")
    with pytest.raises(folders.NotForDemo), folders.held(folder, real_home=tmp_path / "elsewhere"):
        raise AssertionError("never reached")
    assert (folder / "lakana.sqlite").read_text() == "real"


def test_a_folder_around_the_real_home_is_refused(tmp_path: Path) -> None:
    (tmp_path / folders.MARKER).touch()
    with pytest.raises(folders.NotForDemo), folders.held(tmp_path, real_home=tmp_path / "var"):
        raise AssertionError("never reached")


def test_a_link_in_the_folder_is_cut_and_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "demo"
    outside.mkdir()
    (outside / "kept").touch()
    with folders.held(folder, real_home=tmp_path / "var"):
        (folder / "link").symlink_to(outside)
    with folders.held(folder, real_home=tmp_path / "var"):
        assert not (folder / "link").exists()
    assert (outside / "kept").exists()


def test_a_second_demonstration_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with folders.held(folder, real_home=tmp_path / "var"):
        (folder / "in-use").touch()
        with pytest.raises(folders.NotForDemo, match="already"), folders.held(folder, real_home=tmp_path / "var"):
            raise AssertionError("never reached")
        assert (folder / "in-use").exists()
