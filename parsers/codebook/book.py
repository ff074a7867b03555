"""What a codebook holds: keywords, forms with their fields, lists of values, words and places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from parsers.codebook import gazetteer
from parsers.codebook.phrases import Matches, Node, Phrases, Said
from parsers.codebook.spelling import NearWords, distance
from parsers.fold import fold

# Tables of words that lean on a table of values: causes, groups without a name, names of several parties.
VARIANTS: Final = ("weak", "generic", "doubtful")
# What each reader finds beside or behind the name of its field.
_PARTS: Final = {
    "counts": ("boys", "girls", "unknown", "children_approximate"),
    "ages": ("age_min", "age_max"),
    "places": ("", "_approximate"),
    "dates": ("_from", "_to", "_approximate"),
}


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

    @property
    def parts(self) -> tuple[str, ...]:
        """The names that its value has in a parse object, first the one that is always there."""
        name, parts = self.name, _PARTS.get(self.reader, ("",))
        if name == "needs":
            return (name, "urgent")
        return tuple(part if self.reader in ("counts", "ages") else name + part for part in parts)


class Form:
    """What one kind of message holds, and the words that its fields are said in.

    What few texts need is worked out when the first one does.
    """

    def __init__(  # noqa: PLR0913  a record, written out so that it is quick when compiled
        self,
        name: str,
        fields: tuple[Field, ...],
        required: tuple[str, ...],
        phrases: Phrases,
        *,
        allows_future: bool = False,
        title: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.fields = fields
        self.required = required
        self.phrases = phrases
        self.allows_future = allows_future
        self.title: Mapping[str, str] = title or {}
        # The fields by the number printed on the card, by name, and by the table of values they are read from.
        self.by_number = {each.number: each for each in fields}
        self.by_name = {each.name: each for each in fields}
        self.tables = {each.values: each for each in fields if each.values}
        self.choice_tables = _choice_tables(self.tables)
        self.bare_readers = tuple(dict.fromkeys(each.reader for each in fields))
        self.labels = _labels(fields)
        self.label_words = frozenset(self.labels).union(str(number) for number in self.by_number)
        self._alone: dict[str, tuple[Matches, Said, Node | None]] | None = None
        self._meaningful: frozenset[str] | None = None
        self._doubts: frozenset[str] | None = None
        self._spelling: NearWords | None = None
        self._single_values: tuple[str, ...] | None = None
        self._codes: dict[str, list[str]] | None = None

    @property
    def alone(self) -> dict[str, tuple[Matches, Said, Node | None]]:
        """What each word of the form's phrases means by itself, and where its longer phrases go on."""
        if self._alone is None:
            self._alone = self.phrases.alone()
        return self._alone

    @property
    def meaningful(self) -> frozenset[str]:
        """The words that mean something by themselves."""
        if self._meaningful is None:
            self._meaningful = frozenset(word for word, (heard, _, _) in self.alone.items() if heard)
        return self._meaningful

    @property
    def doubts(self) -> frozenset[str]:
        """The words that a phrase of doubt may begin with."""
        if self._doubts is None:
            steps = self.phrases.root.steps
            self._doubts = frozenset(word for word, node in steps.items() if node.leads_to("doubt"))
        return self._doubts

    @property
    def spelling(self) -> NearWords:
        """The words of this form by their nearness to a misspelt word."""
        if self._spelling is None:
            labels = {word for each in self.fields for label in each.labels for word in label}
            self._spelling = NearWords({*self.phrases, *labels})
        return self._spelling

    @property
    def single_values(self) -> tuple[str, ...]:
        """The words that alone stand for a value."""
        if self._single_values is None:
            steps = self.phrases.root.steps
            self._single_values = tuple(
                word for word, node in steps.items() if any(each.table in self.tables for each in node.meanings)
            )
        return self._single_values

    def near_codes(self, word: str) -> list[str]:
        """Values that a word may be a slip of: about one edit away, also for the short ones nobody corrects."""
        if self._codes is None:
            self._codes = {}
            for code in self.single_values:
                for form in _with_one_left_out(code):
                    self._codes.setdefault(form, []).append(code)
        found = {code for form in _with_one_left_out(word) for code in self._codes.get(form, ())}
        return sorted(code for code in found if distance(code, word, 1) <= 1)


