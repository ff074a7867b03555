"""Names that end in a number: `Commune 5`, `Dougouténé I`. Another number is another place, however near it looks."""

import re
from typing import Final, NamedTuple

ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
ENDINGS: Final = frozenset("0123456789IVX")
NUMBERED: Final = re.compile(r"(.*[^\W\d_])[ -]+(?:0?([1-9]|1[0-5])|([IVX]{1,4}))")
NOT_DIGITS: Final = re.compile(r"\D+")


class Number(NamedTuple):
    """The name before the number, and the number in digits and in Roman letters."""

    name: str
    digits: str
    letters: str


def number_of(name: str) -> Number | None:
    """The number at the end of a name as a list writes it."""
    found = NUMBERED.fullmatch(name)
    if not found:
        return None
    before, digits, letters = found.groups()
    if letters is None:
        return Number(before, digits, ROMAN[int(digits) - 1])
    roman = letters.lower()
    return Number(before, str(ROMAN.index(roman) + 1), roman) if roman in ROMAN else None


def digits(key: str) -> str:
    """The digits of a key: two keys with others never stand for each other."""
    return "" if key.isalpha() else NOT_DIGITS.sub("", key)
