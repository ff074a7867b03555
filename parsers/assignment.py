"""Chooses among all readings the set that uses each atom once and explains the text best."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from parsers import labels
from parsers.codebook.book import Form
from parsers.codebook.phrases import Node
from parsers.fields import ages, choices, counts, dates, places, projects, times
from parsers.reading import ANY_NUMBER, Flag, Reading, Scene
from parsers.result import Severity
from parsers.tokens import SIGN

NOISE = "noise"
ATOM, READING, DOUBT = 10, 6, 4
NOISE_ATOM = 3
BARE_CODE = 7
MANY = 40
SEXES = ("boys", "girls")  # without a number they are no noise: the number may be what went wrong
UNREAD_WORD, UNREAD_SHORT, UNREAD_NUMBER = -12, -8, -15
SHORT_WORD = 2
QUIET = frozenset(("greetings", "thanks", "small", "unit", "place_word", "day_part", "age_word", "hour"))
BARE_READERS = {
    "counts": counts.offer,
    "ages": ages.offer,
    "dates": dates.offer,
    "places": places.offer_far,
    "ratings": projects.offer_rating,
}
AFTER_NUMBER = {
    "counts": counts.FOLLOWERS,
    "ages": ages.FOLLOWERS,
    "dates": dates.FOLLOWERS,
    "places": places.FOLLOWERS,
    "ratings": projects.FOLLOWERS,
}
LITTLE = {"letter": tuple(counts.LETTERS), "from": tuple(dates.FROM), "before": tuple(times.BEFORE)}
Offer = Callable[[Scene, int], list[Reading]]


class Assigned(NamedTuple):
    """The chosen readings in order, noise among them, and the words and numbers in none of them."""

    readings: list[Reading]
    unread: list[int]


def assign(scene: Scene) -> Assigned:
    """The best way to use each atom once."""
    start, size = scene.start, scene.end - scene.start
    gain = [0] * (size + 1)
    choice: list[Reading | None] = [None] * size
    content = _content(scene)
    offered = _offered(scene)
    signs_too = bool(scene.asked or scene.extra)
    for here in range(size - 1, -1, -1):
        at = here + start
        kind = scene.kinds[at]
        best = gain[here + 1]
        if kind == "n":
            best += UNREAD_NUMBER
        elif kind == "w":
            best += UNREAD_WORD if len(scene.words[at]) > SHORT_WORD else UNREAD_SHORT
        for reading in offered(scene, at) if kind != "s" or scene.signs[at] == "-" or signs_too else ():
            name, _, _, last, bonus, flags, _ = reading
            atoms = content[last] - content[at]
            worth = NOISE_ATOM * atoms - 1 if name == NOISE else ATOM * atoms - READING + bonus
            if flags and name != NOISE and "check" in [flag.severity for flag in flags]:
                worth -= DOUBT
            worth += gain[last - start]
            if worth > best:
                best, choice[here] = worth, reading
        gain[here] = best
    return _walk(scene, choice)


def _offered(scene: Scene) -> Offer:
    """What offers the readings at an atom: a text without labels and corrections has none of theirs."""
    labelled = scene.asked or scene.extra or not scene.form.label_words.isdisjoint(scene.words)
    return offers if labelled else bare


def _walk(scene: Scene, choice: list[Reading | None]) -> Assigned:
    chosen: list[Reading] = []
    unread, at = [], scene.start
    while at < scene.end:
        reading = choice[at - scene.start]
        if reading is None:
            if scene.kinds[at] != "s" or scene.tokens.words[at] == "=":
                unread.append(at)
            at += 1
        else:
            chosen.append(reading)
            at = reading.last
    return Assigned(chosen, unread)


def _content(scene: Scene) -> list[int]:
    """How many words and numbers stand before each atom."""
    return [0, *accumulate([kind != SIGN for kind in scene.tokens.kinds[: scene.end]])]


def offers(scene: Scene, at: int) -> list[Reading]:
    """All readings that begin at an atom, labelled ones and corrected places too."""
    readings = _worded(scene, at) if scene.kinds[at] == "w" else bare(scene, at)
    if scene.asked or (scene.words[at] in scene.form.label_words and labels.may_stand(scene, at)):
        readings = [*labels.offer(scene, at, bare), *readings]
    return [*readings, *scene.extra_at(at)] if scene.extra else readings


def bare(scene: Scene, at: int) -> list[Reading]:
    """The readings that begin at an atom without a label."""
    kind = scene.kinds[at]
    if kind == "w":
        return _worded(scene, at)
    if kind == "n":
        return _numbered(scene, at)
    below = scene.signs[at] == "-" and "children" in scene.form.by_name
    return [*counts.offer(scene, at), *ages.offer(scene, at)] if below else []


def _worded(scene: Scene, at: int) -> list[Reading]:
    word, form = scene.words[at], scene.form
    readings: list[Reading] = []
    entry = entries(form).get(word)
    if entry:
        offers, phrases, alone = entry
        for offer in offers:
            readings += offer(scene, at)
        heard = scene.heard[at]
        if heard and heard[-1][0] > 1:
            for offer in phrases:
                readings += offer(scene, at)
        else:
            for name, value, flags in alone:
                readings.append(Reading(name, value, at, at + 1, 0, flags))
    if word in scene.book.place_beginnings and "place" in form.by_name:
        readings += places.offer(scene, at)
    if len(word) <= projects.LETTERS and "project" in form.by_name:
        readings += projects.offer(scene, at)
    return readings


def _numbered(scene: Scene, at: int) -> list[Reading]:
    form = scene.form
    readings: list[Reading] = []
    after = at + 1
    if after < scene.end:
        kind = scene.kinds[after]
        for offer in after_number(form).get(ANY_NUMBER if kind == "n" else scene.words[after], ()):
            readings += offer(scene, at)
    if at == scene.start and scene.bare_code and scene.signs[at + 1] not in "=:":
        bonus = 0 if scene.glued_signs[at + 1] in "/-." else BARE_CODE
        readings.append(choices.numbered(scene, form.by_name["violation"], at)._replace(bonus=bonus))
    return readings + times.offer(scene, at)


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


class Entry(NamedTuple):
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


def _is_many(reading: Reading) -> bool:
    """Whether a count is so large that the letter read as a digit was rather one too many."""
    return isinstance(reading.value, counts.Count) and reading.value.number >= MANY


def with_correction_flags(scene: Scene, reading: Reading) -> tuple[Flag, ...]:
    """The notes about letters read as digits and words read as others in a reading."""
    flags = reading.flags
    if reading.field == NOISE or not (scene.corrected or scene.tokens.repaired):
        return flags
    typed = [scene.tokens.words[at] for at in range(reading.first, reading.last) if at in scene.corrected]
    if typed or scene.repaired(reading):
        severity: Severity = "check" if _is_many(reading) else "note"
        flags = (*flags, Flag(f"corrected_{reading.field}", severity, " ".join(typed)))
    return flags
