"""Second look at unread words: one edit away from exactly one word of the codebook or one place."""

from typing import Final

from parsers import labels
from parsers.assignment import Assigned
from parsers.codebook.gazetteer import Place, fold_key
from parsers.codebook.spelling import ONE_EDIT_FROM, distance
from parsers.fields.places import keys
from parsers.fields.villages import Mention, are_beside
from parsers.leftovers import covered, last_read
from parsers.reading import Flag, Reading, Scene
from parsers.worth import NOISE

MOST_TRIED: Final = 24
HOLDERS: Final = ("cercle", "commune")  # small enough that what is nearly a name in them is that name
MOST_OFFERED: Final = 8
QUIET_TABLES: Final = frozenset(("small", "greetings", "thanks"))


def correct(scene: Scene, assigned: Assigned) -> bool:
    """Corrects what can be corrected without doubt; tells whether a second reading is worth it."""
    readings = assigned.readings
    if not assigned.unread and not [each for each in readings if each.labelled and each.value is None]:
        return False
    unread = _unread_words(scene, readings)
    if not unread:
        return False
    places = _places(scene, readings, unread)
    words = {at: word for at in unread[:MOST_TRIED] if (word := _word(scene, at))}
    in_places = {at for each in places for at in range(each.first, each.last)}
    polite = {at for at in words if at in in_places and _is_polite(scene, words[at])}
    doubtful = in_places.intersection(words) - polite
    for at, word in words.items():
        if at not in in_places:
            scene.correct(at, word)
    scene.extra += [each for each in places if not doubtful.intersection(range(each.first, each.last))]
    return bool(scene.corrected or scene.extra)


def _unread_words(scene: Scene, readings: list[Reading]) -> list[int]:
    """The words worth correcting: long enough, no ordinary ones, not in the middle of a story at the end."""
    as_text = [each for each in readings if each.labelled and each.value is None]
    used = covered([each for each in readings if each not in as_text], noise=True)
    closing = last_read(scene, readings)
    words = [at for at in range(scene.start, scene.end) if at not in used and scene.kinds[at] == "w"]
    tail = [at for at in words if at >= closing]
    story = set(tail) if len(tail) > 1 and not _is_one_name(scene, tail) else set()
    return [at for at in words if at not in story and is_correctable(scene, at)]


def _is_one_name(scene: Scene, tail: list[int]) -> bool:
    """Whether all the words at the end are together one misspelt place."""
    return tail[-1] - tail[0] < scene.book.places.longest_words and any(
        last == tail[-1] + 1 and _near(scene, key) for last, key in keys(scene, tail[0])
    )


def is_correctable(scene: Scene, at: int) -> bool:
    """Whether a word is long and odd enough to be a misspelt one."""
    word = scene.words[at]
    if word in scene.book.ordinary or len(word) < ONE_EDIT_FROM - 1:
        return False
    glued_number = at + 1 < scene.end and scene.glued[at + 1] and scene.kinds[at + 1] == "n"
    return not (glued_number and word[-1] in "oil")


def _word(scene: Scene, at: int) -> str | None:
    """The one word of the codebook that a word is nearest to, all candidates meaning the same."""
    near = [word for word, edits in scene.form.spelling.near(scene.words[at]) if edits == 1]
    near = [word for word in near if not _is_polite(scene, word) or not scene.book.places.exact(word)]
    near = [word for word in near if scene.says_anything(word)] or near
    meanings = {frozenset(scene.form.phrases.words.get(word, ())) for word in near}
    if len(meanings) > 1:
        meanings = _shared(meanings)
    return near[0] if len(meanings) == 1 else None


def _is_polite(scene: Scene, word: str) -> bool:
    """Whether a word gives no value by itself: then a place goes before it."""
    step = scene.form.phrases.root.steps.get(word)
    return step is None or all(meaning.table in QUIET_TABLES for meaning in step.meanings)


