"""The rules for forms: numbers, names, labels and readers that can be told apart on a card and in a text."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from itertools import chain

from parsers.codebook import shapes
from parsers.codebook.book import Field
from parsers.codebook.faults import Fault
from parsers.codebook.lines import Path
from parsers.codebook.phrases import expand
from parsers.codebook.sources import VALUES, Document, Source, built_in

# Readers that know what they read by one name: the records, the tables and the pages ask for it under that name.
# Beside it, a form may have further places and dates under other names: they are read after their label alone.
NAMED_READERS = {
    "counts": "children", "ages": "age", "dates": "date", "places": "place", "projects": "project",
    "ratings": "rating", "note": "note",
}  # fmt: skip
OPEN_READERS = ("choices", "numbers", "texts")
REPEATED_READERS = ("places", "dates")
READERS = (*OPEN_READERS, *NAMED_READERS)
NUMBERS = range(1, 10)  # replies and corrections name a line of the card by one digit
NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")  # as long as the column that keeps what was corrected
FORM_NAME = re.compile(r"[a-z][a-z0-9_]{0,15}")  # as long as the column that keeps the kind of a message
OTHER_KINDS = frozenset(("complaint", "command", "answer", "network", "unknown"))
# Names that a parse gives to something else.
TAKEN = frozenset((
    "boys", "girls", "unknown", "children_approximate", "age_min", "age_max", "place_approximate", "date_from",
    "date_to", "date_approximate", "time", "urgent", "ref", "command", "value", "field", "kind", "keyword", "noise",
    "unread", "network", "test", "sender_code",
))  # fmt: skip
ONLY_NUMBERS = ("lowest", "highest", "decimals")
Row = tuple[Path, Document]


def check(source: Source, lists: Set[str]) -> Iterator[Fault]:
    """The faults of all forms in a file; `lists` are the names of all lists of values there are."""
    yield from shapes.misshapen(source, (), source.document, shapes.FILE_OF_FORMS)
    for path, form in shapes.tables(("forms",), source.document.get("forms")):
        yield from _check_form(source, path, form, lists)


def _check_form(source: Source, path: Path, form: Document, lists: Set[str]) -> Iterator[Fault]:
    name = str(path[-1])
    if not FORM_NAME.fullmatch(name) or name in OTHER_KINDS | _told_by_code():
        yield source.fault(
            path, f"a form cannot be called {name!r}: small letters, digits and _, at most 16, and no code"
        )
    yield from shapes.misshapen(source, path, form, shapes.FORM)
    fields, faults = shapes.sound(source, (*path, "field"), form.get("field"), shapes.FIELD)
    yield from faults
    if form.get("field") == []:
        yield source.fault(path, f"the form {name!r} has no field")
    names = {field["name"] for _, field in fields}
    for each in fields:
        yield from _check_field(source, each, lists)
        yield from _check_reader(source, each, names)
    yield from _clashes(source, fields)
    yield from _check_required(source, path, form)


@cache
def _told_by_code() -> frozenset[str]:
    """What an alert is about stands in one column, as one of these or as the name of the form."""
    values = built_in(VALUES)
    return frozenset(row["code"] for name in ("violation", "threat") for row in values[name])


def _check_required(source: Source, path: Path, form: Document) -> Iterator[Fault]:
    required, rows = form.get("required"), form.get("field")
    if not shapes.is_texts(required) or not isinstance(rows, list):
        return
    if not required:
        yield source.fault((*path, "required"), "a form must require a field: an empty text would count as complete")
    names = {row.get("name") for row in rows if isinstance(row, dict)}
    for name in required:
        if name not in names:
            yield source.fault((*path, "required"), f"{name!r} is required, but no field has this name", name)


def _check_field(source: Source, row: Row, lists: Set[str]) -> Iterator[Fault]:
    path, field = row
    name, reader = field["name"], field["reader"]
    if field["number"] not in NUMBERS:
        yield source.fault((*path, "number"), f"the number of {name!r} must be 1 to 9: a card has nine lines")
    if not NAME.fullmatch(name) or name in TAKEN:
        reason = f"a field cannot be called {name!r}: small letters, digits and _, at most 32, and no name of a parse"
        yield source.fault((*path, "name"), reason)
    if reader not in READERS:
        yield source.fault((*path, "reader"), f"there is no reader {reader!r}; there are {', '.join(READERS)}")
        return
    yield from _check_values(source, row, lists)
    yield from _check_labels(source, row)


def _check_reader(source: Source, row: Row, names: Set[str]) -> Iterator[Fault]:
    path, field = row
    name, reader = field["name"], field["reader"]
    wanted = NAMED_READERS.get(reader)
    if wanted and reader in REPEATED_READERS and name not in NAMED_READERS.values():
        yield from _check_further(source, row, wanted, names)
    elif wanted and name != wanted:
        yield source.fault((*path, "name"), f"a field with the reader {reader!r} is called {wanted!r}, not {name!r}")
    elif not wanted and name in NAMED_READERS.values():
        owner = next(each for each, named in NAMED_READERS.items() if named == name)
        yield source.fault((*path, "reader"), f"the name {name!r} belongs to the reader {owner!r}")
    for key in ONLY_NUMBERS:
        if key in field and reader != "numbers":
            yield source.fault((*path, key), f"`{key}` belongs to the reader 'numbers' alone")
    if "lowest" in field and "highest" in field and field["lowest"] > field["highest"]:
        yield source.fault((*path, "lowest"), f"the lowest number of {name!r} is above the highest")


def _check_further(source: Source, row: Row, first: str, names: Set[str]) -> Iterator[Fault]:
    """The first place is known by its name and gives the report its region, the first date its day."""
    path, field = row
    name, reader = field["name"], field["reader"]
    if first not in names:
        reason = f"a field with the reader {reader!r} is called {first!r}; another name is for a further one beside it"
        yield source.fault((*path, "name"), reason)
    for part in sorted((names & set(Field(name, 1, reader).parts)) - {name}):
        yield source.fault((*path, "name"), f"{name!r} is kept as {part!r} too, which is the name of another field")


def _check_values(source: Source, row: Row, lists: Set[str]) -> Iterator[Fault]:
    path, field = row
    name, values = field["name"], field.get("values")
    if field["reader"] != "choices":
        if values is not None or field.get("list"):
            yield source.fault((*path, "values"), f"{name!r} has a list of values, but its reader is not 'choices'")
    elif values is None:
        yield source.fault(path, f"{name!r} is read by 'choices' and has no `values`: the name of a list")
    elif values not in lists:
        yield source.fault((*path, "values"), f"there is no list {values!r} in values.toml or in this file")


def _check_labels(source: Source, row: Row) -> Iterator[Fault]:
    path, field = row
    for label in field["labels"]:
        forms = expand(label)
        if not all(forms) or any(any(sign.isdigit() for sign in form) for form in forms):
            yield source.fault((*path, "labels"), f"the label {label!r} must be words, without digits", label)


def _clashes(source: Source, fields: list[Row]) -> Iterator[Fault]:
    numbers = [((*path, "number"), field["number"]) for path, field in fields]
    names = [((*path, "name"), field["name"]) for path, field in fields]
    lists = [((*path, "values"), field["values"]) for path, field in fields if "values" in field]
    said = [((*path, "labels"), _labels(field)) for path, field in fields]
    labels = [(path, label) for path, each in said for label in each]
    yield from chain(
        shapes.twice(source, numbers, lambda number: f"two fields of one form have the number {number}"),
        shapes.twice(source, names, lambda name: f"two fields of one form are called {name!r}"),
        shapes.twice(source, lists, lambda name: f"two fields of one form are read from the list {name!r}"),
        shapes.twice(source, labels, lambda label: f"two fields of one form have the label {label!r}"),
    )


def _labels(field: Mapping[str, list[str]]) -> list[str]:
    """Each once: `age` and `âge` of one field are one label."""
    return list(dict.fromkeys(form for label in field["labels"] for form in expand(label)))
