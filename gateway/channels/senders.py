"""Who sent it: a telephone that may be answered, or an address that may not."""

import re
from collections.abc import Collection

from gateway.records.codes import SenderKind

# ASCII only, and before any library that is kinder: digits of other scripts and "tel:" forms are refused here.
PHONE = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
SHORT_CODE = re.compile(r"[0-9]{3,8}", re.ASCII)
ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}", re.ASCII)
# What carriers put in the place of a number that its owner keeps back.
_WITHHELD = frozenset(
    {"", "anonymous", "restricted", "unknown", "unavailable", "blocked"}
    | {"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"}
)


def sender_kind(sender: str, our_numbers: Collection[str]) -> SenderKind | None:
    """What kind of address this is, or None for one that no network writes."""
    if sender in our_numbers:
        return SenderKind.OURS
    if sender.lower() in _WITHHELD:
        return SenderKind.WITHHELD
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(sender):
            return kind
    return None


def is_our_kind(number: str) -> bool:
    """Whether this could be a number people text to."""
    return bool(PHONE.fullmatch(number) or SHORT_CODE.fullmatch(number))


_PATTERNS = (
    (SenderKind.PHONE, PHONE),
    (SenderKind.SHORT_CODE, SHORT_CODE),
    (SenderKind.ALPHANUMERIC, ALPHANUMERIC),
)
