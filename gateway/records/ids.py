"""Ids: 80 random bits in 16 letters and digits; they say nothing and cannot be guessed."""

import base64
import re
import secrets

_FORM = re.compile(r"[a-z2-7]{16}")


def new_id() -> str:
    """A fresh id, safe in a URL and in a log."""
    return base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()


def is_id(text: str) -> bool:
    """Whether this could be an id; anything else need not reach the database."""
    return _FORM.fullmatch(text) is not None
