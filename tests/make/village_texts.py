"""Texts that name villages the way people do, with what each must give: a code, or None when a person must look."""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from parsers.codebook.gazetteer import Gazetteer, Place, fold_key
from parsers.codebook.spelling import distance

LETTERS = "abcdefghijklmnoprstuwyz"
OTHER_NUMBERS = ("4", "7", "IV", "VI")


class VillageText(NamedTuple):
    """One text; `right` is the code it means, None where only a person can tell."""

    way: str
    text: str
    right: str | None
    area: str | None = None


def texts(places: Gazetteer, seed: int, each: int) -> Iterator[VillageText]:
    """So many texts of each way to name a village."""
    random = Random(seed)
    villages = [place for place in places if place.level == "village"]
    for way, make in WAYS.items():
        made = 0
        while made < each:
            found = make(places, random.choice(villages), random)
            if found:
                yield VillageText(way, _report(found[0], random), *found[1:])
                made += 1


def misspelt(name: str, random: Random) -> str:
    """One letter added, dropped or changed, or two swapped."""
    at = random.randrange(1, len(name) - 1)
    letter = random.choice(LETTERS)
    return random.choice(
        [
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def _report(place: str, random: Random) -> str:
    shapes = (
        "ENF REC 3G {} 14/11 CMA VU",
        "ENF TUE 2G1F {} 12/11 JNIM FAM",
        "enf ble 1f {} hier dozo vu",
        "ENF ENL 14/11 {} 2F HANI DIT",
        "inc VS 1F 14 ans {} 13/11 source: VIC",
        "ENF REC 3G {} 14/11 CMA VU // les parents attendent",
    )
    return random.choice(shapes).format(place)


def _above(places: Gazetteer, village: Place, level: str) -> str:
    return next((above.name for above in places.ancestors(village) if above.level == level), "")


def _alone(places: Gazetteer, village: Place) -> bool:
    return len(places.exact(fold_key(village.name))) == 1


def _namesakes_within(places: Gazetteer, village: Place, name: str) -> list[Place]:
    around = places.exact(fold_key(name))
    named = places.exact(fold_key(village.name))
    return [each for each in named if any(places.is_within(each, above.pcode) for above in around)]


Made = tuple[str, str | None] | tuple[str, str | None, str | None] | None
Maker = Callable[[Gazetteer, Place, Random], Made]


def _bare(places: Gazetteer, village: Place, random: Random) -> Made:
    return (village.name, village.pcode) if _alone(places, village) else None


def _other_spelling(places: Gazetteer, village: Place, random: Random) -> Made:
    if not _alone(places, village) or village.name.replace("-", "").isalpha() is False:
        return None
    spelt = random.choice([village.name.upper(), village.name.lower(), village.name.replace("-", " ")])
    return random.choice([spelt, spelt.replace("é", "e")]), village.pcode


def _labelled(places: Gazetteer, village: Place, random: Random) -> Made:
    if not _alone(places, village):
        return None
    return random.choice(["4={}", "lieu: {}", "village de {}", "village {}", "a {}"]).format(
        village.name
    ), village.pcode


def _shared(places: Gazetteer, village: Place, random: Random) -> Made:
    named = places.exact(fold_key(village.name))
    is_shared = len(named) > 1 and all(each.level == "village" for each in named)
    return (village.name, None) if is_shared else None


def _with_parent(places: Gazetteer, village: Place, random: Random) -> Made:
    level = random.choice(["cercle", "commune", "region"])
    parent = _above(places, village, level)
    if not parent or fold_key(parent) == fold_key(village.name):
        return None
    named = _namesakes_within(places, village, parent)
    if any(each.is_unit for each in places.exact(fold_key(village.name))) or len(named) != 1:
        return None
    shape = random.choice(["{v}, {p}", "{p}/{v}", "{v} ({p})", "{v} {p}", "village de {v} {l} de {p}"])
    return shape.format(v=village.name, p=parent, l=level), village.pcode


def _with_area(places: Gazetteer, village: Place, random: Random) -> Made:
    named = places.exact(fold_key(village.name))
    inside = [each for each in named if places.is_within(each, village.region or "")]
    if len(named) == 1 or len(inside) != 1 or any(each.is_unit for each in named):
        return None
    return village.name, village.pcode, village.region


def _misspelt(places: Gazetteer, village: Place, random: Random) -> Made:
    if len(village.name) < 5 or any(each.is_unit for each in places.exact(fold_key(village.name))):
        return None
    name = misspelt(village.name, random)
    return None if places.units_near(fold_key(name)) else (name, village.pcode)


def _misspelt_with_parent(places: Gazetteer, village: Place, random: Random) -> Made:
    parent = _above(places, village, "cercle")
    if len(village.name) < 5 or fold_key(parent) == fold_key(village.name):
        return None
    shape = random.choice(["{v}, {p}", "{p}/{v}", "village de {v} cercle de {p}"])
    return shape.format(v=misspelt(village.name, random), p=parent), village.pcode


def _misspelt_unit(places: Gazetteer, village: Place, random: Random) -> Made:
    unit = next(above for above in places.ancestors(village) if above.level == "commune")
    named = places.exact(fold_key(unit.name))
    if len(unit.name) < 5 or named[0].pcode != unit.pcode or sum(each.is_unit for each in named) > 1:
        return None
    return misspelt(unit.name, random), unit.pcode


def _unlisted(places: Gazetteer, village: Place, random: Random) -> Made:
    """A hamlet that no list has, with a name like those of others."""
    name = misspelt(misspelt(village.name, random), random) if len(village.name) > 5 else ""
    key = fold_key(name)
    if not key or distance(key, fold_key(village.name), 2) < 2 or places.exact(key) or places.units_near(key):
        return None
    parent = random.choice(["", "", _above(places, village, "cercle")])
    return f"{name}, {parent}" if parent else name, None


def _unit_of_that_name(places: Gazetteer, village: Place, random: Random) -> Made:
    named = places.exact(fold_key(village.name))
    units = [each for each in named if each.is_unit]
    return (village.name, units[0].pcode) if len(units) == 1 else None


def _numbered(places: Gazetteer, village: Place, random: Random) -> Made:
    stem, _, number = village.name.rpartition(" ")
    if not _alone(places, village) or number not in ("I", "II", "III", "1", "2"):
        return None
    same = {"I": "1", "II": "2", "III": "3", "1": "I", "2": "II"}
    return f"{stem} {random.choice([number, same[number]])}", village.pcode


def _another_number(places: Gazetteer, village: Place, random: Random) -> Made:
    stem, _, number = village.name.rpartition(" ")
    if number not in ("I", "II", "III", "1", "2"):
        return None
    name = f"{stem} {random.choice(OTHER_NUMBERS)}"
    return None if places.exact(fold_key(name)) else (name, None)


WAYS: dict[str, Maker] = {
    "alone": _bare,
    "other spelling": _other_spelling,
    "labelled": _labelled,
    "a name of several": _shared,
    "with its parent": _with_parent,
    "in the reporter's area": _with_area,
    "misspelt": _misspelt,
    "misspelt, with its parent": _misspelt_with_parent,
    "a commune, misspelt": _misspelt_unit,
    "in no list": _unlisted,
    "also a unit's name": _unit_of_that_name,
    "numbered": _numbered,
    "another number": _another_number,
}
