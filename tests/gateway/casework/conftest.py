"""What the tests of the use cases share: a session that is one transaction, with open keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gateway.casework.office import Office, office
from gateway.records.db import transaction
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.settings import Settings
from gateway.vault.keyring import Keyring
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make import verification, vocabulary


@pytest.fixture
def session(database: Engine, open_vault: Keyring) -> Iterator[Session]:
    """One transaction; the test runs once on each kind of database."""
    with transaction() as opened:
        yield opened


@pytest.fixture
def newer(make_settings: Callable[..., Settings], tmp_path: Path) -> Office:
    """The office after a release that knows one place and some keywords more."""
    return office(make_settings(LAKANA_CODEBOOK=str(vocabulary.newer(tmp_path / "newer"))))


@pytest.fixture
def focal(session: Session) -> Officer:
    """An officer who may decide at each level."""
    return make_officer.officer(session, roles=verification.LEVELS)


@pytest.fixture
def second(session: Session) -> Officer:
    """Another one."""
    return make_officer.officer(session, roles=verification.LEVELS)


@pytest.fixture
def case(session: Session, focal: Officer) -> Incident:
    """An incident with a violation and a source that stands behind it."""
    made = make_incident.incident(session, focal)
    make_incident.source(session, made, recorded_by=focal)
    return made
