"""The rules for keywords: each opens one thing, and no slip of the finger or ordinary word opens another."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from parsers.codebook import shapes, sources
from parsers.codebook.faults import Fault
from parsers.codebook.gazetteer import Gazetteer, fold_key
from parsers.codebook.lines import Path
from parsers.codebook.phrases import expand
from parsers.codebook.sources import LANGUAGES, Document, Source, opens
from parsers.codebook.spelling import distance

SHORTEST, LONGEST = 3, 12  # shorter ones cannot be corrected, and are words of some language
WRITTEN_IN = (*LANGUAGES, "any")
COMMANDS = frozenset(("help", "stop", "start", "language", "status", "correct", "cancel", "test"))
COMPLAINT, COMMAND = "complaint", "command"


class Written(NamedTuple):
    """One keyword where it stands; a built-in one stands in no own file."""

    word: str
    opens: tuple[str, str]
    source: Source | None = None
    path: Path = ()

    @property
    def told(self) -> str:
        """What it opens, for people."""
        kind, command = self.opens
        return f"the command {command!r}" if kind == COMMAND else f"the form {kind!r}"


def check(
    own: list[Source], forms: frozenset[str], noise: Mapping[str, Document], places: Gazetteer
) -> Iterator[Fault]:
    """The faults of all own keywords, among themselves and beside the built-in ones that still count."""
    faults: list[Fault] = []
    written = [each for source in own if source.holds_forms for each in _written(source, forms, faults)]
    yield from faults
    built_in = _built_in()
    replaced = {each.opens for each in written}
    others = [each for each in built_in if each.opens not in replaced]
    known = {(each.word, each.opens) for each in built_in}
    ordinary = _ordinary(noise)
    for at, each in enumerate(written):
        if (each.word, each.opens) not in known:
            yield from _alone(each, ordinary, places)
        for other in [*others, *written[:at]]:
            if (each.word, each.opens) not in known or (other.word, other.opens) not in known:
                yield from _beside(each, other)
    yield from _unopened(own, {each.opens[0] for each in [*others, *written]})


def _written(source: Source, forms: frozenset[str], faults: list[Fault]) -> Iterator[Written]:
    rows, wrong = shapes.sound(source, ("keyword",), source.document.get("keyword"), shapes.KEYWORD)
    faults += wrong
    for path, row in rows:
        kind, command = opens(row)
        if kind == COMMAND and command not in COMMANDS:
            faults.append(
                source.fault(path, f"there is no command {command!r}; there are {', '.join(sorted(COMMANDS))}")
            )
        elif kind not in forms | {COMMAND, COMPLAINT}:
            faults.append(source.fault((*path, "kind"), f"the keyword opens {kind!r}, but there is no such form"))
        for language in WRITTEN_IN:
            for word in row.get(language, ()):
                yield Written(word.lower(), opens(row), source, (*path, language))


@cache
def _built_in() -> tuple[Written, ...]:
    rows = sources.built_in(sources.FORMS)["keyword"]
    return tuple(Written(word.lower(), opens(row)) for row in rows for each in WRITTEN_IN for word in row.get(each, ()))


def _fault(each: Written, reason: str) -> Fault:
    assert each.source is not None  # noqa: S101  only own keywords are found fault with
    line = each.source.where.of(each.path)
    text = each.source.text.splitlines()[line - 1].lower()
    return each.source.fault(
        each.path, f"the keyword {each.word.upper()!r} {reason}", "" if each.word in text else each.word
    )


def _alone(each: Written, ordinary: Mapping[str, str], places: Gazetteer) -> Iterator[Fault]:
    if not (each.word.isascii() and each.word.isalpha() and SHORTEST <= len(each.word) <= LONGEST):
        yield _fault(each, f"must be one word of {SHORTEST} to {LONGEST} letters, without accents or digits")
    elif each.word in ordinary:
        yield _fault(each, f"is an ordinary word ({ordinary[each.word]}): texts that begin with it would be misread")
    elif places.exact(fold_key(each.word)):
        yield _fault(each, "is the name of a place: texts that begin with it would be misread")


def _beside(each: Written, other: Written) -> Iterator[Fault]:
    """Keywords of one form may be near one another; those of two must be told apart even when misspelt."""
    if each.word == other.word:
        same = " already" if each.opens == other.opens else f": it opens {other.told} already"
        yield _fault(each, f"stands here{same}" if each.opens == other.opens else f"is taken{same}")
    elif each.opens == other.opens:
        return
    elif distance(each.word, other.word, 1) <= 1:
        yield _fault(each, f"is one letter from {other.word.upper()!r}, which opens {other.told}")
    elif each.word.startswith(other.word) or other.word.startswith(each.word):
        longer = "begins like" if each.word.startswith(other.word) else "is the beginning of"
        yield _fault(each, f"{longer} {other.word.upper()!r}, which opens {other.told}")


def _unopened(own: list[Source], opened: set[str]) -> Iterator[Fault]:
    for source in own:
        for path, _ in shapes.tables(("forms",), source.document.get("forms")) if source.holds_forms else ():
            if path[-1] not in opened:
                yield source.fault(path, f"no keyword opens the form {path[-1]!r}")


def _ordinary(noise: Mapping[str, Document]) -> dict[str, str]:
    """Single words that say something else, or nothing: what people begin a story or a greeting with."""
    found: dict[str, str] = {}
    for file in noise.values():
        for table, told in (
            ("ordinary", "of a story"),
            ("greetings", "a greeting"),
            ("thanks", "thanks"),
            ("small", "a small word"),
        ):
            for notation in file[table]:
                found |= dict.fromkeys((form for form in expand(notation) if " " not in form), told)
    return _values() | found


@cache
def _values() -> dict[str, str]:
    """The single words that stand for a value of a built-in list."""
    found: dict[str, str] = {}
    for name, rows in sources.built_in(sources.VALUES).items():
        found |= {form: f"a value of {name}" for row in rows for word in row.get("card", ()) for form in expand(word)}
    for row in sources.built_in(sources.PARTIES)["party"]:
        found |= {form: "a party" for word in row["names"] for form in expand(word)}
    for file in sources.WORDS:
        for name, table in sources.built_in(file).items():
            for notation in (word for words in table.values() for word in words):
                found |= {form: f"a word of {name}" for form in expand(notation) if " " not in form}
    return found
