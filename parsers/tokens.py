"""Cuts a folded text into atoms: runs of letters, runs of digits and single signs, each with its place."""

import re
from bisect import bisect_left
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
NONE: Final[frozenset[int]] = frozenset()
LIKE_DIGITS: Final = "oil"
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
    kind = PLAIN_KINDS.get(character)
    return _other_kind(character) if kind is None else kind


def _other_kind(character: str) -> str:
    if character.isspace():
        return BLANK
    return NUMBER if character.isdecimal() else WORD if character.isalnum() else SIGN


PLAIN_KINDS: Final = {character: _other_kind(character) for character in map(chr, range(128))}


class Tokens:
    """The atoms of a text, a column for each thing known of them; what lies past `read_to` was too much to read.

    Every column has room behind its last atom, so that readers look ahead without asking whether there is more.
    `kinds` are WORD, NUMBER and SIGN; `glued` is the kind of the atom before when nothing stands between, and
    `glued_words` the atom itself then; `numbers` is the number it is, unless it is too long to mean anything;
    `text` is what was cut; `repaired` are the atoms in which letters were read as digits.
    """

    __slots__ = (
        "firsts", "glued", "glued_words", "kinds", "lasts", "new_line", "numbers", "read_to", "repaired", "size",
        "text", "words",
    )  # fmt: skip

    def __init__(self, folded: Folded) -> None:
        """Cuts a folded text into its atoms, letters typed for digits already mended."""
        self.repaired = NONE
        self._cut(folded.text)
        if self._is_suspect():
            text, mended = _mend_numbers(folded)
            if mended:
                self._cut(text)
                self.repaired = _repaired(mended, self.firsts, self.lasts)

    def _cut(self, text: str) -> None:
        """Fills the columns: each is made at its full length first, which is the quickest when this is compiled."""
        plain = text.isascii()
        words: list[str] = (PLAIN_PIECE if plain else PIECE).findall(text.rstrip())
        size = min(len(words), MOST_ATOMS)
        words = words[:size] + NO_ATOMS
        kinds, glued = [BLANK] * (size + ROOM), [BLANK] * (size + ROOM)
        glued_words = [NO_ATOM] * (size + ROOM)
        numbers: list[int | None] = [None] * (size + ROOM)
        firsts, lasts = [0] * size, [0] * size
        end, before = 0, BLANK
        for at in range(size):
            word = words[at]
            kind = _kind(word[0])
            if kind == BLANK:
                typed, before = len(word), BLANK
                word = word.lstrip()
                words[at] = word
                kind, end = _kind(word[0]), end + typed - len(word)
            elif before != BLANK:
                glued[at] = before
                glued_words[at] = word
            if kind == NUMBER and len(word) <= LONGEST_NUMBER:
                numbers[at] = int(word)
            kinds[at] = kind
            firsts[at] = end
            end += len(word)
            lasts[at] = end
            before = kind
        self.size, self.text = size, text
        self.words, self.kinds, self.firsts, self.lasts = words, kinds, firsts, lasts
        self.glued, self.glued_words, self.numbers = glued, glued_words, numbers
        self.new_line = _new_lines(text, lasts, firsts)
        self.read_to = end if size == MOST_ATOMS else len(text)

    def _is_suspect(self) -> bool:
        """Whether an o, an i or an l stands right beside a digit, or across a slash from one."""
        for at in range(1, self.size):
            if self.glued[at] == BLANK:
                continue
            left = at - 1
            if self.words[left] == "/" and self.glued[left] != BLANK:
                left -= 1
            if self.kinds[at] == NUMBER and self.kinds[left] == WORD and self.words[left][-1] in LIKE_DIGITS:
                return True
            if self.kinds[at] == WORD and self.kinds[left] == NUMBER and self.words[at][0] in LIKE_DIGITS:
                return True
        return False


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
