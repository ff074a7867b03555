"""What each entry of a codebook file must and may have, and the faults of entries that are shaped otherwise."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from parsers.codebook.faults import Fault
from parsers.codebook.lines import Path
from parsers.codebook.sources import LANGUAGES, Document, Source


def is_text(value: object) -> TypeGuard[str]:
    """A text that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_whole(value: object) -> TypeGuard[int]:
    """A whole number; TOML's true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_texts(value: object) -> TypeGuard[list[str]]:
    """A list of texts."""
    return isinstance(value, list) and all(map(is_text, value))


def _is_spoken(value: object) -> bool:
    return isinstance(value, dict) and set(value) <= set(LANGUAGES) and all(map(is_text, value.values()))


TEXT, WHOLE, NUMBER, YES_NO = "a text", "a whole number", "a number", "true or false"
TEXTS, SPOKEN, ROWS, TABLE = (
    "a list of texts",
    'texts by language, like { fr = "…", en = "…" }',
    "a list of tables",
    "a table",
)
TYPES: Mapping[str, Callable[[Any], bool]] = {
    TEXT: is_text,
    WHOLE: is_whole,
    NUMBER: lambda value: is_whole(value) or isinstance(value, float),
    YES_NO: lambda value: isinstance(value, bool),
    TEXTS: is_texts,
    SPOKEN: _is_spoken,
    ROWS: lambda value: isinstance(value, list) and all(isinstance(row, dict) for row in value),
    TABLE: lambda value: isinstance(value, dict),
}


@dataclass(frozen=True)
class Shape:
    """The keys of one kind of entry; what is not needed may be left out."""

    what: str
    needed: Mapping[str, str]
    allowed: Mapping[str, str] = field(default_factory=dict)


FILE_OF_FORMS = Shape(
    "a file of forms", {}, {"keyword": ROWS, "forms": TABLE, "languages": TABLE, "values": TABLE, "words": TABLE}
)
KEYWORD = Shape("a keyword", {"kind": TEXT}, {"command": TEXT, **dict.fromkeys((*LANGUAGES, "any"), TEXTS)})
FORM = Shape("a form", {"required": TEXTS, "field": ROWS}, {"title": SPOKEN, "future": YES_NO})
FIELD = Shape(
    "a field",
    {"number": WHOLE, "name": TEXT, "reader": TEXT, "labels": TEXTS},
    {"values": TEXT, "list": YES_NO, "says": SPOKEN, "lowest": NUMBER, "highest": NUMBER, "decimals": YES_NO},
)
VALUE = Shape(
    "a value",
    {"code": TEXT},
    {"number": WHOLE, "card": TEXTS, "says": SPOKEN, "counted": TEXT, "sensitive": YES_NO, "from": TEXT, "to": TEXT},
)
PARTY = Shape(
    "a party",
    {"code": TEXT, "fr": TEXT, "en": TEXT, "names": TEXTS},
    {"parent": TEXT, "from": TEXT, "to": TEXT, "category": TEXT},
)
NOISE = Shape(
    "a file of noise",
    {},
    dict.fromkeys(("between", "greetings", "thanks", "small", "ordinary", "names", "lookalikes"), TEXTS),
)
NETWORK = Shape("a file of the network's texts", {}, {"text": ROWS})
NETWORK_TEXT = Shape("a text of the network", {"what": TEXT, "begins": TEXTS})


def misshapen(source: Source, path: Path, entry: Document, shape: Shape) -> Iterator[Fault]:
    """What an entry lacks, has too much, or has of another type."""
    named = f" {entry['name']!r}" if is_text(entry.get("name")) else ""
    for key in shape.needed.keys() - entry.keys():
        yield source.fault(path, f"{shape.what}{named} has no `{key}`")
    for key, value in entry.items():
        wanted = shape.needed.get(key) or shape.allowed.get(key)
        if wanted is None:
            known = ", ".join([*shape.needed, *shape.allowed])
            yield source.fault((*path, key), f"`{key}` is nothing that {shape.what} has; it has {known}")
        elif not TYPES[wanted](value):
            yield source.fault((*path, key), f"`{key}` of {shape.what}{named} must be {wanted}")


def sound(source: Source, path: Path, rows: object, shape: Shape) -> tuple[list[tuple[Path, Document]], list[Fault]]:
    """The rows of a list that have the right shape, with their paths, and the faults of the others."""
    kept, faults = [], []
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, dict):
            faults.append(source.fault(path, f"{shape.what} must be a table"))
            continue
        wrong = list(misshapen(source, (*path, at), row, shape))
        faults += wrong
        if not wrong:
            kept.append(((*path, at), row))
    return kept, faults


def tables(path: Path, holder: object) -> Iterator[tuple[Path, Document]]:
    """The tables inside a table, each with its path."""
    for name, table in holder.items() if isinstance(holder, dict) else ():
        if isinstance(table, dict):
            yield (*path, name), table


def twice(source: Source, entries: list[tuple[Path, Any]], says: Callable[[Any], str]) -> Iterator[Fault]:
    """The entries whose value another one before them has already."""
    first: dict[Any, Path] = {}
    for path, value in entries:
        if value in first:
            yield source.fault(path, f"{says(value)} (first on line {source.where.of(first[value])})", str(value))
        first.setdefault(value, path)
