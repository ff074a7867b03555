"""What the lines of a table say of places, checked cell by cell: a value that cannot be is named by line and column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gateway.casework.placelist.columns import UNITS, Columns
from gateway.casework.placelist.sheet import Line, Sheet
from parsers.codebook.gazetteer import LEVELS, fold_key

LEVEL_WORDS = {
    "1": "region", "2": "cercle", "3": "commune", "4": "village", "5": "village", "adm1": "region", "adm2": "cercle",
    "adm3": "commune", "adm4": "village", "district": "region", "ville": "town", "hameau": "village",
    "localite": "village", "quartier": "village", "settlement": "village", **{level: level for level in LEVELS},
}  # fmt: skip
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,39}")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
LONGEST_NAME = 80
FORMULA = "=+@"
BESIDE = re.compile(r"\s*\(([^()]*)\)\s*|\s*/\s*")
GENERIC = frozenset(("village", "ville", "hameau", "localite", "amont", "aval", "quartier"))
DECIMALS = 3  # about a hundred metres: a point on a map, not a door


@dataclass(frozen=True)
class Trouble:
    """What is wrong, and where: the sheet, the line, the column as the file calls it."""

    sheet: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, [self.sheet and f"sheet {self.sheet}", f"line {self.line}"]))
        return f"{where}, column {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place as a line gives it; what the line does not say is empty."""

    sheet: Sheet
    line: Line
    columns: Columns
    level: str
    name: str
    code: str = ""
    alternates: tuple[str, ...] = ()
    parent: str = ""
    parent_2023: str = ""
    around: tuple[tuple[str, str, str], ...] = ()  # level, code and name of the units it is said to lie in
    point: tuple[float, float] | None = None
    vintage: str = ""
    valid_from: str = ""
    valid_to: str = ""
    is_in_passing: bool = False  # a larger unit that lines about smaller ones name

    def trouble(self, role: str, reason: str) -> Trouble:
        """Something wrong in the cell of a role."""
        unit = self.around[0][0] if self.around else ""
        at = column_of(self.columns, role, self.level, unit)
        return Trouble(self.sheet.name, self.line.number, self.sheet.columns[at] if at is not None else "", reason)


class CellWrong(ValueError):
    """A cell cannot be what its column says: the role of the column, and the reason."""

    def __init__(self, role: str, reason: str) -> None:
        super().__init__(reason)
        self.role = role


def read(sheet: Sheet, columns: Columns, *, level: str, vintage: str) -> Iterator[Entry | Trouble]:
    """The places of a table, or what is wrong; `level` and `vintage` are for lines that do not say theirs."""
    reader = _Reader(sheet, columns, columns.own_level or level, vintage)
    for line in sheet.lines:
        try:
            yield from reader.units_around(line) if columns.own_level else ()
            yield reader.entry(line)
        except CellWrong as wrong:
            at = column_of(columns, wrong.role, columns.own_level)
            yield Trouble(sheet.name, line.number, sheet.columns[at] if at is not None else "", str(wrong))


def column_of(columns: Columns, role: str, level: str = "", unit: str = "") -> int | None:
    """The column of a role: in a table of units their own code and name, for a parent those of the unit around it."""
    if role in columns.roles:
        return columns.roles[role]
    codes, names = columns.unit_codes, columns.unit_names
    if role in ("code", "name"):
        return (codes if role == "code" else names).get(level)
    unit = unit or max((*codes, *names), key=LEVELS.index, default="")
    if role == "parent_name":
        return names.get(unit)
    return codes.get(unit, names.get(unit)) if role == "parent" else None


