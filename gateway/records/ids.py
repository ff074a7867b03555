"""Ids: 80 random bits in 16 letters and digits; they say nothing and cannot be guessed."""

import re
import secrets

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]
_SHIFTS = range(0, 80, 10)
_FORM = re.compile(r"[a-z2-7]{16}")


def new_id() -> str:
    """A fresh id, safe in a URL and in a log."""
    drawn = int.from_bytes(secrets.token_bytes(10), "big")
    return "".join(_PAIRS[drawn >> shift & 1023] for shift in _SHIFTS)


def is_id(text: str) -> bool:
    """Whether this could be an id; anything else need not reach the database."""
    return _FORM.fullmatch(text) is not None
