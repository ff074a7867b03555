"""The key ring this process works with: put in at the start, taken out at the end, never at import."""

from gateway.errors import LakanaError
from gateway.vault.keyring import Keyring

_unlocked: Keyring | None = None


class VaultLocked(LakanaError):
    """This process has no keys: it can store what comes in, and show nothing of it."""

    code = "vault_locked"


def unlock(keyring: Keyring) -> None:
    """From now on this process reads and writes encrypted columns with this ring."""
    global _unlocked
    _unlocked = keyring


def lock() -> None:
    """Forgets the ring; encrypted columns are closed again."""
    global _unlocked
    _unlocked = None


def current() -> Keyring:
    """The ring of this process; VaultLocked if it has none."""
    if _unlocked is None:
        raise VaultLocked("the keys are not open in this process; see LAKANA_KEYS")
    return _unlocked
