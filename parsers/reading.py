"""A reading is one way to understand a run of atoms; a scene is all that a reader may look at."""

from datetime import date
from itertools import repeat
from typing import Final, NamedTuple

from parsers.codebook.book import Codebook, Field, Form
from parsers.codebook.phrases import Matches, Meaning, Node, Said
from parsers.result import Severity
from parsers.tokens import NO_ATOM, ROOM, WORD, Tokens

CONNECTORS: Final = "-'_"
MOST_SKIPPED: Final = 3
SMALL_TABLES: Final = frozenset(("small", "greetings", "thanks"))
NOTHING: Final[Said] = {}
ANY_NUMBER: Final = "0"


class Followers(NamedTuple):
    """What must stand behind a number to make it a value: a word or sign, or a word that begins a phrase of a table."""

    tables: frozenset[str]
    itself: frozenset[str] = frozenset()


class Flag(NamedTuple):
    """A problem of a reading, before it is known where it stands in the text."""

    code: str
    severity: Severity = "check"
    detail: str = ""


class Reading:
    """The atoms from `first` up to `last` say `value` about `field`; the dearest readings win.

    Written out, for a compiled class makes its objects ten times as fast as one that a decorator completes.
    """

    __slots__ = ("bonus", "field", "first", "flags", "labelled", "last", "value")

    def __init__(  # noqa: PLR0913  a record, written out so that it is quick when compiled
        self,
        field: str,
        value: object,
        first: int,
        last: int,
        *,
        bonus: int = 0,
        flags: tuple[Flag, ...] = (),
        labelled: bool = False,
    ) -> None:
        self.field = field
        self.value = value
        self.first = first
        self.last = last
        self.bonus = bonus
        self.flags = flags
        self.labelled = labelled

    def valued(self, value: object) -> "Reading":
        """The same atoms, saying something else."""
        return Reading(
            self.field, value, self.first, self.last, bonus=self.bonus, flags=self.flags, labelled=self.labelled
        )

    def weighed(self, bonus: int) -> "Reading":
        """The same, worth more."""
        return Reading(
            self.field, self.value, self.first, self.last, bonus=bonus, flags=self.flags, labelled=self.labelled
        )

    def doubted(self, flags: tuple[Flag, ...]) -> "Reading":
        """The same, with more doubts."""
        flags = (*self.flags, *flags)
        return Reading(
            self.field, self.value, self.first, self.last, bonus=self.bonus, flags=flags, labelled=self.labelled
        )

    def begun(self, first: int) -> "Reading":
        """The same, with the words before it."""
        return Reading(
            self.field, self.value, first, self.last, bonus=self.bonus, flags=self.flags, labelled=self.labelled
        )

    def under_label(self) -> "Reading":
        """The same, said under the label of its field."""
        return Reading(self.field, self.value, self.first, self.last, bonus=self.bonus, flags=self.flags, labelled=True)


