"""Passwords: argon2id, 15 to 128 characters as typed, no rules of composition, nothing that everybody tries first."""

import re
import secrets
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gateway.errors import Invalid

SHORTEST, LONGEST = 15, 128
_COMMON = Path(__file__).with_name("common_passwords.toml")
# Letters and digits that are not mistaken for each other when read out or copied by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()
# Each run takes 64 MiB: a flood of sign-ins may take time, it may not take the memory of the whole machine.
_at_once = BoundedSemaphore(2)


def hash_of(password: str) -> str:
    """What is stored instead of a password."""
    with _at_once:
        return _hasher.hash(_bytes(password))


def is_right(password: str, stored: str | None) -> bool:
    """Whether this is the password; without a stored one it takes the same time to say no."""
    if len(password) > LONGEST:
        return False
    with _at_once:
        try:
            _hasher.verify(stored or _dummy(), _bytes(password))
            return stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether the stored hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check(password: str, *, names: tuple[str, ...] = ()) -> None:
    """Raises Invalid with the reason when this may not become the password of somebody with these names."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid("password", "length")
    folded = _folded(password)
    if any(len(name) > 2 and _folded(name) in folded for name in names):
        raise Invalid("password", "name")
    if is_common(password):
        raise Invalid("password", "common")


def is_common(password: str) -> bool:
    """Whether nothing of it is left, or next to nothing, once what everybody tries first is taken out."""
    left = re.sub(r"[\W_]+", "", _folded(password))
    if len(set(left)) < 5:
        return True
    used = 0
    for word in _common_words():
        if word in left:
            left, used = left.replace(word, ""), used + 1
    # A year or a few digits before or behind are the usual decoration.
    left = re.sub(r"^\d{1,8}|\d{1,8}$", "", left) if used else left
    return len(left) < 6 and used <= 2


def one_time() -> str:
    """A first password, to be read out or copied once: twenty letters and digits in four groups, 99 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


@cache
def _common_words() -> tuple[str, ...]:
    words = tomllib.loads(_COMMON.read_text(encoding="utf-8"))["words"]
    return tuple(sorted({_folded(word) for word in words}, key=lambda word: (-len(word), word)))


@cache
def _dummy() -> str:
    return _hasher.hash(secrets.token_bytes(16))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _bytes(password: str) -> bytes:
    # Two keyboards may send the same accented letter in two ways.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
