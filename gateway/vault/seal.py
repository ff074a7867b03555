"""The seal on what comes in: anyone with the public key can close it, only the worker's key ring opens it.

HPKE (RFC 9180, base mode, X25519, HKDF-SHA-256, AES-256-GCM). A seal is: format (1 byte), kid (4 bytes), HPKE message.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from gateway.errors import LakanaError
from gateway.vault.keyring import InboxKeys, Keyring
from gateway.vault.padding import pad, unpad

_FORMAT = b"\x01"
_HEADER_BYTES = 5
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class SealBroken(LakanaError):
    """What was sealed is not whole, not of this row, or sealed for keys that are not here."""

    code = "seal_broken"


def seal(keys: InboxKeys, plaintext: bytes, *, bound_to: str) -> bytes:
    """Closes the plaintext for the worker; it opens only together with the same `bound_to`, the id of its row."""
    header = _FORMAT + bytes.fromhex(keys.kid)
    return header + _SUITE.encrypt(pad(plaintext), keys.public_key, info=_context(header, bound_to))


def open_seal(keyring: Keyring, sealed: bytes, *, bound_to: str) -> bytes:
    """What was sealed for this row; SealBroken says why not, and nothing of the content."""
    header, message = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:]
    private = keyring.inbox_keys.get(header[1:].hex())
    if header[:1] != _FORMAT or private is None:
        raise SealBroken("sealed with a key that is not in the key file")
    try:
        return unpad(_SUITE.decrypt(message, private, info=_context(header, bound_to)))
    except (InvalidTag, ValueError):
        raise SealBroken("changed since it was sealed, or moved from another row") from None


def _context(header: bytes, bound_to: str) -> bytes:
    return b"lakana inbox|" + header + b"|" + bound_to.encode()