class Scene:
    """The atoms of one text with the words as corrected so far, and what is known about the sender.

    What stands at each atom is a column; past the end of the form nothing stands, and readers need not ask for it.
    """

    __slots__ = (
        "area", "asked", "bare_code", "book", "corrected", "end", "extra", "form", "glued", "glued_words", "heard",
        "kinds", "language", "loose_labels", "new_line", "numbers", "said", "start", "today", "tokens", "words",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913  a record, written out so that it is quick when compiled
        self,
        tokens: Tokens,
        book: Codebook,
        form: Form,
        *,
        today: date,
        start: int,
        end: int,
        language: str | None = None,
        area: str | None = None,
    ) -> None:
        self.tokens = tokens
        self.book = book
        self.form = form
        self.today = today
        self.start = start
        self.end = end
        self.language = language
        self.area = area
        self.loose_labels = False
        self.bare_code = False
        self.asked: Field | None = None
        self.corrected: dict[int, str] = {}
        self.extra: list[Reading] = []
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        """What stands at each atom."""
        tokens, end = self.tokens, self.end
        self.words, self.kinds, self.glued, self.new_line = tokens.words, tokens.kinds, tokens.glued, tokens.new_line
        self.numbers, self.glued_words = tokens.numbers, tokens.glued_words
        if end < tokens.size:
            room = tokens.size - end + ROOM
            self.numbers = [*tokens.numbers[:end], *repeat(None, room)]
            self.words = [*tokens.words[:end], *repeat(NO_ATOM, room)]
            self.glued_words = [*tokens.glued_words[:end], *repeat(NO_ATOM, room)]

    def _listen(self) -> None:
        """The phrases that begin at each atom, and of each table the longest: how many atoms it has, and its value."""
        alone, kinds = self.form.alone, self.kinds
        heard: list[Matches] = [()] * len(kinds)
        said: list[Said] = [NOTHING] * len(kinds)
        self.heard, self.said = heard, said
        for at, word in enumerate(self.words[self.start : self.end], self.start):
            if word in alone and kinds[at] == WORD:
                heard[at], said[at], node = alone[word]
                if node is not None:
                    self._walk(at, node)

    def _walk(self, at: int, node: Node) -> None:
        """Adds the longer phrases."""
        found: list[tuple[int, Meaning]] = []
        skipped, here = 0, at + 1
        if self.glued_words[here] in CONNECTORS:
            here = self.over_connectors(here)
        while here < self.end and self.kinds[here] == WORD and not self.new_line[here]:
            step = node.steps.get(self.words[here])
            if step is not None:
                node = step
                found += zip(repeat(here + 1 - at), node.meanings)
            elif skipped >= MOST_SKIPPED or self.words[here] not in self.book.between:
                break
            else:
                skipped += 1
            here += 1
            if self.glued_words[here] in CONNECTORS:
                here = self.over_connectors(here)
        if found:
            self.heard[at] = (*self.heard[at], *found)
            self.said[at] = said = dict(self.said[at])
            for length, meaning in found:
                if meaning.table not in said or length > said[meaning.table][0]:
                    said[meaning.table] = length, meaning.value

    def over_connectors(self, at: int) -> int:
        """Steps over a hyphen or an apostrophe inside a word."""
        return at + 1 if at + 1 < self.end and self.glued_words[at] in CONNECTORS and self.glued[at + 1] else at

    def hear(self, at: int, table: str) -> tuple[int, str] | None:
        """The longest phrase of this table that begins here: the atom after it, and its value."""
        found = self.said[at].get(table)
        return (at + found[0], found[1]) if found else None

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
        return (at + best[0], best[1]) if best else None

    def says(self, at: int, tables: frozenset[str]) -> bool:
        """Whether a phrase of one of these tables begins here."""
        found = self.said[at]
        return bool(found) and not tables.isdisjoint(found)

    def says_anything(self, word: str) -> bool:
        """Whether a word has a part in saying a value, and is not only a small word or a label."""
        return any(table not in SMALL_TABLES for table, _ in self.form.phrases.words.get(word, ()))

    def skip(self, at: int, words: frozenset[str]) -> int:
        """Steps over some small words and the apostrophes between them."""
        while at < self.end and (self.words[at] in words or self.words[at] == "'"):
            at += 1
        return at

    def extra_at(self, at: int, field_name: str | None = None) -> list[Reading]:
        """The corrected readings that begin at an atom."""
        return [each for each in self.extra if each.first == at and field_name in (None, each.field)]

    def correct(self, at: int, word: str) -> None:
        """Reads another word in the place of the one typed."""
        self.corrected[at] = self.words[at]
        self.words = [*self.words[:at], word, *self.words[at + 1 :]]
        self._listen()

    def repaired(self, reading: Reading) -> bool:
        """Whether a letter was read as a digit in it."""
        return not self.tokens.repaired.isdisjoint(range(reading.first, reading.last))
