"""Folds a text to plain small letters and keeps the way back to the original characters."""

import unicodedata
from functools import lru_cache
from typing import Final

# Letters that decomposition does not reach, as people type them on a plain keypad.
LETTERS: Final = {
    "ɛ": "e", "ɔ": "o", "ɲ": "ny", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ƴ": "y", "ɣ": "gh", "ə": "e", "ǝ": "e",
    "œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ı": "i", "ł": "l",
}  # fmt: skip
# Letters of other scripts that look Latin: pasted by a phone's keyboard or typed to slip past a filter.
LOOK_ALIKES: Final = {
    "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "і": "i", "ј": "j", "к": "k", "м": "m", "о": "o", "р": "p",
    "ѕ": "s", "т": "t", "у": "y", "х": "x", "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "m",
    "ν": "n", "ο": "o", "ρ": "p", "τ": "t", "υ": "y", "χ": "x", "ζ": "z", "ϲ": "c",
}  # fmt: skip
# In these scripts the capital does not look like the Latin capital of its small look-alike.
CAPITALS: Final = {"Η": "h", "Ν": "n", "Μ": "m", "Υ": "y", "В": "b", "У": "y", "Х": "x", "Ζ": "z", "Ρ": "p"}
SIGNS: Final = {
    **dict.fromkeys("’‘ʼʹ`´′＇", "'"),
    **dict.fromkeys("–—‑‐−―", "-"),
    **dict.fromkeys("«»“”„", '"'),
    "∕": "/", "⁄": "/", "،": ",", "؛": ";", "؟": "?", "：": ":", "＝": "=", "×": "x", "…": "...",
}  # fmt: skip
HIGHEST_USUAL: Final = 0x2100  # Latin letters with all accents, and general punctuation
NOTHING_DISGUISED: Final[frozenset[int]] = frozenset()
NEW_LINES: Final = "\n\r\u2028\u2029\x0b\x0c\x85"


class Folded:
    """The plain text, and for each of its characters where it stood; `origin` is None when nothing moved."""

    __slots__ = ("disguised", "origin", "source", "text")

    def __init__(
        self,
        text: str,
        source: str,
        origin: tuple[int, ...] | None = None,
        disguised: frozenset[int] = NOTHING_DISGUISED,
    ) -> None:
        self.text = text
        self.source = source
        self.origin = origin
        self.disguised = disguised

    def start(self, at: int) -> int:
        """Where a folded character stood in the original."""
        return at if self.origin is None else self.origin[at]

    def end(self, last: int) -> int:
        """Where the original of a folded stretch ends."""
        return last if self.origin is None else self.origin[last - 1] + 1


def fold(text: str) -> Folded:
    """Small letters, no accents, plain digits and signs, nothing invisible."""
    if text.isascii() and text.replace("\n", " ").replace("\r", " ").isprintable():
        return Folded(text.lower().replace("\r", "\n"), text)
    if SINGLE_CHARACTERS.issuperset(text):
        return Folded(text.translate(SINGLE), text)
    plain: list[str] = []
    origin: list[int] = []
    disguised: set[int] = set()
    for at, character in enumerate(text):
        folded, strange = _fold_character(character)
        if strange:
            disguised.add(at)
        plain.append(folded)
        origin.extend([at] * len(folded))
    return Folded("".join(plain), text, tuple(origin), frozenset(disguised))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> tuple[str, bool]:
    """The plain form of one character, and whether it was in disguise (invisible or of another script)."""
    if character in NEW_LINES:
        return "\n", False
    if character in SIGNS:
        return SIGNS[character], False
    if character in CAPITALS:
        return CAPITALS[character], True
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return "", category == "Cf"
    if category[0] in "CZ":
        return " ", False
    if category == "Nd":
        return str(unicodedata.digit(character)), False
    return _fold_letter(character)


def _fold_letter(character: str) -> tuple[str, bool]:
    parts = unicodedata.normalize("NFKD", character.lower())
    plain, strange = [], False
    for part in parts:
        if unicodedata.combining(part):
            continue
        strange = strange or part in LOOK_ALIKES
        plain.append(LETTERS.get(part) or LOOK_ALIKES.get(part) or part)
    return "".join(plain).lower() or " ", strange


def _single() -> dict[int, str]:
    """The usual characters that become one plain character and nothing else: a text of these moves nothing."""
    folded = {at: _fold_character(chr(at)) for at in range(HIGHEST_USUAL)}
    return {at: plain for at, (plain, strange) in folded.items() if len(plain) == 1 and not strange}


SINGLE: Final = _single()
SINGLE_CHARACTERS: Final = frozenset(map(chr, SINGLE))
