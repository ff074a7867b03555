"""Places: by code, by name, by a path that narrows (Gao/Ansongo/Bara, Bara (Ansongo), Bara cercle d'Ansongo)."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from parsers.codebook.gazetteer import LEVELS, Gazetteer, Place
from parsers.fields.villages import Mention, Named, doubt
from parsers.reading import CONNECTORS, Flag, Followers, Reading, Scene

FIELD: Final = "place"
SMALL: Final = frozenset(("a", "au", "de", "d", "le", "la", "l", "les", "du", "of", "the"))
PATH_SIGNS: Final = "/("
SHORT: Final = 3
OPENS: Final = frozenset(("near", "place_word"))
LONGEST_PATH: Final = len(LEVELS)
FOLLOWERS: Final[Followers] = Followers(frozenset(("distance", "hour")))
HOUR: Final = frozenset(("hour",))
WORDS_OVER: Final = 1
NUMBER_DIGITS: Final = 2

Names = list[tuple[int, tuple[Place, ...]]]


def offer(scene: Scene, at: int, *, labelled: bool = False) -> list[Reading]:
    """The places that begin at an atom by name, by code or by a path; under a label also those said in more words."""
    if scene.kinds[at] != "w":
        return offer_far(scene, at)
    readings = _coded(scene, at) if scene.numbers[at + 1] is not None else []
    if labelled:
        readings += offer_worded(scene, at)
    found = names(scene, at)
    if not found:
        return readings
    for last, places in found:
        if labelled or not is_common(scene, at, last):
            readings.append(Reading(FIELD, Mention(places), at, last, bonus=-2))
    path = _path(scene, at, found) if scene.words[found[-1][0]] in PATH_SIGNS else None
    return [*readings, path] if path else readings


def may_begin(scene: Scene, at: int) -> bool:
    """Whether a word that some name begins with can go on as that name here, or is one, or a code."""
    word, after = scene.words[at], at + 1
    if scene.kinds[after] == "w":
        return scene.book.places.is_name(word) or word + scene.words[after] in scene.book.place_beginnings
    return scene.words[after] in CONNECTORS or scene.numbers[after] is not None or scene.book.places.is_name(word)


def offer_worded(scene: Scene, at: int) -> list[Reading]:
    """`commune de Gao`, `vers Ber`: with a word that says the level, or that it is only near."""
    return [*_near(scene, at), *_with_level(scene, at)]


def names(scene: Scene, at: int) -> Names:
    """The exact names that begin at an atom, each with the atom after it."""
    found: Names = []
    beginnings = scene.book.place_beginnings
    if at >= scene.end or scene.words[at] not in beginnings:
        return found
    after = at + 1
    if after >= scene.end or (
        scene.kinds[after] != "w" and scene.words[after] not in CONNECTORS and not _is_number_of_name(scene, after)
    ):
        places = scene.book.places.exact(scene.words[at])
        return [(after, places)] if places else found
    for last, key in keys(scene, at):
        if key not in beginnings:
            break
        places = scene.book.places.exact(key)
        if places and (last == at + 1 or not _is_speech(scene, at, last)):
            found.append((last, places))
    return found


def keys(scene: Scene, at: int) -> Iterator[tuple[int, str]]:
    """The words from an atom on run together, as names are compared."""
    key, here, words = "", at, 0
    longest = scene.book.places.longest_words + WORDS_OVER
    while here < scene.end and words < longest:
        if words and _is_number_of_name(scene, here):
            yield here + 1, key + scene.words[here].lstrip("0")
        if scene.kinds[here] != "w" or (words and scene.new_line[here]):
            return
        key += scene.words[here]
        words += 1
        yield here + 1, key
        here = scene.over_connectors(here + 1)


def _is_speech(scene: Scene, at: int, last: int) -> bool:
    """Whether all the words of a name are ordinary ones: `de la` is also a village."""
    return all(word in SMALL or word in scene.book.ordinary for word in scene.words[at:last])


def _is_number_of_name(scene: Scene, at: int) -> bool:
    """`Commune 5`, `Daba 2`: one or two digits alone, which are no day, no label and no count with its letter."""
    if scene.kinds[at] != "n" or len(scene.words[at]) > NUMBER_DIGITS or scene.new_line[at] or scene.loose_labels:
        return False
    after = at + 1
    if scene.words[after] in "=:":
        return False
    ends = after >= scene.end or not scene.glued[after]
    return ends or (scene.words[after] in "/,;)" and scene.numbers[after + 1] is None)


def is_common(scene: Scene, at: int, last: int) -> bool:
    """Whether one word is first a word of the codebook or of any story, and a place only when something says so."""
    if last != at + 1:
        return False
    word = scene.words[at]
    return word in scene.book.ordinary or len(word) < SHORT or word in scene.form.meaningful


def _coded(scene: Scene, at: int) -> list[Reading]:
    """ML0703: letters and digits with nothing between, the code of a place."""
    if not scene.glued[at + 1]:
        return []
    place = scene.book.places.get(scene.words[at] + scene.words[at + 1])
    return [Reading(FIELD, Mention((place,)), at, at + 2, bonus=5)] if place else []


def _with_level(scene: Scene, at: int) -> list[Reading]:
    """`commune de Gao`, `cercle de San`: the word says which of the places of that name."""
    word = scene.hear(at, "place_word")
    if not word:
        return []
    here = scene.skip(word[0], SMALL)
    here += 1 if scene.words[here] == ":" else 0
    return [
        Reading(FIELD, Mention(_of_level(places, word[1]), word[1]), at, last, bonus=2)
        for last, places in names(scene, here)
    ]


def _of_level(places: tuple[Place, ...], level: str) -> tuple[Place, ...]:
    """The places of the level that was said; where a village is meant and none is known, the smallest of that name."""
    if level != "village":
        return tuple(place for place in places if place.level == level) or places
    small = max(LEVELS.index(place.level) for place in places)
    return tuple(place for place in places if LEVELS.index(place.level) >= min(small, LEVELS.index("town")))


def _near(scene: Scene, at: int) -> list[Reading]:
    """`vers Ber`, `route Gao-Ansongo`: the place named first, and only about there."""
    word = scene.hear(at, "near")
    return _around(scene, at, scene.skip(word[0], SMALL)) if word else []


def offer_far(scene: Scene, at: int) -> list[Reading]:
    """`5 km de Ber`, `1h de Ber`."""
    unit = scene.longest(at + 1, "distance", "hour")
    if not unit or (scene.says(at + 1, HOUR) and (unit[0] >= scene.end or scene.words[unit[0]] not in SMALL)):
        return []
    here = scene.skip(unit[0], SMALL)
    while (word := scene.hear(here, "near")) and word[0] > here:
        here = scene.skip(word[0], SMALL)
    return _around(scene, at, here)


def _around(scene: Scene, first: int, at: int) -> list[Reading]:
    found = names(scene, at)
    if not found:
        return []
    last, places = found[-1]
    here = last
    while here < scene.end:
        between = scene.words[here] in "-/" or scene.words[here] in ("a", "et", "to", "and", "vers")
        following = names(scene, here + between)
        if not following or (not between and is_common(scene, here, here + 1)):
            break
        last = here = following[-1][0]
    return [Reading(FIELD, Mention(places, near=True), first, last, bonus=3)]


def _path(scene: Scene, at: int, steps: Names) -> Reading | None:
    """`Gao/Ansongo/Bara` or `Bara (Ansongo)`: names in one another, even where a name alone is another word."""
    last, places = steps[-1]
    chain, here = [places], last
    while scene.words[here] in PATH_SIGNS and len(chain) < LONGEST_PATH:
        following = names(scene, here + 1)
        if not following:
            break
        here, inner = following[-1]
        narrowed = nested(scene, chain[-1], inner)
        if not narrowed:
            return None
        chain.append(narrowed)
        last = here
    if len(chain) == 1:
        return None
    last += 1 if scene.words[last] == ")" else 0
    return Reading(FIELD, Mention(chain[-1], is_path=True), at, last, bonus=4)


def nested(scene: Scene, left: tuple[Place, ...], right: tuple[Place, ...]) -> tuple[Place, ...]:
    """The deeper of two names when one lies in the other."""
    return _inside(scene, right, left) or _inside(scene, left, right)


def _inside(scene: Scene, places: tuple[Place, ...], around: tuple[Place, ...]) -> tuple[Place, ...]:
    codes = [place.pcode.upper() for place in around]
    above = scene.book.places.codes_above
    return tuple(place for place in places if not above(place).isdisjoint(codes))


def settle(scene: Scene, readings: list[Reading]) -> tuple[dict[str, object], list[Flag]]:
    """One place out of all that were named."""
    named = [Named(reading, reading.value) for reading in readings if isinstance(reading.value, Mention)]
    mentions = [each.mention for each in named]
    if not mentions:
        return {}, []
    is_near = True in [mention.near for mention in mentions]
    flags = [Flag("approximate_place")] if is_near else []
    labelled = {each.mention for each in named if each.reading.labelled}
    places, conflict = _meet(scene, mentions) if len(labelled) < 2 else ((), True)
    if conflict:
        return {}, [*flags, Flag("conflicting_place")]
    chosen, more = _choose(scene, places)
    flags += more
    if len(mentions) > 1 and len({mention.places for mention in mentions}) < len(mentions):
        flags.append(Flag("repeated_place", "note"))
    doubtful = doubt(scene, chosen, named) if chosen else None
    if chosen is None or doubtful:
        return {}, [*flags, doubtful] if doubtful else flags
    fields: dict[str, object] = {"place": {"pcode": chosen.pcode, "name": chosen.name, "level": chosen.level}}
    if is_near:
        fields["place_approximate"] = True
    return fields, flags


def _meet(scene: Scene, mentions: list[Mention]) -> tuple[tuple[Place, ...], bool]:
    """What several mentions have in common: the same place, or the deepest of places in one another."""
    places = mentions[0].places
    for mention in mentions[1:]:
        shared = tuple(place for place in places if place in mention.places)
        deeper = nested(scene, places, mention.places)
        if shared and (len(shared) == len(places) == len(mention.places) or not deeper):
            places = shared
        elif deeper:
            places = deeper
        else:
            return (), True
    return places, False


def _choose(scene: Scene, places: tuple[Place, ...]) -> tuple[Place | None, list[Flag]]:
    """The largest of nested namesakes; a town or village gives way; else the reporter's area; else a person."""
    tops = tops_of(scene.book.places, places) if len(places) > 1 else places
    if len(tops) == 1:
        return tops[0], []
    if scene.area:
        near = tuple(place for place in tops if scene.book.places.is_within(place, scene.area))
        if len(near) == 1:
            return near[0], [Flag("ambiguous_place", "note", scene.area)]
    return None, [Flag("ambiguous_place", detail=" ".join(place.pcode for place in tops))]


@lru_cache(maxsize=4096)
def tops_of(gazetteer: Gazetteer, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Namesakes without those that lie in another, and without villages beside a unit or their commune's town."""
    towns = {place.parent for place in places if place.level == "town"}
    units = tuple(place for place in places if place.is_unit)
    units = units or tuple(place for place in places if place.level == "town" or place.parent not in towns)
    if len(units) == 1:
        return units
    inside = gazetteer.is_within
    return tuple(
        place
        for place in units
        if not any(place.pcode != other.pcode and inside(place, other.pcode) for other in units)
    )
