"""The places people name: by code, by name, by a name nearly right; and which place lies in which."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from parsers.codebook.spelling import DeleteIndex

BUILT_IN = Path(__file__).with_name("places.csv")
LEVELS = ("region", "cercle", "commune", "town", "village")
# Letters of Mali's languages that accent folding leaves alone, and two ligatures of French.
SPECIAL = str.maketrans({"ɛ": "e", "ɔ": "o", "ɲ": "ny", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ƴ": "y", "œ": "oe", "æ": "ae"})
NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
COUNTED = re.compile(r"commune[0-9ivx]+")  # "communes" is one letter from "Commune I": these match only as they are


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One row of the gazetteer; `region` is the region of the officers' scopes, `vintage` the scheme of the code."""

    pcode: str
    name: str
    level: str
    parent: str | None
    parent_2023: str | None
    alternates: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    valid_from: str | None
    valid_to: str | None
    vintage: str
    region: str | None


def fold_key(text: str) -> str:
    """Lower case, no accents, only the letters a-z and digits: the form in which names are compared."""
    lowered = text.casefold()
    if not lowered.isascii():
        parts = unicodedata.normalize("NFKD", lowered.translate(SPECIAL))
        lowered = parts.translate(SPECIAL)
    return NOT_IN_KEY.sub("", lowered)


class Gazetteer:
    """All places of one file, or of several put together, with the ways to look them up."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_code = {place.pcode.upper(): place for place in places}
        self._by_key: dict[str, list[Place]] = {}
        self._children: dict[str, list[Place]] = {}
        self._within: dict[str, frozenset[str]] = {}
        self.longest_words = 1
        for place in self._by_code.values():
            self._file_under_its_names(place)
            for parent in {place.parent, place.parent_2023}:
                if parent:
                    self._children.setdefault(parent.upper(), []).append(place)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, pcode: str) -> Place | None:
        """The place with this code, whatever the case of its letters."""
        return self._by_code.get(pcode.strip().upper())

    def exact(self, key: str) -> tuple[Place, ...]:
        """The places with this folded name or alternate name, the largest level first; a code finds its place too."""
        if found := self._by_key.get(key):
            return tuple(found)
        place = self._by_code.get(key.upper())
        return (place,) if place else ()

    def is_name(self, key: str) -> bool:
        """Whether some place has this folded name, alternate name or code."""
        return key in self._by_key or key.upper() in self._by_code

    def near(self, key: str, *, edits: int = 1) -> tuple[tuple[Place, int], ...]:
        """The places whose folded name is at most so many edits away, nearest first (0 is the name itself).

        Names and keys under five letters bear no edit, under eight letters only one.
        """
        nearest: dict[str, tuple[Place, int]] = {}
        for name, distance in self._spelling.near(key, edits):
            for place in self._by_key[name]:
                nearest.setdefault(place.pcode, (place, distance))
        return tuple(nearest.values())

    def is_within(self, place: Place, ancestor_pcode: str) -> bool:
        """Is the place this one, or does it lie in it, by the old or the 2023 division?"""
        within = self._within.get(place.pcode)
        if within is None:
            codes = (place.pcode, *(above.pcode for above in self.ancestors(place)))
            within = self._within[place.pcode] = frozenset(code.upper() for code in codes)
        return ancestor_pcode.upper() in within

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
        return tuple(self._children.get(pcode.upper(), ()))

    def regions(self) -> tuple[Place, ...]:
        """The regions that officers' scopes are given in, in the order of the file."""
        return tuple(place for place in self if place.level == "region" and place.region == place.pcode)

    def _file_under_its_names(self, place: Place) -> None:
        for name in (place.name, *place.alternates):
            words = len(name.replace("-", " ").replace("'", " ").split())
            self.longest_words = max(self.longest_words, words)
            named = self._by_key.setdefault(fold_key(name), [])
            if place not in named:
                named.append(place)
                named.sort(key=_rank)

    @cached_property
    def _spelling(self) -> DeleteIndex:
        return DeleteIndex(key for key in self._by_key if not COUNTED.fullmatch(key))


@cache
def load(path: Path | None = None) -> Gazetteer:
    """The gazetteer of this file, or the built-in one; each file is read once."""
    return Gazetteer(read(path or BUILT_IN))


def read(path: Path) -> Iterator[Place]:
    """The rows of a file of places, in its order; several files make one gazetteer: Gazetteer([*read(a), *read(b)])."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield _place(row)


def _place(row: dict[str, str]) -> Place:
    return Place(
        pcode=row["pcode"],
        name=row["name"],
        level=row["level"],
        parent=row["parent"] or None,
        parent_2023=row["parent_2023"] or None,
        alternates=tuple(row["alternates"].split(";")) if row["alternates"] else (),
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
        vintage=row["vintage"],
        region=row["region"] or None,
    )


def _rank(place: Place) -> int:
    return LEVELS.index(place.level)
