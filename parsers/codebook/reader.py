"""Reads the codebook: forms, lists of values and words, the built-in ones and a deployment's own, checked first."""

from functools import cache
from pathlib import Path
from typing import Any

from parsers.codebook import checking, gazetteer, sources
from parsers.codebook.book import VARIANTS, Codebook, Field, Form, Keyword, Value
from parsers.codebook.faults import CodebookFaulty
from parsers.codebook.phrases import Meaning, Phrases, expand
from parsers.codebook.sources import Source

BUILT_IN, LANGUAGES = sources.BUILT_IN, sources.LANGUAGES
PLACES = "places.csv"


def load(folder: Path | None = None) -> Codebook:
    """The built-in codebook, with what a deployment's own folder says instead; CodebookFaulty names all its faults."""
    return _load(folder)


@cache
def _load(folder: Path | None) -> Codebook:
    own, faults = sources.own(folder)
    places = load_places(folder)
    if own or faults:
        faults += checking.check(own, places)
    if faults:
        raise CodebookFaulty(faults)
    return _book(own, places)


def _book(own: list[Source], places: gazetteer.Gazetteer) -> Codebook:
    forms = sources.merged(sources.FORMS, own)
    values = sources.merged(sources.VALUES, own)
    parties = sources.merged(sources.PARTIES, own)
    words = {language: sources.merged(name, own) for name, language in sources.WORDS.items()}
    noise = {language: sources.merged(name, own) for name, language in sources.NOISE.items()}
    shared = _shared(words, noise)
    ordinary = {
        language: frozenset(form for word in (*file["ordinary"], *file.get("names", ())) for form in expand(word))
        for language, file in noise.items()
    }
    return Codebook(
        keywords=_keywords(forms["keyword"]),
        forms={name: _form(name, form, values | parties, words, shared) for name, form in forms["forms"].items()},
        values=_values(values) | {"party": tuple(_value(each) for each in parties["party"])},
        ordinary_in=ordinary,
        between=frozenset(word for each in noise.values() for word in each["between"]),
        network=_network(sources.merged(sources.NETWORK, own)),
        polite=_polite(noise),
        places=places,
        languages={name: code for code, names in forms["languages"].items() for name in names},
    )


def load_places(folder: Path | None = None) -> gazetteer.Gazetteer:
    """The places of the codebook in a folder."""
    return gazetteer.load(path(folder, PLACES))


def path(folder: Path | None, name: str) -> Path:
    """A file of the codebook: the deployment's own, else the built-in one."""
    own = folder / name if folder else None
    return own if own and own.exists() else BUILT_IN / name


def _keywords(rows: list[dict[str, Any]]) -> dict[str, Keyword]:
    found = {}
    for row in rows:
        for language in (*LANGUAGES, "any"):
            for word in row.get(language, ()):
                spoken = language if language != "any" else None
                found[word.lower()] = Keyword(word.lower(), row["kind"], spoken, row.get("command"))
    return found


def _values(tables: dict[str, list[dict[str, Any]]]) -> dict[str, tuple[Value, ...]]:
    return {table: tuple(_value(row) for row in rows) for table, rows in tables.items()}


def _value(row: dict[str, Any]) -> Value:
    return Value(
        code=row["code"],
        number=row.get("number"),
        counted=row.get("counted", ""),
        says=row.get("says", {}),
        card=tuple(row.get("card", row.get("names", ()))),
    )


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
    entries = [entry for table in checking.SHARED for entry in _entries(words, table)]
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
            says=each.get("says", {}),
            lowest=each.get("lowest"),
            highest=each.get("highest"),
            decimals=each.get("decimals", False),
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
    required = tuple(row["required"])
    return Form(name, fields, required, phrases, allows_future=row.get("future", False), title=row.get("title", {}))


def _cards(values: dict[str, Any], table: str) -> list[Entry]:
    return [
        (word, Meaning(table, row["code"])) for row in values[table] for word in row.get("card", row.get("names", ()))
    ]
