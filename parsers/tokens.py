"""Cuts a folded text into atoms: runs of letters, runs of digits and single signs, each with its place."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice

from parsers.fold import Folded

ATOM = re.compile(r"([^\W\d_]+)|(\d+)|(\S)")
KINDS = " wns"  # by the group of the expression
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
class Atom:
    """A word, a number or a sign; `glued` when nothing stands between it and the atom before."""

    kind: str
    word: str
    first: int
    last: int
    glued: bool
    new_line: bool
    repaired: bool = False
    value: int | None = None  # the number it is, unless it is too long to mean anything


@dataclass(slots=True)
class Tokens:
    """All atoms of a text; what lies past `read_to` was too much to read."""

    atoms: tuple[Atom, ...]
    read_to: int


def atomize(folded: Folded) -> Tokens:
    """The atoms of a folded text, letters typed for digits already mended."""
    text, mended = _mend_numbers(folded)
    atoms: list[Atom] = []
    end, has_mended = -1, bool(mended)
    for match in islice(ATOM.finditer(text), MOST_ATOMS):
        group = match.lastindex or 0
        word, (first, last) = match[0], match.span()
        glued = first == end
        new_line = not glued and ("\n" in text[end:first] if atoms else True)
        repaired = has_mended and bisect_left(mended, first) < bisect_left(mended, last)
        value = int(word) if group == 2 and last - first <= LONGEST_NUMBER else None
        atoms.append(Atom(KINDS[group], word, first, last, glued, new_line, repaired, value))
        end = last
    return Tokens(tuple(atoms), end if len(atoms) == MOST_ATOMS else len(text))


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
