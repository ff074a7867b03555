"""Places in words, for pages and records: the gazetteer's name, or the reporter's own words for one it lacks."""

import re

from gateway import codebook
from gateway.records.alert import Alert
from parsers.codebook import gazetteer

Place = gazetteer.Place
AROUND = 2  # a commune and its cercle tell villages of one name apart
_PARTS = re.compile(r"[,()]")


def name(pcode: str | None) -> str:
    """The place with the larger ones around it, `Sévaré (Mopti)`; the code itself when the gazetteer lacks it."""
    place = codebook.places().get(pcode) if pcode else None
    if place is None:
        return pcode or ""
    around = [each for each in _around(place) if gazetteer.fold_key(each) != gazetteer.fold_key(place.name)]
    return f"{place.name} ({', '.join(around[:AROUND])})" if around else place.name


def level_to_tell(pcode: str | None) -> str:
    """The level of a place that lies in one of its own name, as the commune of Gao does; otherwise the name will do."""
    place = codebook.places().get(pcode) if pcode else None
    if place is None:
        return ""
    above = codebook.places().ancestors(place)
    keys = {gazetteer.fold_key(each.name) for each in above if each.is_unit}
    return place.level if gazetteer.fold_key(place.name) in keys else ""


def _around(place: Place) -> list[str]:
    """The names of the places it lies in, each once, the smallest first; by the old division, which all have."""
    found: list[str] = []
    above = codebook.places().get(place.parent or "")
    while above:
        found.append(above.name)
        above = codebook.places().get(above.parent or "")
    return list(dict.fromkeys(found))


def region_of(pcode: str | None) -> str | None:
    """The region of the officers' scopes that a place lies in."""
    place = codebook.places().get(pcode) if pcode else None
    return place.region if place else None


def find(typed: str) -> tuple[Place, ...]:
    """The places an officer may mean: a code, a name, or a name with larger places behind a comma or in brackets."""
    parts = [part.strip() for part in _PARTS.split(typed) if part.strip()]
    if not parts:
        return ()
    book = codebook.places()
    found = book.exact(gazetteer.fold_key(parts[0])) or book.exact(parts[0])
    for larger in parts[1:]:
        around = book.exact(gazetteer.fold_key(larger))
        found = tuple(each for each in found if any(book.is_within(each, place.pcode) for place in around))
    return found


def words(alert: Alert) -> str | None:
    """The reporter's own words for the place, when they are not a place of the gazetteer."""
    parsed = alert.parsed or {}
    text = parsed.get("text") or ""
    named = [p for p in parsed.get("problems") or () if p["code"] == "unknown_place"]
    return " ".join(text[p["start"] : p["end"]] for p in named).strip() or None


def regions() -> dict[str, str]:
    """The regions of the officers' scopes: code and name."""
    return {place.pcode: place.name for place in codebook.places().regions()}
