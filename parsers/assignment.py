"""Chooses among all readings the set that uses each atom once and explains the text best."""

from typing import Final

from parsers.fields import counts
from parsers.offers import Alone, bare, plain_words, stands_alone, with_labels
from parsers.reading import Flag, Reading, Scene
from parsers.result import Severity
from parsers.tokens import SIGN, WORD
from parsers.worth import NOISE, SHORT_WORD, UNREAD, UNREAD_SHORT, worth

MANY: Final = 40
NO_WORDS: Final[dict[str, tuple[Alone, ...]]] = {}


class Assigned:
    """The chosen readings in order, noise among them, and the words and numbers in none of them."""

    __slots__ = ("readings", "unread")

    def __init__(self, readings: list[Reading], unread: list[int]) -> None:
        self.readings = readings
        self.unread = unread


def assign(scene: Scene) -> Assigned:
    """The best way to use each atom once, found from the last atom to the first."""
    words, kinds, label_words = scene.words, scene.kinds, scene.form.label_words
    everywhere = bool(scene.asked or scene.extra)  # an answer to a question and a corrected word begin at any atom
    plain = NO_WORDS if everywhere else plain_words(scene.form)
    gain = [0] * (scene.end + 1)
    choice: list[Reading | Alone | None] = [None] * scene.end
    for at in range(scene.end - 1, scene.start - 1, -1):
        kind, word, rest = kinds[at], words[at], gain[at + 1]
        if kind == SIGN and word != "-" and not everywhere:
            gain[at] = rest
            continue
        best = rest + (UNREAD_SHORT if kind == WORD and len(word) <= SHORT_WORD else UNREAD[kind])
        options = plain.get(word)
        if options is not None and word not in label_words and stands_alone(scene, at):
            for option in options:
                if option.worth + rest > best:
                    best, choice[at] = option.worth + rest, option
            gain[at] = best
            continue
        readings = bare(scene, at)
        if everywhere or word in label_words:
            readings = with_labels(scene, at, readings)
        for reading in readings:
            last = reading.last
            value = gain[last] + worth(reading, 1 if last == at + 1 else last - at - kinds[at:last].count(SIGN))
            if value > best:
                best, choice[at] = value, reading
        gain[at] = best
    return _walk(scene, choice)


def _walk(scene: Scene, choice: list[Reading | Alone | None]) -> Assigned:
    chosen: list[Reading] = []
    unread, at = [], scene.start
    while at < scene.end:
        found = choice[at]
        if found is None:
            if scene.kinds[at] != SIGN or scene.words[at] == "=":
                unread.append(at)
            at += 1
            continue
        if isinstance(found, Alone):
            found = Reading(found.field, found.value, at, at + 1, flags=found.flags)
        chosen.append(found)
        at = found.last
    return Assigned(chosen, unread)


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
