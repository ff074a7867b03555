"""What a codebook holds: keywords, forms with their fields, lists of values, words and places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from parsers.codebook import gazetteer
from parsers.codebook.phrases import Matches, Node, Phrases, Said
from parsers.codebook.spelling import NearWords, distance

# Tables of words that lean on a table of values: causes, groups without a name, names of several parties.
VARIANTS = ("weak", "generic", "doubtful")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that opens a message, and what it opens."""

    word: str
    kind: str
    language: str | None
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a list: its code, its number under a label, and for violations whether victims are counted.

    `card` are its codes on the card, `says` what an own form calls it, by language; the built-in lists have no `says`.
    """

    code: str
    number: int | None = None
    counted: str = ""
    says: Mapping[str, str] = field(default_factory=dict, hash=False)
    card: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, as the card has it; `says` is its question, `lowest` and `highest` bound a number."""

    name: str
    number: int
    reader: str
    values: str = ""
    is_list: bool = False
    labels: tuple[tuple[str, ...], ...] = ()
    says: Mapping[str, str] = field(default_factory=dict, hash=False)
    lowest: float | None = None
    highest: float | None = None
    decimals: bool = False


@dataclass(frozen=True, eq=False)
class Form:
    """What one kind of message holds, and the words that its fields are said in."""

    name: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    phrases: Phrases
    allows_future: bool = False
    title: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_number(self) -> dict[int, Field]:
        """The fields by the number printed on the card."""
        return {each.number: each for each in self.fields}

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {each.name: each for each in self.fields}

    @cached_property
    def tables(self) -> dict[str, Field]:
        """The fields that are read from a table of values."""
        return {each.values: each for each in self.fields if each.values}

    @cached_property
    def choice_tables(self) -> dict[str, str]:
        """The field of each table of values, with their weak, generic and doubtful words."""
        variants = ("", *(f"_{variant}" for variant in VARIANTS))
        return {table + variant: each.name for table, each in self.tables.items() for variant in variants}

    @cached_property
    def bare_readers(self) -> tuple[str, ...]:
        """The readers of this form's fields."""
        return tuple(each.reader for each in self.fields)

    @cached_property
    def label_words(self) -> frozenset[str]:
        """The words and numbers that a label may begin with."""
        return frozenset(self.labels).union(str(number) for number in self.by_number)

    @cached_property
    def labels(self) -> dict[str, list[tuple[tuple[str, ...], Field]]]:
        """The names of fields by their first word, longest first."""
        found: dict[str, list[tuple[tuple[str, ...], Field]]] = {}
        for each in self.fields:
            for label in each.labels:
                found.setdefault(label[0], []).append((label, each))
        for same in found.values():
            same.sort(key=lambda named: -len(named[0]))
        return found

    @cached_property
    def alone(self) -> dict[str, tuple[Matches, Said, Node | None]]:
        """What each word of the form's phrases means by itself, and where its longer phrases go on."""
        return self.phrases.alone()

    @cached_property
    def meaningful(self) -> frozenset[str]:
        """The words that mean something by themselves."""
        return frozenset(word for word, (heard, _, _) in self.alone.items() if heard)

    @cached_property
    def spelling(self) -> NearWords:
        """The words of this form by their nearness to a misspelt word."""
        labels = {word for each in self.fields for label in each.labels for word in label}
        return NearWords({*self.phrases, *labels})

    @cached_property
    def single_values(self) -> tuple[str, ...]:
        """The words that alone stand for a value."""
        roots = self.phrases.root.steps.items()
        return tuple(word for word, node in roots if any(meaning.table in self.tables for meaning in node.meanings))

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        """Single words that are values, by each form with one letter left out."""
        index: dict[str, list[str]] = {}
        for word in self.single_values:
            for form in (word, *(word[:at] + word[at + 1 :] for at in range(len(word)))):
                index.setdefault(form, []).append(word)
        return index

    def near_codes(self, word: str) -> list[str]:
        """Values that a word may be a slip of: about one edit away, also for the short ones nobody corrects."""
        forms = (word, *(word[:at] + word[at + 1 :] for at in range(len(word))))
        found = {code for form in forms for code in self._codes.get(form, ())}
        return sorted(code for code in found if distance(code, word, 1) <= 1)


@dataclass(frozen=True, eq=False)
class Codebook:
    """Everything that people may say and what it means, in one deployment."""

    keywords: Mapping[str, Keyword]
    forms: Mapping[str, Form]
    values: Mapping[str, tuple[Value, ...]]
    ordinary: frozenset[str]
    ordinary_in: Mapping[str, frozenset[str]]
    between: frozenset[str]
    network: Mapping[str, tuple[tuple[str, ...], ...]]
    polite: Phrases
    places: gazetteer.Gazetteer
    languages: Mapping[str, str] = field(default_factory=dict)

    def value_numbered(self, table: str, number: int) -> str | None:
        """The code with this number in a list."""
        return next((value.code for value in self.values.get(table, ()) if value.number == number), None)

    def has_numbers(self, table: str) -> bool:
        """Whether the values of this list may be given by number."""
        return any(value.number is not None for value in self.values.get(table, ()))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The single words that stand for a value in some form, and the keywords."""
        words = {word for form in self.forms.values() for word in form.single_values}
        return frozenset(words.union(self.keywords))

    @cached_property
    def calls_for_help(self) -> frozenset[str]:
        """The words that open an early warning, and the codes that say a need is urgent."""
        opening = {each.word for each in self.keywords.values() if each.kind == "alert"}
        urgent = [value for value in self.values.get("needs", ()) if value.code == "urgent"]
        return frozenset(opening | {code.lower() for value in urgent for code in value.card})

    @cached_property
    def place_beginnings(self) -> frozenset[str]:
        """All that the name or code of a place may begin with: most words are none of these."""
        return self.places.beginnings

    @cached_property
    def place_first_words(self) -> frozenset[str]:
        """The first words of names of several: alone they are half a name, not a misspelt one."""
        return self.places.first_words

    @cached_property
    def longest_network(self) -> int:
        """How many words of a text must be looked at to know the phone company's own."""
        return max((len(begins) for same in self.network.values() for begins in same), default=0)

    @cached_property
    def counted_by_victims(self) -> frozenset[str]:
        """The violations that need a number of children."""
        return frozenset(value.code for value in self.values.get("violation", ()) if value.counted == "victims")
