"""What the tests of trust share: keys, and a moment."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gateway.records.db import transaction
from gateway.vault import current
from gateway.vault.keyring import Keyring, make_keyring


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    """One office's keys for the whole run."""
    return make_keyring(tmp_path_factory.mktemp("keys") / "lakana.keys")


@pytest.fixture(autouse=True)
def _open_vault(keyring: Keyring) -> Iterator[None]:
    current.unlock(keyring)
    yield
    current.lock()


@pytest.fixture
def now() -> datetime:
    """A moment to count from."""
    return datetime(2026, 11, 14, 9, 30, tzinfo=UTC)


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """A transaction that is committed at the end; on each kind of database."""
    with transaction() as opened:
        yield opened
