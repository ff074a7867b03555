"""The command line as an administrator uses it: a process's environment, and what it prints."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway import codebook
from gateway.cli import main
from gateway.vault.keyring import make_keyring

Lakana = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An office's folder, empty."""
    monkeypatch.setenv("LAKANA_HOME", str(tmp_path))
    yield tmp_path
    codebook.use(None)


@pytest.fixture
def lakana(home: Path) -> Lakana:
    """lakana("officer", "list") runs the command."""
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def office(home: Path, lakana: Lakana, migrated_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Lakana:
    """The same with keys and an up-to-date database; once on each kind."""
    monkeypatch.setenv("DATABASE_URL", migrated_database_url)
    make_keyring(home / "keys" / "lakana.keys")
    return lakana
