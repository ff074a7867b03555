"""The invented places and texts, read once from their two files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Region:
    """One reporting region: how often it writes, and the names that occur in its messages."""

    code: str
    weight: int
    names: tuple[str, ...]
    projects: tuple[tuple[str, str], ...]
    """Codes and titles of completed community projects."""
    parties: tuple[str, ...]


@cache
def regions() -> tuple[Region, ...]:
    """Every reporting region, the busiest first."""
    return tuple(
        Region(row["code"], row["weight"], tuple(row["names"]), tuple(row["projects"].items()), tuple(row["parties"]))
        for row in _read("places.toml")["region"]
    )


@cache
def texts() -> Mapping[str, Any]:
    """Patterns of texts by kind and language, words by language, and what officers write."""
    return _read("texts.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text("utf-8"))
