"""Ids: 80 random bits in 16 letters and digits; they say nothing and cannot be guessed."""

import base64
import secrets


def new_id() -> str:
    """A fresh id, safe in a URL and in a log."""
    return base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()
