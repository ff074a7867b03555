"""One place, as a row of a file of places has it."""

import csv
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

BUILT_IN = Path(__file__).with_name("places.csv")
LEVELS = ("region", "cercle", "commune", "town", "village")
SETTLEMENTS = LEVELS[3:]  # no administrative units: where a unit has the same name, they give way
COLUMNS = (
    "pcode", "name", "level", "parent", "parent_2023", "region", "alternates", "latitude", "longitude", "valid_from",
    "valid_to", "vintage",
)  # fmt: skip
CODE, NAME, LEVEL, PARENT, PARENT_2023, ALTERNATES = map(
    COLUMNS.index, ("pcode", "name", "level", "parent", "parent_2023", "alternates")
)
Row = Sequence[str]  # what stands in the file, in the order of COLUMNS


class PlacesWrong(ValueError):
    """A file of places that cannot be used: the file, the line and the reason."""


class Place(NamedTuple):
    """One row of the gazetteer; `region` is the region of the officers' scopes, `vintage` the scheme of the code."""

    pcode: str
    name: str
    level: str
    parent: str | None
    parent_2023: str | None
    alternates: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    valid_from: str | None
    valid_to: str | None
    vintage: str
    region: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its other spellings."""
        return (self.name, *self.alternates)

    @property
    def is_unit(self) -> bool:
        """Whether it is a region, cercle or commune."""
        return self.level not in SETTLEMENTS


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of places, in its order; PlacesWrong says which line cannot be one."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = list(csv.reader(lines)) or [[]]
    if missing := [column for column in COLUMNS if column not in header]:
        raise PlacesWrong(f"{path.name}: there is no column {missing[0]}")
    if set(map(len, rows)) - {len(header)}:
        line, row = next((line, row) for line, row in enumerate(rows, 2) if len(row) != len(header))
        raise PlacesWrong(f"{path.name}, line {line}: {len(row)} cells for {len(header)} columns")
    if tuple(header) != COLUMNS:
        rows = list(map(list, map(itemgetter(*map(header.index, COLUMNS)), rows)))
    if unknown := set(map(itemgetter(LEVEL), rows)).difference(LEVELS):
        line = next(line for line, row in enumerate(rows, 2) if row[LEVEL] in unknown)
        raise PlacesWrong(f"{path.name}, line {line}: {rows[line - 2][LEVEL]!r} is no level")
    return list[Row](rows)


def as_place(row: Row) -> Place:
    """A row of the file as a place."""
    pcode, name, level, parent, parent_2023, region, alternates, latitude, longitude, since, until, vintage = row
    return Place(
        pcode,
        name,
        level,
        parent or None,
        parent_2023 or None,
        tuple(alternates.split(";")) if alternates else (),
        _degrees(latitude),
        _degrees(longitude),
        since or None,
        until or None,
        vintage,
        region or None,
    )


def _degrees(text: str) -> float | None:
    """A point is only for the map: one that is no number is none."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
