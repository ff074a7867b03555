"""The key ring of the process."""

from collections.abc import Iterator

import pytest

from gateway.vault.current import VaultLocked, current, lock, unlock
from gateway.vault.keyring import Keyring


@pytest.fixture(autouse=True)
def locked_before_and_after() -> Iterator[None]:
    lock()
    yield
    lock()


def test_a_process_without_keys_is_locked() -> None:
    with pytest.raises(VaultLocked, match="LAKANA_KEYS"):
        current()


def test_the_last_ring_put_in_is_the_current_one(keyring: Keyring, other_keyring: Keyring) -> None:
    unlock(other_keyring)
    unlock(keyring)
    assert current() is keyring


def test_locking_forgets_the_ring_and_may_be_done_twice(keyring: Keyring) -> None:
    unlock(keyring)
    lock()
    lock()
    with pytest.raises(VaultLocked):
        current()