def _choice_tables(tables: Mapping[str, Field]) -> dict[str, str]:
    """The field of each table of values, with their weak, generic and doubtful words."""
    variants = ("", *(f"_{variant}" for variant in VARIANTS))
    return {table + variant: each.name for table, each in tables.items() for variant in variants}


def _labels(fields: tuple[Field, ...]) -> dict[str, list[tuple[tuple[str, ...], Field]]]:
    """The names of fields by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Field]]] = {}
    for each in fields:
        for label in each.labels:
            found.setdefault(label[0], []).append((label, each))
    for same in found.values():
        same.sort(key=lambda named: -len(named[0]))
    return found


def _with_one_left_out(word: str) -> tuple[str, ...]:
    return (word, *(word[:at] + word[at + 1 :] for at in range(len(word))))


class Codebook:
    """Everything that people may say and what it means, in one deployment."""

    def __init__(  # noqa: PLR0913  a record, written out so that it is quick when compiled
        self,
        keywords: Mapping[str, Keyword],
        forms: Mapping[str, Form],
        values: Mapping[str, tuple[Value, ...]],
        *,
        ordinary_in: Mapping[str, frozenset[str]],
        between: frozenset[str],
        network: Mapping[str, tuple[tuple[str, ...], ...]],
        polite: Phrases,
        places: gazetteer.Gazetteer,
        languages: Mapping[str, str],
    ) -> None:
        self.keywords: dict[str, Keyword] = dict(keywords)
        self.forms: dict[str, Form] = dict(forms)
        self.values = values
        self.ordinary_in = ordinary_in
        self.ordinary: frozenset[str] = frozenset().union(*ordinary_in.values())
        self.between = between
        self.network = network
        self.polite = polite
        self.places = places
        self.languages = languages
        # How many words of a text must be looked at to know the phone company's own.
        self.longest_network = max((len(begins) for same in network.values() for begins in same), default=0)
        # The violations that need a number of children.
        counted = (value.code for value in values.get("violation", ()) if value.counted == "victims")
        self.counted_by_victims = frozenset(counted)
        # The words that open an early warning, and the codes that say a need is urgent.
        opening = {each.word for each in keywords.values() if each.kind == "alert"}
        urgent = [value for value in values.get("needs", ()) if value.code == "urgent"]
        self.calls_for_help = frozenset(opening | {code.lower() for value in urgent for code in value.card})
        self._codes: frozenset[str] | None = None
        self._card_codes: dict[str, frozenset[str]] | None = None

    def value_numbered(self, table: str, number: int) -> str | None:
        """The code with this number in a list."""
        return next((value.code for value in self.values.get(table, ()) if value.number == number), None)

    def has_numbers(self, table: str) -> bool:
        """Whether the values of this list may be given by number."""
        return any(value.number is not None for value in self.values.get(table, ()))

    @property
    def card_codes(self) -> dict[str, frozenset[str]]:
        """The codes printed on the card of each form."""
        if self._card_codes is None:
            self._card_codes = {kind: self._cards_of(form) for kind, form in self.forms.items()}
        return self._card_codes

    def _cards_of(self, form: Form) -> frozenset[str]:
        return frozenset(fold(code).text for table in form.tables for each in self.values[table] for code in each.card)

    @property
    def codes(self) -> frozenset[str]:
        """The single words that stand for a value in some form, and the keywords."""
        if self._codes is None:
            words = {word for form in self.forms.values() for word in form.single_values}
            self._codes = frozenset(words.union(self.keywords))
        return self._codes

    @property
    def place_beginnings(self) -> frozenset[str]:
        """All that the name or code of a place may begin with: most words are none of these."""
        return self.places.beginnings

    @property
    def place_first_words(self) -> frozenset[str]:
        """The first words of names of several: alone they are half a name, not a misspelt one."""
        return self.places.first_words
