"""What the tests of the use cases share: a session that is one transaction, with open keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gateway.casework.office import Office, office
from gateway.records.db import transaction
from gateway.settings import Settings
from gateway.vault.keyring import Keyring
from tests.make import vocabulary


@pytest.fixture
def session(database: Engine, open_vault: Keyring) -> Iterator[Session]:
    """One transaction; the test runs once on each kind of database."""
    with transaction() as opened:
        yield opened


@pytest.fixture
def newer(make_settings: Callable[..., Settings], tmp_path: Path) -> Office:
    """The office after a release that knows one place and some keywords more."""
    return office(make_settings(LAKANA_CODEBOOK=str(vocabulary.newer(tmp_path / "newer"))))
