"""`lakana demo` as it is typed: what it prints, what it refuses, and that its codes let somebody in."""

import json
import socket
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner, Result

from gateway import clock
from gateway.cli import main
from gateway.cli.demo import people
from gateway.records import db
from gateway.settings import load
from gateway.trust import accounts, totp
from gateway.vault import current
from gateway.vault.keyring import load_keyring


def _run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["demo", *arguments], env=environment)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demonstration, made once for this file."""
    return tmp_path_factory.mktemp("typed") / "demo"


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, object]:
    """What making it printed."""
    result = _run("--folder", str(folder), "--messages", "30", "--fill-only", "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def test_it_tells_who_can_sign_in(told: dict[str, object], folder: Path) -> None:
    officers = {officer["name"]: officer for officer in told["officers"]}  # type: ignore[attr-defined]
    assert set(officers) == {officer.name for officer in people.OFFICERS}
    assert told["folder"] == str(folder)
    assert len(str(told["password"])) > 15


def test_a_code_it_prints_is_taken_at_the_door(told: dict[str, object], folder: Path) -> None:
    secrets = {officer["name"]: officer["secret"] for officer in told["officers"]}  # type: ignore[attr-defined]
    result = _run("--folder", str(folder), "--code", "gao")
    assert result.exit_code == 0, result.output
    assert totp.accepted_step(secrets["gao"], result.stdout.strip(), after=0, now=clock.now()) is not None


def test_a_code_that_was_just_used_is_followed_by_the_next(told: dict[str, object], folder: Path) -> None:
    settings = load({"LAKANA_HOME": str(folder)})
    current.unlock(load_keyring(settings.keys))
    db.connect(settings.database_url)
    with db.transaction() as session:
        officer = accounts.by_name(session, "mopti")
        assert officer
        assert officer.totp_seed
        used = int(clock.now().timestamp()) // totp.STEP_SECONDS
        officer.last_totp_step, seed = used, officer.totp_seed
    db.disconnect()
    current.lock()
    printed = _run("--folder", str(folder), "--code", "mopti").stdout.strip()
    assert printed in {pyotp.TOTP(seed).generate_otp(used + 1), pyotp.TOTP(seed).generate_otp(used + 2)}
    assert totp.accepted_step(seed, printed, after=used, now=clock.now()) is not None


def test_there_is_no_code_for_a_stranger_or_outside_a_demonstration(
    told: dict[str, object], folder: Path, tmp_path: Path
) -> None:
    assert _run("--folder", str(folder), "--code", "nobody").exit_code == 1
    (tmp_path / "lakana.sqlite").touch()
    outside = _run("--folder", str(tmp_path), "--code", "gao")
    assert outside.exit_code == 1
    assert "no demonstration" in outside.stderr


def test_it_refuses_beside_real_settings_and_touches_nothing(tmp_path: Path) -> None:
    result = _run("--folder", str(tmp_path / "demo"), DATABASE_URL="sqlite:////tmp/real.sqlite")
    assert result.exit_code == 2
    assert "DATABASE_URL" in result.stderr
    assert not (tmp_path / "demo").exists()


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = _run("--folder", str(tmp_path / "demo"), LAKANA_PANEL_PORT=port, LAKANA_INTAKE_PORT="0")
    assert result.exit_code != 0
    assert port in result.stderr
    assert not (tmp_path / "demo").exists()


def test_the_same_password_is_never_drawn_twice(told: dict[str, object], folder: Path) -> None:
    again = _run("--folder", str(folder), "--messages", "30", "--fill-only")
    assert again.exit_code == 0, again.output
    assert str(told["password"]) not in again.stdout
    assert "--code NAME" in again.stdout
