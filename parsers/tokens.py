"""Cuts a folded text into atoms: runs of letters, runs of digits and single signs, each with its place."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parsers.fold import Folded

ATOM = re.compile(r"(\s*)(?:([^\W\d_]+)|(\d+)|(\S))")
WORD, NUMBER, SIGN = "w", "n", "s"
ROOM = 12  # farther than any reader looks ahead
NO_SIGN = "\0"  # no text holds it once folded
NONE: frozenset[int] = frozenset()
SUSPECT = re.compile(r"\d/?[oil]|[oil]/?\d")
CHUNK = re.compile(r"[^\W_]+")
LONGEST_CHUNK = 40
UNLIKE = re.compile(r"\d[Li]|[Li]\d")  # only a small l and a capital I look like a one
AS_DIGITS = str.maketrans("oil", "011")
# What may stand behind a number without a blank: only before these is a letter O, I or L read as a digit.
UNITS = "g|f|e|b|ans?|mois|garcons?|filles?|enfants?|enf|boys?|girls?|years?|months?"
AFTER_DIGIT = re.compile(rf"(?<=\d)[oil]+(?=\d|$|(?:{UNITS})(?![a-z]))")
BEFORE_DIGIT = re.compile(r"^[oil]+(?=\d)|(?<=^ml)o(?=\d)")
LONGEST_NUMBER = 9
MOST_ATOMS = 450


@dataclass(slots=True)
class Tokens:
    """The atoms of a text, a column for each thing known of them; what lies past `read_to` was too much to read.

    Every column has room behind its last atom, so that readers look ahead without asking whether there is more.
    """

    size: int
    words: list[str]
    kinds: list[str]  # WORD, NUMBER, SIGN
    firsts: list[int]
    lasts: list[int]
    glued: list[bool]  # nothing stands between it and the atom before
    new_line: list[bool]
    numbers: list[int | None]  # the number it is, unless it is too long to mean anything
    signs: list[str]
    glued_signs: list[str]
    repaired: frozenset[int]  # letters in it were read as digits
    read_to: int


def atomize(folded: Folded) -> Tokens:
    """The atoms of a folded text, letters typed for digits already mended."""
    text, mended = _mend_numbers(folded)
    read = text.rstrip()  # blanks at the end would be looked at again from each of them
    found = ATOM.findall(read) if len(read) <= MOST_ATOMS else [each.groups("") for each in _first(read)]
    size = len(found)
    words, kinds, firsts, lasts = [""] * (size + ROOM), [""] * (size + ROOM), [0] * size, [0] * size
    glued, new_line = [False] * (size + ROOM), [False] * (size + ROOM)
    numbers: list[int | None] = [None] * (size + ROOM)
    signs, glued_signs = [NO_SIGN] * (size + ROOM), [NO_SIGN] * (size + ROOM)
    end = 0
    for at, (blank, letters, digits, sign) in enumerate(found):
        if blank:
            end += len(blank)
            new_line[at] = "\n" in blank
        elif at:
            glued[at] = True
        firsts[at] = end
        if letters:
            words[at], kinds[at] = letters, WORD
            end += len(letters)
        elif digits:
            words[at], kinds[at] = digits, NUMBER
            if len(digits) <= LONGEST_NUMBER:
                numbers[at] = int(digits)
            end += len(digits)
        else:
            words[at] = signs[at] = sign
            kinds[at] = SIGN
            if glued[at]:
                glued_signs[at] = sign
            end += 1
        lasts[at] = end
    new_line[0] = True
    repaired = _repaired(mended, firsts, lasts) if mended else NONE
    read_to = end if size == MOST_ATOMS else len(text)
    return Tokens(size, words, kinds, firsts, lasts, glued, new_line, numbers, signs, glued_signs, repaired, read_to)


def _first(text: str) -> Iterator[re.Match[str]]:
    return islice(ATOM.finditer(text), MOST_ATOMS)


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
