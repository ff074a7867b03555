"""Places in words, for pages and records: the gazetteer's name, or the reporter's own words for one it lacks."""

from gateway.records.alert import Alert
from parsers.codebook import gazetteer

Place = gazetteer.Place


def name(pcode: str | None) -> str:
    """The place with the larger ones around it, or the code itself when the gazetteer does not have it."""
    if not pcode:
        return ""
    place = gazetteer.load().get(pcode)
    if place is None:
        return pcode
    above = [each.name for each in gazetteer.load().ancestors(place) if each.vintage == place.vintage]
    return ", ".join(dict.fromkeys([place.name, *above]))


def region_of(pcode: str | None) -> str | None:
    """The region of the officers' scopes that a place lies in."""
    place = gazetteer.load().get(pcode) if pcode else None
    return place.region if place else None


def find(typed: str) -> tuple[Place, ...]:
    """The places that an officer may mean by a code, a name, or a name and the larger place behind a comma."""
    parts = [part for part in typed.split(",") if part.strip()]
    if not parts:
        return ()
    book = gazetteer.load()
    found = book.exact(gazetteer.fold_key(parts[0])) or book.exact(parts[0].strip())
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
    return {place.pcode: place.name for place in gazetteer.load().regions()}
