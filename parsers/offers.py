"""All the readings that begin at an atom; what each word can begin is worked out once for each form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from parsers import labels
from parsers.codebook.book import Form
from parsers.codebook.phrases import Node
from parsers.fields import ages, choices, counts, dates, places, projects, times
from parsers.reading import ANY_NUMBER, Flag, Reading, Scene
from parsers.tokens import NUMBER, WORD
from parsers.worth import NOISE, worth

BARE_CODE: Final = 7
SEXES: Final = ("boys", "girls")  # without a number they are no noise: the number may be what went wrong
QUIET: Final = frozenset(("greetings", "thanks", "small", "unit", "place_word", "day_part", "age_word", "hour"))
BARE_READERS: Final = {
    "counts": counts.offer,
    "ages": ages.offer,
    "dates": dates.offer,
    "places": places.offer_far,
    "ratings": projects.offer_rating,
}
AFTER_NUMBER: Final = {
    "counts": counts.FOLLOWERS,
    "ages": ages.FOLLOWERS,
    "dates": dates.FOLLOWERS,
    "places": places.FOLLOWERS,
    "ratings": projects.FOLLOWERS,
}
LITTLE: Final = {"letter": tuple(counts.LETTERS), "from": tuple(dates.FROM), "before": tuple(times.BEFORE)}
Offer = Callable[[Scene, int], list[Reading]]


def with_labels(scene: Scene, at: int, readings: list[Reading]) -> list[Reading]:
    """These readings of an atom, and those under a label or from a corrected word that begin there."""
    if scene.asked or (scene.words[at] in scene.form.label_words and labels.may_stand(scene, at)):
        readings = [*labels.offer(scene, at, bare), *readings]
    return [*readings, *scene.extra_at(at)] if scene.extra else readings


def bare(scene: Scene, at: int) -> list[Reading]:
    """The readings that begin at an atom without a label."""
    kind = scene.kinds[at]
    return worded(scene, at) if kind == WORD else numbered(scene, at) if kind == NUMBER else signed(scene, at)


def signed(scene: Scene, at: int) -> list[Reading]:
    """The readings that begin with a minus."""
    below = scene.words[at] == "-" and "children" in scene.form.by_name
    return [*counts.offer(scene, at), *ages.offer(scene, at)] if below else []


def worded(scene: Scene, at: int) -> list[Reading]:
    """The readings that begin with a word."""
    word, form = scene.words[at], scene.form
    readings: list[Reading] = []
    entry = entries(form).get(word)
    if entry:
        for offer in entry.offers:
            readings += offer(scene, at)
        heard = scene.heard[at]
        if heard and heard[-1][0] > 1:
            for offer in entry.phrases:
                readings += offer(scene, at)
        else:
            after = at + 1
            readings += [Reading(name, value, at, after, flags=flags) for name, value, flags in entry.alone]
    if word in scene.book.place_beginnings and places.may_begin(scene, at) and "place" in form.by_name:
        readings += places.offer(scene, at)
    if len(word) <= projects.LETTERS and "project" in form.by_name:
        readings += projects.offer(scene, at)
    return readings


def numbered(scene: Scene, at: int) -> list[Reading]:
    """The readings that begin with a number."""
    form, after = scene.form, at + 1
    readings: list[Reading] = []
    if after < scene.end:
        follower = ANY_NUMBER if scene.kinds[after] == NUMBER else scene.words[after]
        for offer in after_number(form).get(follower, ()):
            readings += offer(scene, at)
    if at == scene.start and scene.bare_code and scene.words[after] not in "=:":
        bonus = 0 if scene.glued_words[after] in "/-." else BARE_CODE
        readings.append(choices.numbered(scene, form.by_name["violation"], at).weighed(bonus))
    if scene.glued_words[after] == ":" or "hour" in scene.said[after]:
        readings += times.offer(scene, at)
    return readings


@dataclass(slots=True)
class Alone:
    """A reading of one word that says the same wherever it stands."""

    worth: int
    field: str
    value: Any
    flags: tuple[Flag, ...]


@cache
def plain_words(form: Form) -> dict[str, tuple[Alone, ...]]:
    """The words that wake no reader: each is only what it is alone, unless it begins a longer phrase or a name."""
    longest = projects.LETTERS if "project" in form.by_name else 0
    return {
        word: tuple(
            Alone(worth(Reading(name, value, 0, 1, flags=flags), 1), name, value, flags)
            for name, value, flags in entry.alone
        )
        for word, entry in entries(form).items()
        if not entry.offers and len(word) > longest
    }


def stands_alone(scene: Scene, at: int) -> bool:
    """Whether a plain word begins nothing longer here: no phrase, no name and no code of a place."""
    heard = scene.heard[at]
    if heard and heard[-1][0] > 1:
        return False
    return scene.words[at] not in scene.book.place_beginnings or not places.may_begin(scene, at)


@cache
def after_number(form: Form) -> dict[str, tuple[Offer, ...]]:
    """The readers that a number wakes when this word, this sign or another number stands behind it."""
    readers = [(BARE_READERS[name], AFTER_NUMBER[name]) for name in form.bare_readers if name in BARE_READERS]
    opened = _opened(form)
    follow = {*opened, *(each for _, followers in readers for each in followers.itself)}
    return {
        each: tuple(
            offer
            for offer, followers in readers
            if each in followers.itself or not followers.tables.isdisjoint(opened.get(each, ()))
        )
        for each in follow
    }


def _opened(form: Form) -> dict[str, set[str]]:
    """The tables that each word begins a phrase of."""
    return {word: set(_tables(node)) for word, node in form.phrases.root.steps.items()}


@dataclass(slots=True)
class Entry:
    """What one word may begin: by the readers it wakes, in a longer phrase, and alone (field, value, doubts)."""

    offers: tuple[Offer, ...]
    phrases: tuple[Offer, ...]
    alone: tuple[tuple[str, object, tuple[Flag, ...]], ...]


@cache
def entries(form: Form) -> dict[str, Entry]:
    """All that each word of a form can begin: asking every reader everywhere takes three times as long."""
    found: dict[str, Entry] = {}
    tables = _opened(form)
    little = {word: {name} for name, words in LITTLE.items() for word in words}
    for word in tables.keys() | little.keys():
        opened = tables.get(word, set()) | little.get(word, set())
        node = form.phrases.root.steps.get(word)
        offers, phrases = (
            tuple(offer for offer, opens in some if not opens.isdisjoint(opened))
            for some in (_wakers(form), [(choices.offer, frozenset(form.choice_tables)), (_quiet, QUIET)])
        )
        found[word] = Entry(offers, phrases, _alone(form, node) if node else ())
    return found


def _alone(form: Form, node: Node) -> tuple[tuple[str, object, tuple[Flag, ...]], ...]:
    """The values, or the noise, that a word is for which no phrase goes on."""
    heard = [(1, meaning) for meaning in node.meanings]
    readings = choices.of_lists(form, heard, 0)
    said = {meaning.table: meaning.value for meaning in reversed(node.meanings)}
    if any(said[table] not in SEXES for table in QUIET.intersection(said)):
        readings.append(Reading(NOISE, None, 0, 1))
    return tuple((each.field, each.value, each.flags) for each in readings)


def _wakers(form: Form) -> list[tuple[Offer, frozenset[str]]]:
    """The readers and the tables of words that wake them."""
    by_reader = {
        "counts": (counts.offer, counts.OPENS | {"letter"}),
        "ages": (ages.offer, ages.OPENS),
        "dates": (dates.offer, dates.OPENS | {"from"}),
        "places": (places.offer_worded, places.OPENS),
    }
    typed = [by_reader[name] for name in form.bare_readers if name in by_reader]
    return [(times.offer, frozenset(("before",))), *typed]


def _tables(node: Node) -> Iterator[str]:
    yield from (meaning.table for meaning in node.meanings)
    for step in node.steps.values():
        yield from _tables(step)


def _quiet(scene: Scene, at: int) -> list[Reading]:
    found = scene.said[at]
    if not found or QUIET.isdisjoint(found):
        return []
    lengths = {found[table][0] for table in QUIET.intersection(found) if found[table][1] not in SEXES}
    return [Reading(NOISE, None, at, at + length) for length in lengths]
