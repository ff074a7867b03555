"""The key ring of an office, and the small part of it that the public intake may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.vault import keytext
from gateway.vault.keyfile import KeysBroken, KeysPresent, read_private, write_new, write_over
from gateway.vault.keytext import WrittenKeys, WrittenPublicKeys


@dataclass(frozen=True, repr=False, eq=False)
class InboxKeys:
    """What the public intake holds: it can seal and recognise a repeat, it cannot read back."""

    kid: str
    public_key: X25519PublicKey
    digest_key: bytes


@dataclass(frozen=True, repr=False, eq=False)
class Keyring:
    """Every key, parsed once and ready for use; `field_kid` and `inbox_kid` name those that new data gets."""

    field_kid: str
    field_keys: Mapping[str, AESGCM]
    inbox_kid: str
    inbox_keys: Mapping[str, X25519PrivateKey]
    blind_key: bytes
    audit_key: bytes
    digest_key: bytes

    def inbox(self) -> InboxKeys:
        """The part of this ring for the public intake."""
        return InboxKeys(self.inbox_kid, self.inbox_keys[self.inbox_kid].public_key(), self.digest_key)

    def opens(self, keys: InboxKeys) -> bool:
        """Whether what the intake seals with these keys can be read with this ring."""
        private = self.inbox_keys.get(keys.kid)
        return private is not None and private.public_key() == keys.public_key


def public_path(path: Path) -> Path:
    """Where the part for the public intake lies: beside the key file."""
    return path.with_name(f"{path.name}.public")


def make_keyring(path: Path) -> Keyring:
    """Makes both files; the public one first, so that whoever sees the key file can use both."""
    if path.exists():
        raise KeysPresent(f"{path}: there are keys here already; new ones would make what is stored unreadable")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = keytext.new_keys()
    keyring = _keyring(written)
    write_new(public_path(path), _public_content(keyring))
    write_new(path, keytext.write(written))
    return keyring


def restore_inbox_keys(path: Path) -> None:
    """Writes the public file again from the key file: after its loss, or when the active key has changed."""
    write_over(public_path(path), _public_content(load_keyring(path)))


def load_keyring(path: Path) -> Keyring:
    """The whole ring, for the worker and the panel."""
    return _keyring(load_written(path))


def load_written(path: Path) -> WrittenKeys:
    """The key file as it stands, for a rotation."""
    content = read_private(path)
    try:
        return keytext.read(content)
    except ValueError:
        raise _broken(path) from None


def load_inbox_keys(path: Path) -> InboxKeys:
    """The part for the public intake; `path` is the key file's, which need not be on that machine."""
    content = read_private(public_path(path))
    try:
        written = keytext.read_public(content)
    except ValueError:
        raise _broken(public_path(path)) from None
    return InboxKeys(written.kid, X25519PublicKey.from_public_bytes(written.public), written.digest)


def _broken(path: Path) -> KeysBroken:
    return KeysBroken(f"{path}: not a whole key file of this release; put back your copy of it")


def _keyring(written: WrittenKeys) -> Keyring:
    return Keyring(
        field_kid=written.field_kid,
        field_keys={kid: AESGCM(key) for kid, key in written.field.items()},
        inbox_kid=written.inbox_kid,
        inbox_keys={kid: X25519PrivateKey.from_private_bytes(key) for kid, key in written.inbox.items()},
        blind_key=written.blind,
        audit_key=written.audit,
        digest_key=written.digest,
    )


def _public_content(keyring: Keyring) -> bytes:
    keys = keyring.inbox()
    return keytext.write(WrittenPublicKeys(keys.kid, keys.public_key.public_bytes_raw(), keys.digest_key))
