"""Chooses among all readings the set that uses each atom once and explains the text best."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from parsers import labels
from parsers.codebook.book import Form
from parsers.codebook.phrases import Node
from parsers.fields import ages, choices, counts, dates, places, projects, times
from parsers.reading import Flag, Reading, Scene
from parsers.result import Severity

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
LITTLE = {"letter": tuple(counts.LETTERS), "from": tuple(dates.FROM), "before": tuple(times.BEFORE)}
Offer = Callable[[Scene, int], list[Reading]]


class Assigned(NamedTuple):
    """The chosen readings in order, noise among them, and the words and numbers in none of them."""

    readings: list[Reading]
    unread: list[int]


def assign(scene: Scene) -> Assigned:
    """The best way to use each atom once."""
    size = scene.end - scene.start
    gain = [0.0] * (size + 1)
    choice: list[Reading | None] = [None] * size
    content = _content(scene)
    for at in range(scene.end - 1, scene.start - 1, -1):
        here = at - scene.start
        gain[here] = gain[here + 1] + _unread(scene, at)
        for reading in offers(scene, at):
            worth = _worth(reading, content) + gain[reading.last - scene.start]
            if worth > gain[here]:
                gain[here], choice[here] = worth, reading
    return _walk(scene, choice)


def _walk(scene: Scene, choice: list[Reading | None]) -> Assigned:
    chosen: list[Reading] = []
    unread, at = [], scene.start
    while at < scene.end:
        reading = choice[at - scene.start]
        if reading is None:
            if scene.atoms[at].kind != "s" or scene.atoms[at].word == "=":
                unread.append(at)
            at += 1
        else:
            chosen.append(reading)
            at = reading.last
    return Assigned(chosen, unread)


def _content(scene: Scene) -> list[int]:
    """How many words and numbers stand before each atom."""
    before, total = [0], 0
    for atom in scene.atoms[: scene.end]:
        total += atom.kind != "s"
        before.append(total)
    return before


def _unread(scene: Scene, at: int) -> int:
    atom = scene.atoms[at]
    if atom.kind == "s":
        return 0
    if atom.kind == "n":
        return UNREAD_NUMBER
    return UNREAD_SHORT if len(atom.word) <= SHORT_WORD else UNREAD_WORD


def _worth(reading: Reading, content: list[int]) -> int:
    atoms = content[reading.last] - content[reading.first]
    if reading.field == NOISE:
        return NOISE_ATOM * atoms - 1
    doubt = DOUBT if reading.flags and any(flag.severity == "check" for flag in reading.flags) else 0
    return ATOM * atoms - READING - doubt + reading.bonus


def offers(scene: Scene, at: int) -> list[Reading]:
    """All readings that begin at an atom, labelled ones and corrected places too."""
    readings = bare(scene, at)
    if scene.words[at] in scene.form.label_words or scene.asked:
        readings = [*labels.offer(scene, at, bare), *readings]
    return [*readings, *scene.extra_at(at)] if scene.extra else readings


def bare(scene: Scene, at: int) -> list[Reading]:
    """The readings that begin at an atom without a label."""
    kind, form = scene.atoms[at].kind, scene.form
    readings: list[Reading] = []
    if kind == "w":
        for offer in waking(form).get(scene.words[at], ()):
            readings += offer(scene, at)
        if "place" in form.by_name and scene.words[at] in scene.book.place_beginnings:
            readings += places.offer(scene, at)
        return readings + projects.offer(scene, at) if "project" in form.by_name else readings
    if kind == "s":
        below = "children" in form.by_name and scene.is_sign(at, "-")
        return [*counts.offer(scene, at), *ages.offer(scene, at)] if below else []
    for name in form.bare_readers:
        if name in BARE_READERS:
            readings += BARE_READERS[name](scene, at)
    if at == scene.start and scene.bare_code and not scene.is_sign(at + 1, "=:"):
        bonus = 0 if scene.is_sign(at + 1, "/-.", glued=True) else BARE_CODE
        readings.append(choices.numbered(scene, form.by_name["violation"], at)._replace(bonus=bonus))
    return readings + times.offer(scene, at)


@cache
def waking(form: Form) -> dict[str, tuple[Offer, ...]]:
    """The readers that each word can begin a reading of: asking all of them everywhere takes three times as long."""
    wakes: dict[str, tuple[Offer, ...]] = {}
    tables = {word: set(_tables(node)) for word, node in form.phrases.root.steps.items()}
    little = {word: {name} for name, words in LITTLE.items() for word in words}
    for word in tables.keys() | little.keys():
        opened = tables.get(word, set()) | little.get(word, set())
        wakes[word] = tuple(offer for offer, opens in _wakers(form) if not opens.isdisjoint(opened))
    return wakes


def _wakers(form: Form) -> list[tuple[Offer, frozenset[str]]]:
    by_reader = {
        "counts": (counts.offer, counts.OPENS | {"letter"}),
        "ages": (ages.offer, ages.OPENS),
        "dates": (dates.offer, dates.OPENS | {"from"}),
        "places": (places.offer_worded, places.OPENS),
    }
    typed = [by_reader[name] for name in form.bare_readers if name in by_reader]
    return [
        (times.offer, frozenset(("before",))),
        *typed,
        (choices.offer, frozenset(form.choice_tables)),
        (_quiet, QUIET),
    ]


def _tables(node: Node) -> Iterator[str]:
    yield from (meaning.table for meaning in node.meanings)
    for step in node.steps.values():
        yield from _tables(step)


def _quiet(scene: Scene, at: int) -> list[Reading]:
    found = scene.tables(at)
    if not found or QUIET.isdisjoint(found):
        return []
    ends = {found[table][0] for table in QUIET.intersection(found) if found[table][1] not in SEXES}
    return [Reading(NOISE, None, at, last) for last in ends]


def _is_many(reading: Reading) -> bool:
    """Whether a count is so large that the letter read as a digit was rather one too many."""
    return isinstance(reading.value, counts.Count) and reading.value.number >= MANY


def with_correction_flags(scene: Scene, reading: Reading) -> tuple[Flag, ...]:
    """The notes about letters read as digits and words read as others in a reading."""
    flags = reading.flags
    if reading.field == NOISE or not (scene.corrected or scene.has_repairs):
        return flags
    typed = [scene.atoms[at].word for at in range(reading.first, reading.last) if at in scene.corrected]
    if typed or scene.repaired(reading):
        severity: Severity = "check" if _is_many(reading) else "note"
        flags = (*flags, Flag(f"corrected_{reading.field}", severity, " ".join(typed)))
    return flags
