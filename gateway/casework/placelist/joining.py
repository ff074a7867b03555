"""Joins the places of a list to those that are known: codes meet, parents are looked for, nothing is guessed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.casework.placelist.entries import Entry, Trouble
from parsers.codebook.gazetteer import LEVELS, Place, fold_key
from parsers.codebook.place import SETTLEMENTS
from parsers.codebook.spelling import distance

OWN = ("own", "geonames")  # identifiers of ours, for places that no list gave a code
ALIKE, LETTERS_AN_EDIT = 2, 4  # edits between two spellings of one name: one in four letters, two in eight


@dataclass
class Joined:
    """The places after an import, what became of each line, and what stands in the way."""

    places: dict[str, Place]
    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    troubles: list[Trouble] = field(default_factory=list)


def join(known: Iterable[Place], entries: Iterable[Entry]) -> Joined:
    """The known places with those of the entries, larger units first so that a list may bring its own parents."""
    desk = _Desk({place.pcode.upper(): place for place in known})
    for entry in sorted(entries, key=lambda entry: LEVELS.index(entry.level)):
        trouble = desk.take(entry)
        if trouble:
            desk.joined.troubles.append(trouble)
    return desk.joined


class _Desk:
    """The places as joined so far, by name too."""

    def __init__(self, places: dict[str, Place]) -> None:
        self.joined = Joined(places)
        self._before = dict(places)
        self._named: dict[tuple[str, str], list[str]] = {}
        self._seen: dict[str, Entry] = {}
        for code, place in places.items():
            self._file(code, place)

    def take(self, entry: Entry) -> Trouble | None:
        """Joins one entry, or says why it cannot be."""
        if entry.is_in_passing and (known := self._known_by_name(entry)):
            if any(self._fits(place, entry.around) for place in known):
                return None
            return entry.trouble("parent", f"the {entry.level} {entry.name} is known, but not in {entry.around[0][2]}")
        parent, trouble = self._parent(entry)
        if trouble:
            return trouble
        division = self.joined.places.get(entry.parent_2023)
        if entry.parent_2023 and division is None:
            return entry.trouble("parent_2023", f"there is no place with the code {entry.parent_2023}")
        code = entry.code or self._code_of(entry, parent)
        code = self._same_place(entry, parent, code)
        old = self.joined.places.get(code)
        trouble = self._clash(entry, code, old)
        if trouble:
            return trouble
        if code not in self._seen or not entry.is_in_passing:
            self._seen[code] = entry
        above = self.joined.places.get(parent.upper()) if parent else None
        place = _merged(old, entry, above) if old else _new(entry, code, above)
        if division and not place.parent_2023:
            place = place._replace(parent_2023=division.pcode)
        self._put(code, place)
        return None

    def _put(self, code: str, place: Place) -> None:
        before = self._before.get(code)
        if before is None:
            self.joined.added.add(code)
        elif before != place:
            self.joined.changed.add(code)
        self.joined.places[code] = place
        self._file(code, place)

    def _file(self, code: str, place: Place) -> None:
        for name in place.names:
            codes = self._named.setdefault((place.level, fold_key(name)), [])
            if code not in codes:
                codes.append(code)

    def _known_by_name(self, entry: Entry) -> list[Place]:
        """The places a line may mean that only mentions a larger unit: its code may be of another year."""
        by_code = self.joined.places.get(entry.code)
        if by_code and by_code.level == entry.level and _is_called(by_code, entry.name):
            return [by_code]
        return [self.joined.places[code] for code in self._named.get((entry.level, fold_key(entry.name)), ())]

    def _fits(self, place: Place, around: tuple[tuple[str, str, str], ...]) -> bool:
        """Whether a place lies where it is said to, as far as that is said."""
        code, name = around[0][1:] if around else ("", "")
        if code and code in [each.upper() for each in (place.parent, place.parent_2023) if each]:
            return True
        return not name or self._lies_in(place, fold_key(name))

    # ---- where it lies

    def _parent(self, entry: Entry) -> tuple[str, Trouble | None]:
        """The code of the place it lies in; empty for a region, and where the list does not say and it is known."""
        if entry.level == LEVELS[0]:
            return "", None
        code, name = entry.parent, ""
        if not code and entry.around:
            _, code, name = entry.around[0]
        found = self.joined.places.get(code) if code else None
        if found and (not name or _is_called(found, name)):
            if LEVELS.index(found.level) >= LEVELS.index(entry.level):
                return "", entry.trouble("parent", f"{found.name} ({found.level}) cannot hold a {entry.level}")
            return found.pcode, None
        if found and found.vintage == entry.vintage:
            return "", entry.trouble("parent", f"{code} is {found.name} here and {name} in the file")
        return self._parent_by_name(entry, code, name)

    def _parent_by_name(self, entry: Entry, code: str, name: str) -> tuple[str, Trouble | None]:
        if not name:
            if entry.code in self.joined.places and not code:
                return "", None
            reason = f"there is no place with the code {code}" if code else "the place it lies in is missing"
            return "", entry.trouble("parent", f"{reason}; import the larger units first")
        level = entry.around[0][0]
        found = [self.joined.places[each] for each in self._named.get((level, fold_key(name)), ())]
        found = [place for place in found if self._fits(place, entry.around[1:])]
        for _, _, larger in entry.around[2:]:
            if larger and len(found) > 1:
                found = [place for place in found if self._lies_in(place, fold_key(larger))]
        if len(found) == 1:
            return found[0].pcode, None
        reason = f"there is {'more than one' if found else 'no'} {level} called {name}"
        where = entry.around[1][2] if len(entry.around) > 1 else ""
        return "", entry.trouble("parent_name", f"{reason} in {where}" if where else reason)

    def _lies_in(self, place: Place, key: str) -> bool:
        for code in filter(None, (place.parent, place.parent_2023)):
            above = self.joined.places.get(code.upper())
            if above and (key in map(fold_key, above.names) or self._lies_in(above, key)):
                return True
        return False

    # ---- which place it is

    def _code_of(self, entry: Entry, parent: str) -> str:
        """The code of a place without one: an identifier of ours, the same whenever the list is imported."""
        named = self._children_named(entry, parent)
        return named[0] if len(named) == 1 else f"X-{parent}-{fold_key(entry.name)}".upper()

    def _same_place(self, entry: Entry, parent: str, code: str) -> str:
        """A place that we had to name ourselves, and that a list now gives a code, keeps the code it is known by."""
        if code in self.joined.places or entry.level not in SETTLEMENTS:
            return code
        ours = [each for each in self._children_named(entry, parent) if self.joined.places[each].vintage in OWN]
        return ours[0] if len(ours) == 1 and ours[0] not in self._seen else code

    def _children_named(self, entry: Entry, parent: str) -> list[str]:
        levels = SETTLEMENTS if entry.level in SETTLEMENTS else (entry.level,)
        codes = (code for level in levels for code in self._named.get((level, fold_key(entry.name)), ()))
        return [code for code in codes if not parent or self.joined.places[code].parent == parent]

    def _clash(self, entry: Entry, code: str, old: Place | None) -> Trouble | None:
        """What keeps an entry from being the place that its code stands for."""
        before = self._seen.get(code)
        if before and not entry.is_in_passing and not before.is_in_passing:
            return entry.trouble("code" if entry.code else "name", f"stands in line {before.line.number} too")
        if not old:
            if not entry.vintage and entry.code:
                return entry.trouble("vintage", "the year of the codes is not said; give it with --vintage, like 2015")
            return None
        if old.level != entry.level and not (old.level in SETTLEMENTS and entry.level in SETTLEMENTS):
            return entry.trouble("code", f"{code} is a {old.level} here ({old.name}), a {entry.level} in the file")
        if not _is_called(old, entry.name) and entry.vintage != old.vintage:
            return entry.trouble(
                "code", f"{code} is {old.name} here (codes of {old.vintage}), {entry.name} in the file"
            )
        return None


def _new(entry: Entry, code: str, above: Place | None) -> Place:
    latitude, longitude = entry.point or (None, None)
    return Place(
        pcode=code,
        name=entry.name,
        level=entry.level,
        parent=above.pcode if above else None,
        parent_2023=None,
        alternates=entry.alternates,
        latitude=latitude,
        longitude=longitude,
        valid_from=entry.valid_from or None,
        valid_to=entry.valid_to or None,
        vintage=entry.vintage if entry.code else OWN[0],
        region=above.region if above else code,
    )


def _merged(old: Place, entry: Entry, above: Place | None) -> Place:
    """The list's word for what it says; the spelling that is known stays, and so does the year of the code."""
    name = old.name if _is_called(old, entry.name) else entry.name
    alternates: dict[str, str] = {}
    for each in (*old.alternates, old.name, entry.name, *entry.alternates):
        alternates.setdefault(fold_key(each), each)
    alternates.pop(fold_key(name), None)
    latitude, longitude = entry.point or (old.latitude, old.longitude)
    merged = old._replace(
        name=name,
        alternates=tuple(alternates.values()),
        latitude=latitude,
        longitude=longitude,
        valid_from=entry.valid_from or old.valid_from,
        valid_to=entry.valid_to or old.valid_to,
    )
    if above is None or above.pcode in (old.parent, old.parent_2023):
        return merged
    return merged._replace(parent=above.pcode, region=above.region)


def _is_called(place: Place, name: str) -> bool:
    """Whether a name is one of a place's, or as good as one."""
    key = fold_key(name)
    bearable = min(ALIKE, len(key) // LETTERS_AN_EDIT)
    return any(distance(fold_key(each), key, bearable) <= bearable for each in place.names)
