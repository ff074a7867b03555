"""Twilio's error codes, read from the table beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Meaning:
    """The word we keep, and whether asking again can help."""

    reason: str
    retry: bool


@cache
def table() -> Mapping[int, Meaning]:
    """Every code that we know."""
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["error"]
    return {each["code"]: Meaning(each["reason"], each.get("retry", False)) for each in written}


def reason(code: str | int | None) -> str | None:
    """The word for what a receipt or the log gives as code; an unknown one is named by its number."""
    text = str(code or "")
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        return None
    known = table().get(int(text))
    return known.reason if known else f"error_{int(text)}"
