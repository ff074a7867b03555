"""What the tests of the panel share: the application on both databases, and visitors who fill in forms."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from admin.app import create_app
from gateway import settings
from gateway.records.db import transaction
from gateway.records.officer import Officer
from gateway.trust import passwords
from gateway.vault import current
from gateway.vault.keyring import Keyring, make_keyring
from tests.make import officer as make_officer

TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    """One office's keys for the whole run."""
    return make_keyring(tmp_path_factory.mktemp("keys") / "lakana.keys")


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 takes its time on purpose; here that would be all the time. The real cost: tests/gateway/trust."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def open_vault(keyring: Keyring) -> Iterator[Keyring]:
    """The keys are open in this process."""
    current.unlock(keyring)
    yield keyring
    current.lock()


def build(home: Path, **environment: str) -> Flask:
    """The panel with these settings."""
    return create_app(settings.load({"LAKANA_HOME": str(home), "LAKANA_MODE": "training", **environment}))


@pytest.fixture
def panel(database: Engine, open_vault: Keyring, tmp_path: Path) -> Flask:
    """The panel; the test runs once on each kind of database."""
    return build(tmp_path)


@pytest.fixture
def sqlite_panel(sqlite_database: Engine, open_vault: Keyring, tmp_path: Path) -> Flask:
    """The panel on SQLite alone, where the kind of database makes no difference."""
    return build(tmp_path)


@dataclass
class Visitor:
    """Somebody at a browser; every form they send carries the token of a page they were given."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> TestResponse:
        """Opens a page."""
        return self.client.get(path, buffered=True, **options)

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Sends a form."""
        return self.client.post(path, data={"form_token": self.form_token(), **(fields or {})}, **options)

    def form_token(self) -> str:
        """The token that fits this browser now."""
        found = TOKEN.search(self.client.get("/help").text)
        assert found, "no form on the help page"
        return found[1]

    def signed_in(self, officer: Officer) -> "Visitor":
        """The same browser, with this officer signed in."""
        with transaction() as session:
            token = make_officer.session_token(session, officer)
        self.client.set_cookie("lakana", token)
        return self


def visitor_of(panel: Flask) -> Visitor:
    """A browser of its own."""
    return Visitor(panel.test_client())


@pytest.fixture
def visitor(panel: Flask) -> Visitor:
    """Somebody who has not signed in; on each kind of database."""
    return visitor_of(panel)


@pytest.fixture
def sqlite_visitor(sqlite_panel: Flask) -> Visitor:
    """Somebody who has not signed in, on SQLite."""
    return visitor_of(sqlite_panel)


@pytest.fixture
def make_visitor(sqlite_panel: Flask) -> Callable[..., Visitor]:
    """make_visitor(roles=..., regions=...): a new officer at a browser of their own, signed in, on SQLite."""

    def make(**officer: Any) -> Visitor:
        with transaction() as session:
            made = make_officer.officer(session, **officer)
        return visitor_of(sqlite_panel).signed_in(made)

    return make
