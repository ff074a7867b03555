"""What the tests of the use cases share: a session that is one transaction, with open keys."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gateway.records.db import transaction
from gateway.vault.keyring import Keyring


@pytest.fixture
def session(database: Engine, open_vault: Keyring) -> Iterator[Session]:
    """One transaction; the test runs once on each kind of database."""
    with transaction() as opened:
        yield opened
