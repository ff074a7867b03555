"""Keyed fingerprints for what must be recognised but not stored: each purpose has a key of its own."""

import hmac

from gateway.vault.current import current


def fingerprint(purpose: str, text: str) -> bytes:
    """32 bytes that lead back to nothing without the key file, which stands in no database and no backup of one."""
    key = hmac.digest(current().blind_key, f"trust|{purpose}".encode(), "sha256")
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
