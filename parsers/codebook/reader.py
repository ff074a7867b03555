"""Reads the codebook: forms, lists of values and words, from the built-in folder or a deployment's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from parsers.codebook import gazetteer
from parsers.codebook.phrases import Meaning, Phrases, expand
from parsers.codebook.spelling import DeleteIndex, distance

BUILT_IN = Path(__file__).parent
LANGUAGES = ("fr", "en", "bm")
# Tables of words that every form may use; the others belong to the forms whose fields name them.
SHARED = (
    "number", "about", "unit", "age_unit", "age_word", "month", "weekday", "day", "day_part", "month_part", "ago",
    "ago_unit", "last", "last_before", "next", "next_before", "hour", "about_word", "or", "place_word", "near",
    "distance", "negation", "doubt",
)  # fmt: skip
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
    """One value of a list: its code, its number under a label, and for violations whether victims are counted."""

    code: str
    number: int | None = None
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, as the card has it."""

    name: str
    number: int
    reader: str
    values: str = ""
    is_list: bool = False
    labels: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Form:
    """What one kind of message holds, and the words that its fields are said in."""

    name: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    phrases: Phrases
    allows_future: bool = False

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
    def spelling(self) -> DeleteIndex:
        """The words of this form by their nearness to a misspelt word."""
        labels = {word for each in self.fields for label in each.labels for word in label}
        return DeleteIndex({*self.phrases, *labels})

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        """Single words that are values, by each form with one letter left out."""
        index: dict[str, list[str]] = {}
        for word, node in self.phrases.root.steps.items():
            if any(meaning.table in self.tables for meaning in node.meanings):
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
    def place_beginnings(self) -> frozenset[str]:
        """All that the name of a place may begin with: most words are none of these."""
        names = (gazetteer.fold_key(name) for place in self.places for name in (place.name, *place.alternates))
        return frozenset(name[:length] for name in names for length in range(1, len(name) + 1))

    @cached_property
    def longest_network(self) -> int:
        """How many words of a text must be looked at to know the phone company's own."""
        return max((len(begins) for same in self.network.values() for begins in same), default=0)

    @cached_property
    def counted_by_victims(self) -> frozenset[str]:
        """The violations that need a number of children."""
        return frozenset(value.code for value in self.values.get("violation", ()) if value.counted == "victims")


@cache
def load(folder: Path | None = None) -> Codebook:
    """The codebook in a folder; files that it does not have are taken from the built-in one. Read once."""
    forms = _toml(folder, "forms.toml")
    values = _toml(folder, "values.toml")
    parties = _toml(folder, "parties.toml")
    words = {language: _toml(folder, f"words.{language}.toml") for language in LANGUAGES}
    noise = {language: _toml(folder, f"noise.{language}.toml") for language in LANGUAGES}
    shared = _shared(words, noise)
    ordinary = {language: frozenset(form for word in file["ordinary"] for form in expand(word)) for language, file in noise.items()}
    return Codebook(
        keywords=_keywords(forms["keyword"]),
        forms={name: _form(name, form, values | parties, words, shared) for name, form in forms["forms"].items()},
        values=_values(values) | {"party": tuple(Value(each["code"]) for each in parties["party"])},
        ordinary=frozenset().union(*ordinary.values()),
        ordinary_in=ordinary,
        between=frozenset(word for each in noise.values() for word in each["between"]),
        network=_network(_toml(folder, "network.toml")),
        polite=_polite(noise),
        places=gazetteer.load(_path(folder, "places.csv")),
        languages={name: code for code, names in forms["languages"].items() for name in names},
    )


def _path(folder: Path | None, name: str) -> Path:
    own = folder / name if folder else None
    return own if own and own.exists() else BUILT_IN / name


def _toml(folder: Path | None, name: str) -> dict[str, Any]:
    return tomllib.loads(_path(folder, name).read_text(encoding="utf-8"))


def _keywords(rows: list[dict[str, Any]]) -> dict[str, Keyword]:
    found = {}
    for row in rows:
        for language in (*LANGUAGES, "any"):
            for word in row.get(language, ()):
                spoken = language if language != "any" else None
                found[word.lower()] = Keyword(word.lower(), row["kind"], spoken, row.get("command"))
    return found


def _values(tables: dict[str, list[dict[str, Any]]]) -> dict[str, tuple[Value, ...]]:
    return {
        table: tuple(Value(row["code"], row.get("number"), row.get("counted", "")) for row in rows)
        for table, rows in tables.items()
    }


def _network(file: dict[str, Any]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """How the phone company's own texts begin, by their first word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in (form.split() for row in file["text"] for begins in row["begins"] for form in expand(begins)):
        found[words[0]] = (*found.get(words[0], ()), tuple(words))
    return found


def _polite(noise: dict[str, dict[str, Any]]) -> Phrases:
    """Greetings and thanks, which are the same whatever the form."""
    phrases = Phrases()
    for language, file in noise.items():
        for notation in [*file["greetings"], *file["thanks"]]:
            phrases.add(notation, Meaning("polite", "", language))
    return phrases


Entry = tuple[str, Meaning]


def _shared(words: dict[str, dict[str, Any]], noise: dict[str, dict[str, Any]]) -> list[Entry]:
    """The phrases that mean the same in every form."""
    entries = [entry for table in SHARED for entry in _entries(words, table)]
    for language, file in noise.items():
        for table in ("greetings", "thanks", "small"):
            entries += [(notation, Meaning(table, "", language)) for notation in file[table]]
    return entries


def _entries(words: dict[str, dict[str, Any]], table: str) -> list[Entry]:
    return [
        (notation, Meaning(table, code, language))
        for language, file in words.items()
        for code, notations in file.get(table, {}).items()
        for notation in notations
    ]


def _form(
    name: str, row: dict[str, Any], values: dict[str, Any], words: dict[str, dict[str, Any]], shared: list[Entry]
) -> Form:
    fields = tuple(
        Field(
            name=each["name"],
            number=each["number"],
            reader=each["reader"],
            values=each.get("values", ""),
            is_list=each.get("list", False),
            labels=tuple(tuple(form.split()) for label in each["labels"] for form in expand(label)),
        )
        for each in row["field"]
    )
    phrases = Phrases()
    for table in (each.values for each in fields if each.values):
        for notation, meaning in [*_cards(values, table), *_entries(words, table)]:
            phrases.add(notation, meaning)
        for variant in VARIANTS:
            for notation, meaning in _entries(words, f"{table}_{variant}"):
                phrases.add(notation, meaning)
    for notation, meaning in shared:
        phrases.add(notation, meaning)
    return Form(name, fields, tuple(row["required"]), phrases, row.get("future", False))


def _cards(values: dict[str, Any], table: str) -> list[Entry]:
    return [(word, Meaning(table, row["code"])) for row in values[table] for word in row.get("card", row.get("names", ()))]
