"""The keys of backups: the server knows whom to encrypt to, and cannot open what it made."""

from collections.abc import Sequence
from pathlib import Path

from pyrage import IdentityError, RecipientError
from pyrage.x25519 import Identity, Recipient

from gateway.cli.backup.refusal import BackupRefused
from gateway.errors import SettingWrong
from gateway.vault.keyfile import write_new

SETTING = "LAKANA_BACKUP_RECIPIENTS"


def recipients(texts: Sequence[str]) -> list[Recipient]:
    """Those who will be able to open it."""
    if not texts:
        raise SettingWrong(SETTING, "whom to encrypt to: set it, or give --to age1… (lakana backup key FILE makes one)")
    try:
        return [Recipient.from_str(text) for text in texts]
    except RecipientError:
        raise SettingWrong(SETTING, "each must be a recipient of age, like age1…; separate them by commas") from None


def identities(path: Path) -> list[Identity]:
    """The secret keys in a file as age-keygen writes it."""
    try:
        lines = [line.strip() for line in path.read_text("ascii").splitlines()]
        found = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise SettingWrong("--identity", f"{path} cannot be read ({error.strerror})") from None
    except (IdentityError, UnicodeDecodeError):
        raise SettingWrong("--identity", f"{path} holds a line that is no AGE-SECRET-KEY-1…") from None
    if not found:
        raise SettingWrong("--identity", f"{path} holds no AGE-SECRET-KEY-1…")
    return found


def make(path: Path) -> str:
    """A new pair: the secret goes into the file, for its owner alone; the recipient is given back."""
    if path.exists():
        raise BackupRefused(f"{path} exists already: keys are never overwritten")
    identity = Identity.generate()
    recipient = str(identity.to_public())
    write_new(
        path, f"# opens the backups of Lakana; keep it away from the server\n# {recipient}\n{identity}\n".encode()
    )
    return recipient
