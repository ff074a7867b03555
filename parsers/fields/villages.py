"""Villages are many, and their names near to one another: one that is only named in passing is asked for."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from parsers.codebook.gazetteer import LEVELS, Place
from parsers.codebook.spelling import TWO_EDITS_FROM
from parsers.reading import Flag, Reading, Scene

PASSED_OVER: Final = frozenset(("small", "place_word", "near"))
SHORTEST_ALONE: Final = 5  # letters: shorter names are too near to codes, to first names and to everything


@dataclass(init=False, slots=True, unsafe_hash=True)
class Mention:
    """The places that a name may stand for."""

    places: tuple[Place, ...]
    level: str | None
    near: bool
    is_path: bool

    def __init__(
        self, places: tuple[Place, ...], level: str | None = None, *, near: bool = False, is_path: bool = False
    ) -> None:
        self.places = places
        self.level = level
        self.near = near
        self.is_path = is_path


class Named(NamedTuple):
    """A reading of a place, and what it mentions."""

    reading: Reading
    mention: Mention


def doubt(scene: Scene, chosen: Place, named: list[Named]) -> Flag | None:
    """Why a person must look at a village, if so.

    1. A larger place right beside it, a path, or the reporter's own area confirm it.
    2. A corrected name without any of these may be that of a hamlet that no list has.
    3. A bare name may be a misspelt commune or code, or the word of a story.
    """
    if chosen.level != LEVELS[-1]:  # units and towns are few, and known
        return None
    naming = [each for each in named if chosen in each.mention.places]
    around = [each for each in named if chosen not in each.mention.places]
    key = min((_key(scene, each.reading) for each in naming), key=len)
    corrected = any(flag.code == "corrected_place" for each in naming for flag in each.reading.flags)
    if _is_beside_a_larger_one(scene, naming, around):
        return None
    if scene.area and scene.book.places.is_within(chosen, scene.area) and (not corrected or len(key) >= TWO_EDITS_FROM):
        return None
    if corrected:
        return _ambiguous(chosen, ())
    if any(each.mention.level for each in naming):
        return None
    others = _others(scene, key, naming, around)
    return _ambiguous(chosen, others) if others or _is_too_near(scene, key, naming) else None


def _ambiguous(chosen: Place, others: tuple[Place, ...]) -> Flag:
    codes = dict.fromkeys([chosen.pcode, *(place.pcode for place in others)])
    return Flag("ambiguous_place", detail=" ".join(codes))


def _is_beside_a_larger_one(scene: Scene, naming: list[Named], around: list[Named]) -> bool:
    if any(each.mention.is_path for each in naming):
        return True
    return any(are_beside(scene, name.reading, larger.reading) for name in naming for larger in around)


def are_beside(scene: Scene, left: Reading, right: Reading) -> bool:
    """Whether nothing but signs and small words stands between two readings."""
    first, last = sorted((left, right), key=lambda reading: reading.first)
    return all(scene.kinds[at] == "s" or scene.says(at, PASSED_OVER) for at in range(first.last, last.first))


def _others(scene: Scene, key: str, naming: list[Named], around: list[Named]) -> tuple[Place, ...]:
    """The places that may be meant instead: a larger one named elsewhere in the text, or units of nearly this name."""
    if around and not any(each.reading.labelled for each in naming):
        return tuple(place for each in around for place in each.mention.places)
    return scene.book.places.units_near(key)


def _is_too_near(scene: Scene, key: str, naming: list[Named]) -> bool:
    """Whether a name that no label announces is so short, or so near to a code, that it may be anything."""
    if any(each.reading.labelled for each in naming):
        return False
    return len(key) < SHORTEST_ALONE or bool(scene.form.near_codes(key))


def _key(scene: Scene, reading: Reading) -> str:
    return "".join(scene.words[at] for at in range(reading.first, reading.last) if scene.kinds[at] != "s")
