"""What the tests of the way in share: keys, settings, and a street with phones on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from gateway import codebook, dispatch, settings
from gateway.channels.registry import logs, senders
from gateway.dispatch import LocalBell
from gateway.settings import Settings
from gateway.vault import current
from gateway.vault.keyring import Keyring, load_keyring, make_keyring
from gateway.web.app import create_intake
from tests.stand_ins import twilio_api, twilio_webhooks
from tests.stand_ins.street import Street, open_street
from tests.stand_ins.twilio_api import TwilioApi
from workers.shop import Shop, use

MakeSettings = Callable[..., Settings]


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One office's keys for the whole run."""
    path = tmp_path_factory.mktemp("keys") / "lakana.keys"
    make_keyring(path)
    return path


@pytest.fixture(scope="session")
def keyring(key_file: Path) -> Keyring:
    """The same keys, read."""
    return load_keyring(key_file)


@pytest.fixture
def open_vault(keyring: Keyring) -> Iterator[Keyring]:
    """The keys are open in this process."""
    current.unlock(keyring)
    yield keyring
    current.lock()


@pytest.fixture
def make_settings(key_file: Path, tmp_path: Path) -> MakeSettings:
    """Settings of an office with a Twilio account; a test names what is different."""

    def make(**changes: str) -> Settings:
        usual = {"LAKANA_HOME": str(tmp_path), "LAKANA_KEYS": str(key_file), **twilio_webhooks.ENVIRONMENT}
        return settings.load({**usual, **changes})

    return make


@pytest.fixture
def bell() -> Iterator[LocalBell]:
    """The bell of this process, quiet at first."""
    bell = LocalBell()
    dispatch.use(bell)
    yield bell
    dispatch.use(LocalBell())


@pytest.fixture
def street(database: Engine, open_vault: Keyring, make_settings: MakeSettings, bell: LocalBell) -> Street:
    """The whole way of a text; the test runs once on each kind of database."""
    chosen = make_settings()
    return open_street(create_intake(chosen), chosen, bell)


@pytest.fixture
def make_street(
    sqlite_database: Engine, open_vault: Keyring, make_settings: MakeSettings, bell: LocalBell
) -> Iterator[Callable[..., Street]]:
    """A street with other settings, on SQLite alone."""

    def make(**changes: str) -> Street:
        chosen = make_settings(**changes)
        return open_street(create_intake(chosen), chosen, bell)

    yield make
    codebook.use(None)


@pytest.fixture
def api() -> Iterator[TwilioApi]:
    """Twilio's API, as far as we use it."""
    with twilio_api.running() as api:
        yield api


@pytest.fixture
def wired(street: Street, api: TwilioApi, make_settings: MakeSettings) -> Street:
    """The street with Twilio's own client behind it, and a provider that lists what it handed over."""
    chosen = make_settings(TWILIO_API_BASE=api.url)
    use(Shop(street.office, senders(chosen), logs=logs(chosen)))
    return street
