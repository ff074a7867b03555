"""The places people name: by code, by name, by a name nearly right; and which place lies in which."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Final

from parsers.codebook import numbered
from parsers.codebook.place import (
    ALTERNATES,
    BUILT_IN,
    CODE,
    LEVEL,
    LEVELS,
    NAME,
    PARENT,
    PARENT_2023,
    SETTLEMENTS,
    Place,
    Row,
    as_place,
    read_rows,
)
from parsers.codebook.spelling import NearWords

__all__ = ["BUILT_IN", "LEVELS", "Gazetteer", "Place", "fold_key", "load"]

# Letters of Mali's languages that accent folding leaves alone, and two ligatures of French.
SPECIAL: Final = str.maketrans(
    {"ɛ": "e", "ɔ": "o", "ɲ": "ny", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ƴ": "y", "œ": "oe", "æ": "ae"}
)
JOINT: Final = re.compile(r"[ '’-]")
NOT_IN_KEY: Final = re.compile(r"[^a-z0-9]+")


def fold_key(text: str) -> str:
    """Lower case, no accents, only the letters a-z and digits: the form in which names are compared."""
    if text.isascii():
        lowered = text.lower()
        return lowered if lowered.isalnum() else NOT_IN_KEY.sub("", lowered)
    plain = unicodedata.normalize("NFKD", text.casefold().translate(SPECIAL)).translate(SPECIAL)
    return NOT_IN_KEY.sub("", plain)


class Gazetteer:
    """The rows of one file, or of several put together, with the ways to look them up.

    A country has twenty thousand places and a message names one: a row becomes a Place when somebody asks for it.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        by_code = {row[CODE].upper(): row for row in rows}
        self._rows = list(by_code.values())
        self._at = dict(zip(by_code, range(len(by_code)), strict=True))
        self._made: dict[int, Place] = {}
        self._named: dict[str, tuple[Place, ...]] = {}
        self._by_key: dict[str, tuple[int, ...]] = {}
        self._roman: set[str] = set()
        self._joined: list[str] = []
        self._above: dict[str, frozenset[str]] = {}
        self._all_beginnings: frozenset[str] | None = None
        self._all_first_words: frozenset[str] | None = None
        self._most_words: int | None = None
        self._in_words: list[str] | None = None
        self._all_regions: tuple[Place, ...] | None = None
        self._below: dict[str, list[int]] | None = None
        self._all_near: NearWords | None = None
        self._unit_all_near: NearWords | None = None
        for at, row in enumerate(self._rows):
            self._file(row[NAME], at)
            if row[ALTERNATES]:
                for name in row[ALTERNATES].split(";"):
                    self._file(name, at)

    def __iter__(self) -> Iterator[Place]:
        return map(self._place, range(len(self._rows)))

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, pcode: str) -> Place | None:
        """The place with this code, whatever the case of its letters."""
        at = self._at.get(pcode.strip().upper())
        return None if at is None else self._place(at)

    def exact(self, key: str) -> tuple[Place, ...]:
        """The places with this folded name or alternate name, the largest level first; a code finds its place too."""
        found = self._named.get(key)
        if found is None:
            ats = self._by_key.get(key) if key else None
            if ats is None:
                place = self.get(key)
                return (place,) if place else ()
            found = self._named[key] = tuple(sorted(map(self._place, ats), key=_rank))
        return found

    def is_name(self, key: str) -> bool:
        """Whether some place has this folded name, alternate name or code."""
        return key in self._by_key or key.upper() in self._at

    def near(self, key: str, *, edits: int = 1) -> tuple[tuple[Place, int], ...]:
        """The places whose folded name is at most so many edits away, nearest first (0 is the name itself).

        Names and keys under five letters bear no edit, under eight letters only one; numbers bear none.
        """
        nearest: dict[str, tuple[Place, int]] = {}
        for name, distance in _same_number(key, self._spelling.near(key, edits)):
            for place in self.exact(name):
                nearest.setdefault(place.pcode, (place, distance))
        return tuple(nearest.values())

    def units_near(self, key: str) -> tuple[Place, ...]:
        """The administrative units one edit from the name of a settlement: it may be one of them, misspelt."""
        near = [name for name, _ in _same_number(key, self._unit_spelling.near(key))]
        return tuple(dict.fromkeys(place for name in near for place in self.exact(name) if place.is_unit))

    def is_within(self, place: Place, ancestor_pcode: str) -> bool:
        """Is the place this one, or does it lie in it, by the old or the 2023 division?"""
        code = ancestor_pcode.upper()
        return code == place.pcode.upper() or code in self.codes_above(place)

    def codes_above(self, place: Place) -> frozenset[str]:
        """The codes, in capitals, of all the places it lies in."""
        codes = self._above.get(place.pcode)
        if codes is None:
            codes = self._above[place.pcode] = frozenset(above.pcode.upper() for above in self.ancestors(place))
        return codes

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """The places it lies in, by the old and the 2023 division, the smallest first."""
        found: dict[str, Place] = {}
        waiting = [place]
        while waiting:
            below = waiting.pop()
            for pcode in (below.parent, below.parent_2023):
                above = self.get(pcode) if pcode else None
                if above and above.pcode not in found:
                    found[above.pcode] = above
                    waiting.append(above)
        return tuple(sorted(found.values(), key=_rank, reverse=True))

    def children(self, pcode: str) -> tuple[Place, ...]:
        """The places directly in this one, by the old or the 2023 division."""
        return tuple(map(self._place, self._children.get(pcode.upper(), ())))

    def regions(self) -> tuple[Place, ...]:
        """The regions that officers' scopes are given in, in the order of the file."""
        return self._regions

    @property
    def beginnings(self) -> frozenset[str]:
        """All that the name or code of a place may begin with: most words are none of these."""
        if self._all_beginnings is None:
            codes = frozenset(code.lower().rstrip("0123456789") for code in self._at)
            self._all_beginnings = codes.union(chain.from_iterable(map(accumulate, self._by_key)))
        return self._all_beginnings

    @property
    def first_words(self) -> frozenset[str]:
        """The first words of names of several: alone they are half a name, not a misspelt one."""
        if self._all_first_words is None:
            self._all_first_words = frozenset(fold_key(words[0]) for words in map(str.split, self._of_several_words))
        return self._all_first_words

    @property
    def longest_words(self) -> int:
        """How many words the longest name has."""
        if self._most_words is None:
            self._most_words = max(map(len, map(str.split, self._of_several_words)), default=1)
        return self._most_words

    @property
    def _of_several_words(self) -> list[str]:
        """The names of several words, with blanks between them."""
        if self._in_words is None:
            self._in_words = JOINT.sub(" ", "\n".join(self._joined)).split("\n") if self._joined else []
        return self._in_words

    @property
    def _regions(self) -> tuple[Place, ...]:
        if self._all_regions is None:
            found = (self._place(at) for at, row in enumerate(self._rows) if row[LEVEL] == "region")
            self._all_regions = tuple(place for place in found if place.region == place.pcode)
        return self._all_regions

    @property
    def _children(self) -> dict[str, list[int]]:
        if self._below is None:
            found: dict[str, list[int]] = {}
            for at, row in enumerate(self._rows):
                for parent in {row[PARENT], row[PARENT_2023]} - {""}:
                    found.setdefault(parent.upper(), []).append(at)
            self._below = found
        return self._below

    @property
    def _spelling(self) -> NearWords:
        if self._all_near is None:
            self._all_near = NearWords(key for key in self._by_key if key not in self._roman)
        return self._all_near

    @property
    def _unit_spelling(self) -> NearWords:
        if self._unit_all_near is None:
            units = {at for at, row in enumerate(self._rows) if row[LEVEL] not in SETTLEMENTS}
            named = (key for key, ats in self._by_key.items() if not units.isdisjoint(ats))
            self._unit_all_near = NearWords(key for key in named if key not in self._roman)
        return self._unit_all_near

    def _place(self, at: int) -> Place:
        place = self._made.get(at)
        if place is None:
            place = self._made[at] = as_place(self._rows[at])
        return place

    def _file(self, name: str, at: int) -> None:
        if name.isalnum() and name.isascii():
            key = name.lower()
        else:
            key = fold_key(name)
            if JOINT.search(name):
                self._joined.append(name)
        if key not in self._by_key:
            self._by_key[key] = (at,)
        elif at not in (named := self._by_key[key]):
            self._by_key[key] = (*named, at)
        if name[-1:] in numbered.ENDINGS and (number := numbered.number_of(name)):
            self._file_numbered(number, at)

    def _file_numbered(self, number: numbered.Number, at: int) -> None:
        """`Dougouténé I` is also `Dougouténé 1`; and no letter of a Roman number is ever a slip."""
        stem = fold_key(number.name)
        self._file(stem + number.digits, at)
        self._file(stem + number.letters, at)
        self._roman.add(stem + number.letters)


def _same_number(key: str, near: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    digits = numbered.digits(key)
    return (hit for hit in near if numbered.digits(hit[0]) == digits)


def load(path: Path | None = None) -> Gazetteer:
    """The gazetteer of this file, or the built-in one; each file is read once."""
    return _load(path or BUILT_IN)


@cache
def _load(path: Path) -> Gazetteer:
    return Gazetteer(read_rows(path))


def _rank(place: Place) -> int:
    return LEVELS.index(place.level)
