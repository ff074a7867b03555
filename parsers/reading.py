"""A reading is one way to understand a run of atoms; a scene is all that a reader may look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import NamedTuple

from parsers.codebook.book import Codebook, Field, Form
from parsers.codebook.phrases import Meaning, Node
from parsers.result import Severity
from parsers.tokens import Atom

CONNECTORS = "-'_"
MOST_SKIPPED = 3
SMALL_TABLES = frozenset(("small", "greetings", "thanks"))
Matches = Sequence[tuple[int, Meaning]]
Said = dict[str, tuple[int, str]]
NOTHING: Said = {}
ROOM = 12  # farther than any reader looks ahead
NO_SIGN = "\0"  # no text holds it once folded


ANY_NUMBER = "0"


class Followers(NamedTuple):
    """What must stand behind a number to make it a value: a word or sign, or a word that begins a phrase of a table."""

    tables: frozenset[str]
    itself: frozenset[str] = frozenset()


class Flag(NamedTuple):
    """A problem of a reading, before it is known where it stands in the text."""

    code: str
    severity: Severity = "check"
    detail: str = ""


class Reading(NamedTuple):
    """The atoms from `first` up to `last` say `value` about `field`; the dearest readings win."""

    field: str
    value: object
    first: int
    last: int
    bonus: int = 0
    flags: tuple[Flag, ...] = ()
    labelled: bool = False


@dataclass(slots=True)
class Scene:
    """The atoms of one text with the words as corrected so far, and what is known about the sender."""

    atoms: tuple[Atom, ...]
    words: list[str]
    book: Codebook
    form: Form
    today: date
    start: int
    end: int
    language: str | None = None
    area: str | None = None
    loose_labels: bool = False
    bare_code: bool = False
    asked: Field | None = None
    corrected: dict[int, str] = field(default_factory=dict)
    extra: list[Reading] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    glued_signs: list[str] = field(default_factory=list)
    heard: list[Matches] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    has_repairs: bool = False

    def __post_init__(self) -> None:
        """Lays out what stands at each atom, with room behind the end: readers look ahead without asking for it."""
        size = len(self.atoms) + ROOM
        self.numbers, self.signs, self.glued_signs = [None] * size, [NO_SIGN] * size, [NO_SIGN] * size
        for at, atom in enumerate(self.atoms):
            if atom.repaired:
                self.has_repairs = True
            if at >= self.end:
                continue
            if atom.kind == "s":
                self.signs[at] = atom.word
                if atom.glued:
                    self.glued_signs[at] = atom.word
            else:
                self.numbers[at] = atom.value
        self._listen()

    def _listen(self) -> None:
        """The phrases that begin at each atom, and the longest of each table: the atom after it, and its value."""
        steps, words = self.form.phrases.root.steps, self.words
        room = len(words) + ROOM
        self.heard, self.said = [()] * room, [NOTHING] * room
        for at in range(self.start, self.end):
            node = steps.get(words[at])
            if node is None or self.atoms[at].kind != "w":
                continue
            found = list(zip(repeat(at + 1), node.meanings))
            if node.steps:
                self._walk(at, node, found)
            if found:
                said: Said = {}
                self.heard[at], self.said[at] = found, said
                for last, meaning in found:
                    before = said.get(meaning.table)
                    if before is None or last > before[0]:
                        said[meaning.table] = last, meaning.value

    def _walk(self, at: int, node: Node, found: list[tuple[int, Meaning]]) -> None:
        """Adds the longer phrases."""
        skipped, here = 0, self.over_connectors(at + 1)
        while here < self.end and (atom := self.atoms[here]).kind == "w" and not atom.new_line:
            step = node.steps.get(self.words[here])
            if step is not None:
                node = step
                found += zip(repeat(here + 1), node.meanings)
            elif skipped >= MOST_SKIPPED or self.words[here] not in self.book.between:
                break
            else:
                skipped += 1
            here = self.over_connectors(here + 1)

    def over_connectors(self, at: int) -> int:
        """Steps over a hyphen or an apostrophe inside a word."""
        if (
            at + 1 < self.end
            and self.atoms[at].word in CONNECTORS
            and self.atoms[at].glued
            and self.atoms[at + 1].glued
        ):
            return at + 1
        return at

    def longest(self, at: int, *tables: str) -> tuple[int, str] | None:
        """The longest phrase of these tables that begins here: the atom after it, and its value."""
        found = self.said[at]
        if not found:
            return None
        best: tuple[int, str] | None = None
        for table in tables:
            here = found.get(table)
            if here and (best is None or here[0] > best[0]):
                best = here
        return best

    def says(self, at: int, tables: frozenset[str]) -> bool:
        """Whether a phrase of one of these tables begins here."""
        found = self.said[at]
        return bool(found) and not tables.isdisjoint(found)

    def says_anything(self, word: str) -> bool:
        """Whether a word has a part in saying a value, and is not only a small word or a label."""
        return any(table not in SMALL_TABLES for table, _ in self.form.phrases.words.get(word, ()))

    def skip(self, at: int, words: frozenset[str]) -> int:
        """Steps over some small words and the apostrophes between them."""
        while at < self.end and (self.words[at] in words or self.signs[at] == "'"):
            at += 1
        return at

    def extra_at(self, at: int, field_name: str | None = None) -> list[Reading]:
        """The corrected readings that begin at an atom."""
        return [each for each in self.extra if each.first == at and field_name in (None, each.field)]

    def correct(self, at: int, word: str) -> None:
        """Reads another word in the place of the one typed."""
        self.corrected[at] = self.words[at]
        self.words[at] = word
        self._listen()

    def repaired(self, reading: Reading) -> bool:
        """Whether a letter was read as a digit in it."""
        return any(atom.repaired for atom in self.atoms[reading.first : reading.last])
