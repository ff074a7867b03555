"""Which column of a table says what: known by its name, or told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.casework.placelist.sheet import Sheet
from gateway.errors import LakanaError
from parsers.codebook.gazetteer import LEVELS, fold_key

UNITS = LEVELS[:3]
# What a column is for, and the names it goes by once folded. The order within a line is the order of preference.
ROLES: Mapping[str, tuple[str, ...]] = {
    "code": (
        "pcode", "code", "placecode", "placepcode", "villagepcode", "villagecode", "codevillage", "localitepcode",
        "codelocalite", "locpcode", "settlementpcode", "featurepco", "featurepcode", "pplpcode", "adm4pcode",
        "admin4pcode", "rowcacode",
    ),
    "name": (
        "name", "nom", "placename", "nomvillage", "village", "villagename", "localite", "nomlocalite", "nomloc",
        "localitename", "settlement", "settlementname", "popplacename", "featurenam", "featurename", "nomfr", "namefr",
        "toponyme", "lieu", "ville", "adm4fr", "adm4name", "admin4namefr", "admin4name",
    ),
    "alternates": (
        "alternates", "altnames", "altname", "alternatenames", "alternatename", "autresnoms", "autrenom", "variantes",
        "aliases", "alias", "featurealt", "featurealt1", "featurealt2", "featureref", "adm4ref", "adm4alt1fr",
        "adm4alt2fr",
    ),
    "latitude": ("latitude", "lat", "y", "pointy", "ycoord", "latitudedd", "centerlat"),
    "longitude": ("longitude", "lon", "long", "lng", "x", "pointx", "xcoord", "longitudedd", "centerlon"),
    "parent": ("parent", "parentpcode", "parentcode", "codeparent"),
    "parent_2023": ("parent2023",),
    "level": ("level", "niveau", "adminlevel", "admlevel"),
    "vintage": ("vintage", "millesime", "codeyear"),
    "dated": ("validon", "date"),
    "valid_from": ("validfrom", "validedepuis"),
    "valid_to": ("validto", "validejusque"),
}  # fmt: skip
TOLD = tuple(dict.fromkeys((*ROLES, *UNITS, *(f"{level}_code" for level in UNITS))))
YEAR = re.compile(r"(.+?)((?:19|20)\d\d)")
OF_UNIT = re.compile(r"adm(?:in)?([123])(pcode|code|fr|namefr|name|nameen|en)")
OTHER_NAMES = re.compile(r"adm(?:in)?([123])(?:ref(?:name)?|alt(?:name)?\d|name\d)(?:fr|en)?")
CODE_WORDS = ("{}pcode", "{}code", "code{}", "pcode{}")
NAME_WORDS = ("{}", "nom{}", "{}name", "{}nom", "{}fr")


class ColumnWrong(LakanaError):
    """A column that is needed is not there, or one was told that is not in the file."""

    code = "column"


@dataclass
class Columns:
    """The place of each thing in a line: of the place itself by role, of the units around it by level."""

    roles: dict[str, int] = field(default_factory=dict)
    alternates: list[int] = field(default_factory=list)
    unit_codes: dict[str, int] = field(default_factory=dict)
    unit_names: dict[str, int] = field(default_factory=dict)
    unit_alternates: dict[str, list[int]] = field(default_factory=dict)
    vintage: str = ""

    @property
    def own_level(self) -> str:
        """In a table of units, the level that its lines are about: the smallest that has names."""
        if "name" in self.roles:
            return ""
        return max(self.unit_names, key=UNITS.index, default="")

    @property
    def are_known(self) -> bool:
        """Whether there are places to be read with these columns."""
        return "name" in self.roles or bool(self.unit_names and self.unit_codes)


def find(sheet: Sheet, told: Mapping[str, str]) -> Columns:
    """The columns of a table; `told` gives the name of a column for a role and goes before what is guessed."""
    keys = [fold_key(column) for column in sheet.columns]
    found = Columns()
    for role, names in ROLES.items():
        at = _told(sheet, told[role]) if role in told else _by_name(keys, names)
        if at is not None:
            found.roles[role] = at
    if "alternates" in found.roles:
        first = found.roles.pop("alternates")
        found.alternates = [first, *(at for at, key in enumerate(keys) if at != first and key in ROLES["alternates"])]
    for level in UNITS:
        _find_unit(sheet, keys, level=level, told=told, found=found)
    found.vintage = _year(keys, found)
    return found


def _find_unit(sheet: Sheet, keys: list[str], *, level: str, told: Mapping[str, str], found: Columns) -> None:
    number = str(UNITS.index(level) + 1)
    taken = set(found.roles.values())
    for what, words, into in (
        ("code", CODE_WORDS, found.unit_codes),
        ("name", NAME_WORDS, found.unit_names),
    ):
        role = level if what == "name" else f"{level}_code"
        at = _told(sheet, told[role]) if role in told else _by_name(keys, tuple(word.format(level) for word in words))
        if at is None:
            at = next((at for at, key in enumerate(keys) if _unit_column(key) == (number, what)), None)
        if at is not None and at not in taken:
            into[level] = at
    others = [at for at, key in enumerate(keys) if (other := OTHER_NAMES.fullmatch(key)) and other.group(1) == number]
    if others:
        found.unit_alternates[level] = others


def _unit_column(key: str) -> tuple[str, str] | None:
    found = OF_UNIT.fullmatch(key)
    return (found.group(1), "code" if found.group(2).endswith("code") else "name") if found else None


def _by_name(keys: list[str], names: tuple[str, ...]) -> int | None:
    """The column with the first of these names; one with a year behind it comes after one without."""
    for wanted in names:
        if wanted in keys:
            return keys.index(wanted)
    for at, key in enumerate(keys):
        dated = YEAR.fullmatch(key)
        if dated and dated.group(1) in names:
            return at
    return None


def _told(sheet: Sheet, column: str) -> int:
    for at, name in enumerate(sheet.columns):
        if name == column or fold_key(name) == fold_key(column):
            return at
    raise ColumnWrong(f"there is no column {column!r}; the columns are: {', '.join(filter(None, sheet.columns))}")


def _year(keys: list[str], found: Columns) -> str:
    """The scheme of the codes, when the name of their column tells its year: `pcode_2015`."""
    own = found.own_level
    at = found.roles.get("code", found.unit_codes.get(own) if own else None)
    dated = YEAR.fullmatch(keys[at]) if at is not None else None
    return dated.group(2) if dated else ""
