"""On which line of a TOML file an entry stands: the standard reader does not tell, and people mend files by line."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
DECODER_LINE = re.compile(r"\(at line (\d+),")


@dataclass(frozen=True)
class Lines:
    """The text of a file, and the line of each table and key in it."""

    text: tuple[str, ...]
    found: dict[Path, int]

    def of(self, path: Path, literal: str = "") -> int:
        """The line of an entry, or of the nearest thing around it; in a long value, the line with `literal` on it."""
        inside = [line for each, line in self.found.items() if each[: len(path)] == path]
        while not inside:
            path = path[:-1]
            inside = [self.found[path]] if path in self.found else [] if path else [1]
        first = min(inside)
        if not literal:
            return first
        last = min((line for line in self.found.values() if line > first), default=len(self.text) + 1)
        return next((line for line in range(first, last) if literal in self.text[line - 1]), first)


def of_error(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """The line and the reason of what is no TOML."""
    said = str(error)
    found = DECODER_LINE.search(said)
    reason = said.split(" (at ")[0]
    return (int(found[1]) if found else max(len(text.splitlines()), 1)), reason[:1].lower() + reason[1:]


def read(text: str) -> Lines:
    """Walks over the lines of a file that is known to be TOML."""
    lines = tuple(text.splitlines())
    found: dict[Path, int] = {}
    rows: dict[Path, int] = {}
    table: Path = ()
    at = 0
    while at < len(lines):
        line, here = lines[at].strip(), at
        at += 1
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            table = _header(line, rows)
            found.setdefault(table, here + 1)
            continue
        while not _is_whole("\n".join(lines[here:at])) and at < len(lines):
            at += 1
        found.setdefault(table + _key(line), here + 1)
    return Lines(lines, found)


def _header(line: str, rows: dict[Path, int]) -> Path:
    """`[forms.water]` and `[[forms.water.field]]`, the latter with the number of the row it begins."""
    names = _names(line)
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, rows[path]) if path in rows else path
    path = (*path, names[-1])
    if line.startswith("[["):
        rows[path] = rows.get(path, -1) + 1
        return (*path, rows[path])
    return path


def _key(line: str) -> Path:
    """The names before the equals sign, which a quoted name may hold too."""
    for at, sign in enumerate(line):
        if sign == "=" and _is_whole(line[:at] + "= 0"):
            return tuple(_names(line[:at] + "= 0"))
    return ()


def _names(text: str) -> list[str]:
    """The one path through what a header or a key alone stands for."""
    inner: Any = tomllib.loads(text)
    names = []
    while inner:
        if isinstance(inner, list):
            inner = inner[0]
        elif isinstance(inner, dict):
            name, inner = next(iter(inner.items()))
            names.append(name)
        else:
            break
    return names


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True
