"""The rules for lists of values, their words, and the parties: each number, code and word stands for one thing."""

from collections.abc import Iterator, Mapping
from itertools import chain

from parsers.codebook import shapes, sources
from parsers.codebook.book import VARIANTS
from parsers.codebook.faults import Fault
from parsers.codebook.form_rules import NAME
from parsers.codebook.lines import Path
from parsers.codebook.phrases import expand
from parsers.codebook.sources import Document, Source

NUMBERS = range(1, 100)
# Lists that the records, the tables and the law know by their codes: a deployment words them anew, nothing else.
FIXED = ("violation",)
DOUBTFUL = "_doubtful"  # words of several values: what stands there is for a person's eyes
NOT_LISTS = frozenset(("party", "greetings", "thanks", "small", "text"))


def check(source: Source, lists: Mapping[str, frozenset[str]], shared: frozenset[str]) -> Iterator[Fault]:
    """The faults of the lists in a file of values or of forms; `lists` are the codes of all lists there are."""
    if source.name == sources.VALUES:
        yield from _check_lists(source, (), source.document, shared)
    elif source.holds_forms:
        yield from _check_lists(source, ("values",), source.document.get("values"), shared)
        for path, words in shapes.tables(("words",), source.document.get("words")):
            if path[-1] in sources.LANGUAGES:
                yield from _check_words(source, path, words, lists, shared)
            else:
                yield source.fault(path, f"{path[-1]!r} is no language; there are {', '.join(sources.LANGUAGES)}")
    elif source.name in sources.WORDS:
        yield from _check_words(source, (), source.document, lists, shared)
    elif source.name == sources.PARTIES:
        yield from _check_parties(source)
    elif source.name in sources.NOISE:
        yield from shapes.misshapen(source, (), source.document, shapes.NOISE)
    elif source.name == sources.NETWORK:
        yield from shapes.misshapen(source, (), source.document, shapes.NETWORK)
        yield from shapes.sound(source, ("text",), source.document.get("text"), shapes.NETWORK_TEXT)[1]


def _check_lists(source: Source, path: Path, holder: object, shared: frozenset[str]) -> Iterator[Fault]:
    before = sources.built_in(sources.VALUES)
    for name, rows in holder.items() if isinstance(holder, dict) else ():
        here = (*path, name)
        if not NAME.fullmatch(name) or name in NOT_LISTS | shared or name.endswith(tuple(f"_{v}" for v in VARIANTS)):
            yield source.fault(here, f"a list cannot be called {name!r}")
        elif path and name in before:
            yield source.fault(here, f"there is a list {name!r} already: give this one another name")
        if not shapes.TYPES[shapes.ROWS](rows) or not rows:
            yield source.fault(here, f"the list {name!r} must be {shapes.ROWS}, one for each value")
            continue
        yield from _check_rows(source, here, rows)
        if name in FIXED:
            known = {row["code"] for row in before[name]}
            for at, row in enumerate(rows):
                if shapes.is_text(row.get("code")) and row["code"] not in known:
                    yield source.fault((*here, at, "code"), f"the codes of {name!r} are fixed; {row['code']!r} is none")


def _check_rows(source: Source, path: Path, rows: list[Document]) -> Iterator[Fault]:
    values, faults = shapes.sound(source, path, rows, shapes.VALUE)
    yield from faults
    for here, value in values:
        if not NAME.fullmatch(value["code"]):
            yield source.fault((*here, "code"), f"the code {value['code']!r} must be small letters, digits and _")
        if "number" not in value and not value.get("card"):
            yield source.fault(here, f"{value['code']!r} has neither a `number` nor a word on the `card`")
        elif value.get("number", 1) not in NUMBERS:
            yield source.fault((*here, "number"), f"the number of {value['code']!r} must be 1 to 99")
    numbers = [((*here, "number"), value["number"]) for here, value in values if "number" in value]
    codes = [((*here, "code"), value["code"]) for here, value in values]
    words = [
        ((*here, "card"), form)
        for here, value in values
        for form in dict.fromkeys(form for word in value.get("card", ()) for form in expand(word))
    ]
    yield from chain(
        shapes.twice(source, numbers, lambda number: f"two values of one list have the number {number}"),
        shapes.twice(source, codes, lambda code: f"two values of one list have the code {code!r}"),
        shapes.twice(source, words, lambda word: f"two values of one list have the word {word!r} on the card"),
    )


def _check_words(
    source: Source, path: Path, holder: object, lists: Mapping[str, frozenset[str]], shared: frozenset[str]
) -> Iterator[Fault]:
    for here, table in shapes.tables(path, holder):
        name = str(here[-1])
        known = next((lists[each] for each in (name, name.rpartition("_")[0]) if each in lists), None)
        if known is None and name not in shared:
            yield source.fault(here, f"there is no list {name!r} that these words could belong to")
        for code, words in table.items():
            if not shapes.is_texts(words):
                yield source.fault((*here, code), f"the words of {code!r} must be {shapes.TEXTS}")
            elif known is not None and code not in known and not name.endswith(DOUBTFUL):
                yield source.fault((*here, code), f"the list {name!r} has no value {code!r}")


def _check_parties(source: Source) -> Iterator[Fault]:
    for key in source.document.keys() - {"party"}:
        yield source.fault((key,), f"`{key}` is nothing that a file of parties has; it has [[party]]")
    parties, faults = shapes.sound(source, ("party",), source.document.get("party"), shapes.PARTY)
    yield from faults
    codes = [((*path, "code"), party["code"]) for path, party in parties]
    yield from shapes.twice(source, codes, lambda code: f"two parties have the code {code!r}")
    for path, party in parties:
        if "parent" in party and party["parent"] not in {code for _, code in codes}:
            yield source.fault((*path, "parent"), f"there is no party {party['parent']!r}")