@dataclass(frozen=True)
class _Reader:
    sheet: Sheet
    columns: Columns
    level: str
    vintage: str
    named: set[str] = field(default_factory=set)

    def entry(self, line: Line) -> Entry:
        """The place that a line is about."""
        level = self._level(line)
        own = self.columns.own_level
        alternates = self.columns.unit_alternates.get(own, []) if own else self.columns.alternates
        name = checked_name(_cell(line, column_of(self.columns, "name", own)))
        return Entry(
            sheet=self.sheet,
            line=line,
            columns=self.columns,
            level=level,
            name=name,
            code=checked_code(_cell(line, column_of(self.columns, "code", own)), "code"),
            alternates=_alternates(name, [_cell(line, at) for at in alternates]),
            parent=checked_code(self._cell(line, "parent"), "parent"),
            parent_2023=checked_code(self._cell(line, "parent_2023"), "parent_2023"),
            around=self._around(line, level),
            point=_point(self._cell(line, "latitude"), self._cell(line, "longitude")),
            vintage=self._vintage(line),
            valid_from=_day(self._cell(line, "valid_from"), "valid_from"),
            valid_to=_day(self._cell(line, "valid_to"), "valid_to"),
        )

    def units_around(self, line: Line) -> Iterator[Entry]:
        """The larger units that a line of a table of units names with their codes: they may not be known yet."""
        for level in UNITS[: UNITS.index(self.level)]:
            code = checked_code(_cell(line, self.columns.unit_codes.get(level)), "parent")
            name = _cell(line, self.columns.unit_names.get(level))
            if code and name and code not in self.named:
                self.named.add(code)
                around = self._around(line, level)
                yield Entry(
                    sheet=self.sheet, line=line, columns=self.columns, level=level, name=checked_name(name), code=code,
                    around=around, vintage=self._vintage(line), is_in_passing=True,
                )  # fmt: skip

    def _cell(self, line: Line, role: str) -> str:
        return _cell(line, self.columns.roles.get(role))

    def _level(self, line: Line) -> str:
        said = fold_key(self._cell(line, "level"))
        if not said:
            if not self.level:
                raise CellWrong("level", "the level of the place is not said")
            return self.level
        if said not in LEVEL_WORDS:
            raise CellWrong("level", f"must be one of {', '.join(LEVELS)}, or 1 to 4")
        return LEVEL_WORDS[said]

    def _around(self, line: Line, level: str) -> tuple[tuple[str, str, str], ...]:
        above = UNITS[: LEVELS.index(level)]
        found = (
            (
                unit,
                checked_code(_cell(line, self.columns.unit_codes.get(unit)), "parent"),
                _cell(line, self.columns.unit_names.get(unit)),
            )
            for unit in reversed(above)
        )
        return tuple(each for each in found if each[1] or each[2])

    def _vintage(self, line: Line) -> str:
        said = self._cell(line, "vintage") or self.vintage or self.columns.vintage
        return said or self._cell(line, "dated")[:4]


def checked_name(name: str) -> str:
    """A name that can be shown and looked up."""
    name = " ".join(name.split())
    if not name:
        raise CellWrong("name", "the name is missing")
    if name[0] in FORMULA:
        raise CellWrong("name", "looks like a formula of a spreadsheet")
    if len(name) > LONGEST_NAME or not name.isprintable() or ";" in name:
        raise CellWrong("name", f"must be at most {LONGEST_NAME} printable characters without ;")
    if not any(letter.isalpha() for letter in fold_key(name)):
        raise CellWrong("name", "must be written with Latin letters; other spellings can stand beside it")
    return name


def checked_code(code: str, role: str) -> str:
    """A code in capitals; empty when there is none."""
    code = code.upper()
    if code and not CODE.fullmatch(code):
        raise CellWrong(role, "a code is made of letters, digits and hyphens")
    return code


def _cell(line: Line, at: int | None) -> str:
    return line.cells[at] if at is not None and at < len(line.cells) else ""


def _alternates(name: str, cells: list[str]) -> tuple[str, ...]:
    """Other spellings, each once; `Toya (Alafia)` and `Sangha/Ogol` are also known by each part."""
    typed = [part for cell in cells for part in re.split("[;|]", cell)]
    parts = [part or "" for part in BESIDE.split(name)] if BESIDE.search(name) else []
    found = {fold_key(name): ""}
    for each in (" ".join(part.split()) for part in [*typed, *parts]):
        key = fold_key(each)
        is_usable = each.isprintable() and len(each) <= LONGEST_NAME and each[:1] not in FORMULA
        if is_usable and len(key) > 2 and not key.isdigit() and key not in GENERIC:
            found.setdefault(key, each)
    return tuple(filter(None, found.values()))


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    if not latitude and not longitude:
        return None
    return _degrees(latitude, "latitude", 90), _degrees(longitude, "longitude", 180)


def _degrees(text: str, role: str, most: int) -> float:
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        raise CellWrong(role, "must be a number of degrees, like 14.63") from None
    if not -most <= degrees <= most:
        raise CellWrong(role, f"must be between -{most} and {most}")
    return round(degrees, DECIMALS)


def _day(text: str, role: str) -> str:
    if text and not DAY.fullmatch(text):
        raise CellWrong(role, "must be a day like 2023-03-13")
    return text
