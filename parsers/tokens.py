"""Cuts a folded text into atoms: runs of letters, runs of digits and single signs, each with its place."""

import re
from bisect import bisect_left
from itertools import islice
from typing import Final

from parsers.fold import Folded

PIECE: Final = re.compile(r"\s*(?:[^\W\d_]+|\d+|\S)")
PLAIN_PIECE: Final = re.compile(r"\s*(?:[a-z]+|[0-9]+|\S)")  # the same for plain text, three times as fast
WORD: Final = "w"
NUMBER: Final = "n"
SIGN: Final = "s"
BLANK: Final = ""
ROOM: Final = 12  # farther than any reader looks ahead
NO_ATOM: Final = "\0"  # no text holds it once folded
NO_ATOMS: Final = [NO_ATOM] * ROOM
BLANKS: Final = [BLANK] * ROOM
NO_NUMBERS: Final[list[int | None]] = [None] * ROOM
NONE: Final[frozenset[int]] = frozenset()
SUSPECT: Final = re.compile(r"[\doil](?:(?<=\d)/?[oil]|(?<=[oil])/?\d)")
CHUNK: Final = re.compile(r"[^\W_]+")
LONGEST_CHUNK: Final = 40
UNLIKE: Final = re.compile(r"\d[Li]|[Li]\d")  # only a small l and a capital I look like a one
AS_DIGITS: Final = str.maketrans("oil", "011")
# What may stand behind a number without a blank: only before these is a letter O, I or L read as a digit.
UNITS: Final = "g|f|e|b|ans?|mois|garcons?|filles?|enfants?|enf|boys?|girls?|years?|months?"
AFTER_DIGIT: Final = re.compile(rf"(?<=\d)[oil]+(?=\d|$|(?:{UNITS})(?![a-z]))")
BEFORE_DIGIT: Final = re.compile(r"^[oil]+(?=\d)|(?<=^ml)o(?=\d)")
LONGEST_NUMBER: Final = 9
MOST_ATOMS: Final = 450


def _kind(character: str) -> str:
    if character.isspace():
        return BLANK
    return NUMBER if character.isdecimal() else WORD if character.isalnum() else SIGN


PLAIN_KINDS: Final = {character: _kind(character) for character in map(chr, range(128))}


class Tokens:
    """The atoms of a text, a column for each thing known of them; what lies past `read_to` was too much to read.

    Every column has room behind its last atom, so that readers look ahead without asking whether there is more.
    `kinds` are WORD, NUMBER and SIGN; `glued` is the kind of the atom before when nothing stands between, and
    `glued_words` the atom itself then; `numbers` is the number it is, unless it is too long to mean anything;
    `repaired` are the atoms in which letters were read as digits.
    """

    __slots__ = (
        "firsts", "glued", "glued_words", "kinds", "lasts", "new_line", "numbers", "read_to", "repaired", "size",
        "words",
    )  # fmt: skip

    def __init__(self, folded: Folded) -> None:
        """Cuts a folded text into its atoms, letters typed for digits already mended."""
        text, mended = _mend_numbers(folded)
        words, kinds, glued, glued_words = list[str](), list[str](), list[str](), list[str]()
        numbers, firsts, lasts = list[int | None](), list[int](), list[int]()
        end, before = 0, BLANK
        plain = text.isascii()
        for word in islice((PLAIN_PIECE if plain else PIECE).findall(text.rstrip()), MOST_ATOMS):
            kind = PLAIN_KINDS[word[0]] if plain else _kind(word[0])
            if not kind:
                typed, before = len(word), BLANK
                word = word.lstrip()
                kind, end = _kind(word[0]), end + typed - len(word)
            words.append(word)
            kinds.append(kind)
            glued.append(before)
            glued_words.append(word if before else NO_ATOM)
            numbers.append(int(word) if kind == NUMBER and len(word) <= LONGEST_NUMBER else None)
            firsts.append(end)
            end += len(word)
            lasts.append(end)
            before = kind
        self.size = len(words)
        self.words = words + NO_ATOMS
        self.kinds = kinds + BLANKS
        self.firsts = firsts
        self.lasts = lasts
        self.glued = glued + BLANKS
        self.glued_words = glued_words + NO_ATOMS
        self.new_line = _new_lines(text, lasts, firsts)
        self.numbers = numbers + NO_NUMBERS
        self.repaired = _repaired(mended, firsts, lasts) if mended else NONE
        self.read_to = end if len(words) == MOST_ATOMS else len(text)


def _new_lines(text: str, lasts: list[int], firsts: list[int]) -> list[bool]:
    """Whether each atom is the first of its line."""
    lines = [False] * (len(firsts) + ROOM)
    if "\n" in text:
        lines[1 : len(firsts)] = ["\n" in text[last:first] for last, first in zip(lasts, firsts[1:], strict=False)]
    lines[0] = True
    return lines


def _repaired(mended: list[int], firsts: list[int], lasts: list[int]) -> frozenset[int]:
    return frozenset(
        at
        for at, (first, last) in enumerate(zip(firsts, lasts, strict=True))
        if bisect_left(mended, first) < bisect_left(mended, last)
    )


def _mend_numbers(folded: Folded) -> tuple[str, list[int]]:
    """Reads `1O` as 10 and `l2/11` as 12/11; gives the places where it did."""
    text = folded.text
    mended: list[int] = []
    if not SUSPECT.search(text):
        return text, mended

    def mend(match: re.Match[str]) -> str:
        chunk = match.group()
        typed = folded.source[folded.start(match.start()) : folded.end(match.end())]
        if len(chunk) > LONGEST_CHUNK or UNLIKE.search(typed):
            return chunk
        fixed = _mend_chunk(chunk, beside_slash=_beside_slash(text, match.start(), match.end()))
        mended.extend(match.start() + at for at, (old, new) in enumerate(zip(chunk, fixed, strict=True)) if old != new)
        return fixed

    return CHUNK.sub(mend, text), mended


def _mend_chunk(chunk: str, *, beside_slash: bool) -> str:
    if beside_slash and len(chunk) <= 2 and not chunk.strip("oil0123456789"):
        return chunk.translate(AS_DIGITS)
    for pattern in (BEFORE_DIGIT, AFTER_DIGIT):
        chunk = pattern.sub(lambda found: found.group().translate(AS_DIGITS), chunk)
    return chunk


def _beside_slash(text: str, first: int, last: int) -> bool:
    """Whether a digit stands just across a slash, as in `l/11` and `14/ll`."""
    behind = text[max(first - 2, 0) : first]
    ahead = text[last : last + 2]
    return (behind[1:] == "/" and behind[0].isdigit()) or (ahead[:1] == "/" and ahead[1:].isdigit())
