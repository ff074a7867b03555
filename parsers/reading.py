"""A reading is one way to understand a run of atoms; a scene is all that a reader may look at."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from parsers.codebook.book import Codebook, Field, Form
from parsers.codebook.phrases import Meaning
from parsers.result import Severity
from parsers.tokens import Atom

CONNECTORS = "-'_"
MOST_SKIPPED = 3
SMALL_TABLES = frozenset(("small", "greetings", "thanks"))
NOTHING: dict[str, tuple[int, str]] = {}


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
    _found: list[list[tuple[int, Meaning]] | None] = field(default_factory=list)
    _tables: list[dict[str, tuple[int, str]] | None] = field(default_factory=list)

    has_repairs: bool = False

    def __post_init__(self) -> None:
        self.has_repairs = any(atom.repaired for atom in self.atoms)
        self._forget()

    def _forget(self) -> None:
        self._found = [None] * len(self.atoms)
        self._tables = [None] * len(self.atoms)

    def matches(self, at: int) -> list[tuple[int, Meaning]]:
        """The phrases that begin at an atom, each with the atom after it."""
        if at >= self.end:
            return []
        known = self._found[at]
        if known is None:
            known = self._found[at] = self._walk(at) if self.words[at] in self.form.phrases.root.steps else []
        return known

    def tables(self, at: int) -> dict[str, tuple[int, str]]:
        """The longest phrase of each table that begins at an atom: the atom after it, and its value."""
        if at >= self.end:
            return NOTHING
        known = self._tables[at]
        if known is None:
            known = NOTHING
            if matches := self.matches(at):
                known = {}
                for last, meaning in matches:
                    if meaning.table not in known or last > known[meaning.table][0]:
                        known[meaning.table] = last, meaning.value
            self._tables[at] = known
        return known

    def _walk(self, at: int) -> list[tuple[int, Meaning]]:
        node, skipped, here = self.form.phrases.root, 0, at
        found: list[tuple[int, Meaning]] = []
        while here < self.end and (atom := self.atoms[here]).kind == "w" and (here == at or not atom.new_line):
            step = node.steps.get(self.words[here])
            if step is not None:
                node = step
                found += [(here + 1, meaning) for meaning in node.meanings]
            elif here == at or skipped >= MOST_SKIPPED or self.words[here] not in self.book.between:
                break
            else:
                skipped += 1
            here = self.over_connectors(here + 1)
        return found

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
        found = self.tables(at)
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
        found = self.tables(at)
        return bool(found) and not tables.isdisjoint(found)

    def says_anything(self, word: str) -> bool:
        """Whether a word has a part in saying a value, and is not only a small word or a label."""
        return any(table not in SMALL_TABLES for table, _ in self.form.phrases.words.get(word, ()))

    def is_sign(self, at: int, signs: str, *, glued: bool = False) -> bool:
        """Whether one of these signs stands here (and, if asked, right behind the atom before)."""
        if not 0 <= at < self.end or self.atoms[at].kind != "s":
            return False
        return self.atoms[at].word in signs and (not glued or self.atoms[at].glued)

    def number(self, at: int) -> int | None:
        """The number written in digits here."""
        return self.atoms[at].value if 0 <= at < self.end else None

    def skip(self, at: int, words: frozenset[str]) -> int:
        """Steps over some small words and the apostrophes between them."""
        while at < self.end and (self.words[at] in words or self.is_sign(at, "'")):
            at += 1
        return at

    def extra_at(self, at: int, field_name: str | None = None) -> list[Reading]:
        """The corrected readings that begin at an atom."""
        return [each for each in self.extra if each.first == at and field_name in (None, each.field)]

    def correct(self, at: int, word: str) -> None:
        """Reads another word in the place of the one typed."""
        self.corrected[at] = self.words[at]
        self.words[at] = word
        self._forget()

    def repaired(self, reading: Reading) -> bool:
        """Whether a letter was read as a digit in it."""
        return any(atom.repaired for atom in self.atoms[reading.first : reading.last])
