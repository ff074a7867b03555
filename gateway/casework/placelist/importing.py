"""From a file to the places there would be: what it would add and change, or everything that is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway.casework.placelist import columns, entries, sheet
from gateway.casework.placelist.columns import Columns, ColumnWrong
from gateway.casework.placelist.entries import Entry, Trouble
from gateway.casework.placelist.joining import join
from gateway.casework.placelist.sheet import Sheet
from parsers.codebook.gazetteer import Place


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the file does not say itself: its columns by role, the level of its places, the year of its codes."""

    columns: Mapping[str, str]
    level: str = ""
    vintage: str = ""
    sheet: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The places after the import, and what came of the lines; with troubles nothing may be written."""

    lines: int
    columns: Mapping[str, str]  # what was taken for what: role and column
    added: int
    changed: int
    same: int
    troubles: tuple[Trouble, ...]
    places: tuple[Place, ...]


def read(path: Path, known: Iterable[Place], wanted: Wanted) -> Outcome:
    """Reads a file and joins it to the known places; writes nothing."""
    tables = [(table, _columns(table, wanted)) for table in _tables(path, wanted)]
    usable = [(table, found) for table, found in tables if found.are_known]
    if not usable:
        seen = "; ".join(", ".join(filter(None, table.columns)) for table, _ in tables)
        raise ColumnWrong(f"no column holds the names of places; say which: --column name=…; the columns are: {seen}")
    read_from = [_entries(table, found, wanted) for table, found in usable]
    good = [each for some in read_from for each in some if isinstance(each, Entry)]
    bad = [each for some in read_from for each in some if isinstance(each, Trouble)]
    joined = join(known, good)
    lines = sum(len(table.lines) for table, _ in usable)
    touched = len({entry.code or id(entry) for entry in good})
    return Outcome(
        lines=lines,
        columns={role: name for table, found in usable for role, name in _told(table, found)},
        added=len(joined.added),
        changed=len(joined.changed - joined.added),
        same=touched - len(joined.added) - len(joined.changed - joined.added),
        troubles=tuple(sorted([*bad, *joined.troubles], key=lambda trouble: (trouble.sheet, trouble.line))),
        places=tuple(joined.places.values()),
    )


def _tables(path: Path, wanted: Wanted) -> list[Sheet]:
    tables = sheet.read(path)
    if not wanted.sheet:
        return tables
    named = [table for table in tables if table.name == wanted.sheet]
    if not named:
        raise ColumnWrong(f"there is no sheet {wanted.sheet!r}; there is {', '.join(table.name for table in tables)}")
    return named


def _columns(table: Sheet, wanted: Wanted) -> Columns:
    return columns.find(table, wanted.columns)


def _entries(table: Sheet, found: Columns, wanted: Wanted) -> list[Entry | Trouble]:
    if not (wanted.level or found.own_level or "level" in found.roles):
        raise ColumnWrong("the file does not say of what level its places are; add --level village, or another one")
    has_codes = "code" in found.roles or bool(found.own_level)
    if has_codes and not (wanted.vintage or found.vintage or {"vintage", "dated"} & found.roles.keys()):
        raise ColumnWrong("the file does not say of which year its codes are; add --vintage 2015, or another year")
    return list(entries.read(table, found, level=wanted.level, vintage=wanted.vintage))


def _told(table: Sheet, found: Columns) -> Iterable[tuple[str, str]]:
    at = found.roles | {f"{level} code": each for level, each in found.unit_codes.items()} | found.unit_names
    yield from ((role, table.columns[each]) for role, each in at.items())
    if found.alternates:
        yield "alternates", ", ".join(table.columns[each] for each in found.alternates)
