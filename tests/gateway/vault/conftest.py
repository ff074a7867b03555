"""One key ring for all the tests of the vault; a test that wants others makes them."""

from pathlib import Path

import pytest

from gateway.vault.keyring import InboxKeys, Keyring, load_inbox_keys, load_keyring, make_keyring


@pytest.fixture(scope="session")
def key_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "lakana.keys"
    make_keyring(path)
    return path


@pytest.fixture(scope="session")
def inbox_keys(key_path: Path) -> InboxKeys:
    return load_inbox_keys(key_path)


@pytest.fixture(scope="session")
def keyring(key_path: Path) -> Keyring:
    return load_keyring(key_path)


@pytest.fixture(scope="session")
def other_keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return make_keyring(tmp_path_factory.mktemp("other") / "lakana.keys")
