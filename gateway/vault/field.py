"""Encryption of one column of one row: AES-256-GCM, tied to its place so that no two values can be exchanged.

A value is: format (1 byte), kid (4 bytes), nonce (12 bytes), ciphertext and tag. The nonce is random, which is sound
for four thousand million values under one key.
"""

import secrets

from cryptography.exceptions import InvalidTag

from gateway.errors import LakanaError
from gateway.vault.keyring import Keyring
from gateway.vault.padding import pad, unpad

_FORMAT = b"\x01"
_HEADER_BYTES = 5
_NONCE_BYTES = 12


class FieldBroken(LakanaError):
    """A stored value is not whole, not of this place, or encrypted with a key that is not here."""

    code = "field_broken"


def encrypt(keyring: Keyring, text: str, *, table: str, column: str, row_id: str) -> bytes:
    """The text for this place only, with the key in use now."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    # A phone may send half of a character pair, and it has to come back as it came.
    padded = pad(text.encode("utf-8", "surrogatepass"))
    ciphertext = keyring.field_keys[keyring.field_kid].encrypt(nonce, padded, _place(table, column, row_id))
    return _FORMAT + bytes.fromhex(keyring.field_kid) + nonce + ciphertext


def decrypt(keyring: Keyring, encrypted: bytes, *, table: str, column: str, row_id: str) -> str:
    """The text again; FieldBroken says where and why not, and nothing of the content."""
    where = f"{table}.{column} of {row_id}"
    header, rest = encrypted[:_HEADER_BYTES], encrypted[_HEADER_BYTES:]
    key = keyring.field_keys.get(header[1:].hex())
    if header[:1] != _FORMAT or key is None:
        raise FieldBroken(f"{where}: encrypted with a key that is not in the key file")
    try:
        padded = key.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _place(table, column, row_id))
    except (InvalidTag, ValueError):
        raise FieldBroken(f"{where}: changed since it was stored, or moved from another place") from None
    return unpad(padded).decode("utf-8", "surrogatepass")


def is_current(keyring: Keyring, encrypted: bytes) -> bool:
    """Whether a value already has the key in use now; after a rotation the others are written anew."""
    return encrypted[:_HEADER_BYTES] == _FORMAT + bytes.fromhex(keyring.field_kid)


def _place(table: str, column: str, row_id: str) -> bytes:
    return f"{table}|{column}|{row_id}|v1".encode()
