"""What the tests of the use cases share: open keys, and a session that is one transaction."""

from collections.abc import Iterator

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


@pytest.fixture
def open_vault(keyring: Keyring) -> Iterator[Keyring]:
    """The keys are open in this process."""
    current.unlock(keyring)
    yield keyring
    current.lock()


@pytest.fixture
def session(database: Engine, open_vault: Keyring) -> Iterator[Session]:
    """One transaction; the test runs once on each kind of database."""
    with transaction() as opened:
        yield opened