def _shared(meanings: set[frozenset[tuple[str, str]]]) -> set[frozenset[tuple[str, str]]]:
    """Forms of one word may be used in more or fewer phrases: they mean the same when all share one table and value."""
    common = frozenset.intersection(*meanings)
    return {common} if common else meanings


def _places(scene: Scene, readings: list[Reading], unread: list[int]) -> list[Reading]:
    """Places one edit away from words around the unread ones, unless a place was named well elsewhere."""
    if "place" not in scene.form.by_name:
        return []
    named = [each for each in readings if each.field == "place" and each.value is not None]
    found: dict[tuple[int, int], Reading] = {}
    for at in unread[:MOST_TRIED]:
        for first in range(max(scene.start, at - scene.book.places.longest_words), at + 1):
            for reading in _windows(scene, first, at, named):
                if _is_free(readings, reading):
                    found[reading.first, reading.last] = reading
    return list(found.values())


def _windows(scene: Scene, first: int, at: int, named: list[Reading]) -> list[Reading]:
    """The corrected places that begin at `first` and hold the atom `at`, beside those that were named well."""
    readings = []
    for last, key in keys(scene, first):
        if last <= at:
            continue
        typed = " ".join(scene.words[first:last])
        reading = Reading("place", None, first, last, flags=(Flag("corrected_place", "note", typed),))
        apart = [each for each in named if not _touches(each, reading)]
        places = _within_one_beside(scene, key, reading, apart) if apart else _near(scene, key)
        if places:
            readings.append(reading.valued(Mention(places)))
    return readings


def _near(scene: Scene, key: str) -> tuple[Place, ...]:
    """The places one edit from a key, when they all have one name in common."""
    places = _all_near(scene, key)
    meant = [_names_near(place, key) for place in places]
    return places if meant and frozenset.intersection(*meant) else ()


def _all_near(scene: Scene, key: str) -> tuple[Place, ...]:
    if len(key) < ONE_EDIT_FROM or scene.book.places.exact(key) or key in scene.book.place_first_words:
        return ()
    return tuple(place for place, edits in scene.book.places.near(key) if edits == 1)


def _within_one_beside(scene: Scene, key: str, reading: Reading, named: list[Reading]) -> tuple[Place, ...]:
    """`Tassigaa, Ansongo`: of the places one edit away, the one in the cercle or commune that is said beside it."""
    if len(named) > 1 or not are_beside(scene, named[0], reading) or not isinstance(named[0].value, Mention):
        return ()
    around = [place for place in named[0].value.places if place.level in HOLDERS]
    inside = scene.book.places.is_within
    places = tuple(
        place for place in _all_near(scene, key) if place not in around and any(inside(place, a.pcode) for a in around)
    )
    return places if len(places) == 1 else ()


def _names_near(place: Place, key: str) -> frozenset[str]:
    """The names of a place that are one edit from a key: places that share one are the same candidate."""
    names = (fold_key(name) for name in (place.name, *place.alternates))
    return frozenset(name for name in names if distance(name, key, 1) <= 1)


def _touches(named: Reading, corrected: Reading) -> bool:
    """Whether the corrected name holds the name that was read: `Bourem Inly` is more than Bourem."""
    return corrected.first <= named.first and named.last <= corrected.last


def _is_free(readings: list[Reading], corrected: Reading) -> bool:
    """Whether no other value was read in the words of the corrected place."""
    return not any(
        each.first < corrected.last
        and corrected.first < each.last
        and each.field not in ("place", NOISE)
        and each.value is not None
        for each in readings
    )


def offered(scene: Scene, unread: list[int]) -> str:
    """A place two edits away from an unread word: named to the officer, never taken."""
    for at in unread[:MOST_OFFERED]:
        if scene.kinds[at] == "w" and is_correctable(scene, at) and not labels.label_at(scene, at):
            near = scene.book.places.near(scene.words[at], edits=2)
            if near:
                return near[0][0].pcode
    return ""
