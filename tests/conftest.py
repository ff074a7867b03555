"""What every test may ask for: real databases, a real Redis, a real browser, a free port."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from gateway.records import db, schema
from gateway.settings import SETTINGS
from tests import services

# No test, and nothing a test starts, sees the settings of whoever runs it.
for _name in {setting.name for setting in SETTINGS} | {name for name in os.environ if name.startswith("LAKANA_")}:
    os.environ.pop(_name, None)

# No test fails because a machine was busy: speed is measured by the benchmarks.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# Databases keep waiting for their disk, as they must; where the machine has memory to spare, that disk is memory.
_IN_MEMORY = Path("/dev/shm")
if "TMPDIR" not in os.environ and os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > 4 << 30:
    os.environ["TMPDIR"] = tempfile.tempdir = str(_IN_MEMORY)


@contextmanager
def _or_left_out() -> Iterator[None]:
    """Without its program a test is left out and says why; in CI nothing may be left out."""
    try:
        yield
    except services.ProgramMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    return services.free_port()


@pytest.fixture(scope="session")
def postgres() -> Iterator[services.Postgres]:
    """One PostgreSQL for the whole run; who wants to stop or kill one starts another with services.postgres()."""
    with _or_left_out(), services.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def _shared_redis() -> Iterator[services.Redis]:
    with _or_left_out(), services.redis_server() as server:
        yield server


@pytest.fixture
def redis_url(_shared_redis: services.Redis) -> str:
    """The address of an empty Redis."""
    _shared_redis.empty()
    return _shared_redis.url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database."""
    return f"sqlite:///{tmp_path / 'lakana.sqlite'}"


@pytest.fixture
def postgresql_url(postgres: services.Postgres) -> Iterator[str]:
    """An empty PostgreSQL database."""
    with postgres.database() as name:
        yield postgres.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database; the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "lakana.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _migrated_template(postgres: services.Postgres) -> Iterator[str]:
    with postgres.database() as name:
        _migrate(postgres.url(name))
        yield name


def _migrate(url: str) -> None:
    engine = db.open_engine(url)
    schema.upgrade(engine)
    engine.dispose()


@pytest.fixture
def migrated_sqlite_url(sqlite_url: str, tmp_path: Path, _migrated_file: Path) -> str:
    """A SQLite database with today's schema: a copy, since migrating anew takes a hundred times as long."""
    shutil.copy(_migrated_file, tmp_path / "lakana.sqlite")
    return sqlite_url


@pytest.fixture
def migrated_postgresql_url(postgres: services.Postgres, _migrated_template: str) -> Iterator[str]:
    """A PostgreSQL database with today's schema."""
    with postgres.database(template=_migrated_template) as name:
        yield postgres.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_database_url(request: pytest.FixtureRequest) -> str:
    """A database with today's schema and no rows; the test runs once on each kind."""
    return str(request.getfixturevalue(f"migrated_{request.param}_url"))


@pytest.fixture
def database(migrated_database_url: str) -> Iterator[Engine]:
    """This process is connected to a database with today's schema; the test runs once on each kind."""
    yield db.connect(migrated_database_url)
    db.disconnect()


@pytest.fixture
def sqlite_database(migrated_sqlite_url: str) -> Iterator[Engine]:
    """The same on SQLite alone, for tests in which the kind of database makes no difference."""
    yield db.connect(migrated_sqlite_url)
    db.disconnect()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The installed Chromium, one for the tests of a file."""
    with _or_left_out(), services.chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser profile of its own."""
    with browser.new_context() as context:
        yield context.new_page()
