"""Recognising without reading: the same number or content gives the same 32 bytes, and nothing leads back.

Eight digits are soon tried out by whoever has the key, so these keys stand in no database and no backup of one.
"""

import hmac

from gateway.vault.keyring import InboxKeys, Keyring


def blind_index(keyring: Keyring, number: str) -> bytes:
    """Finds everything from one number (written as E.164) without storing the number."""
    return _digest(keyring.blind_key, number.encode("utf-8", "surrogatepass"))


def content_digest(keys: InboxKeys, content: bytes) -> bytes:
    """Recognises content that came before; the public intake can do this without reading anything back."""
    return _digest(keys.digest_key, content)


def lane(keys: InboxKeys, sender: str) -> int:
    """One of 65,536 lanes: the same for all that one sender sends, and shared by hundreds of numbers."""
    return int.from_bytes(_digest(keys.digest_key, b"lane|" + sender.encode("utf-8", "surrogatepass"))[:2], "big")


def _digest(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")
