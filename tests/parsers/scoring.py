"""Scores what was read against what a text says: ok, flagged (a person must look) or silent (wrong without a word)."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COUNTS = frozenset({"boys", "girls", "unknown"})
FLAGS = frozenset({"children_approximate", "date_approximate", "place_approximate", "urgent", "test"})
# Reading one of these where the text says nothing of the kind is an error; other additions are harmless.
NEVER_ADDED = ("violation", "boys", "girls", "unknown", "place", "date_from", "date_to", "party", "test")
# Commands, answers and the like are acted on by their kind: any state will do.
ANY_STATE = frozenset({"command", "network", "complaint", "answer"})
LETTERS = str.maketrans({"ɛ": "e", "ɔ": "o", "ɲ": "ny", "ŋ": "ng"})


@dataclass(frozen=True)
class Sample:
    """One invented text and what it truly says."""

    id: str
    text: str
    today: str
    lang: Any
    area: str | None
    kind: str
    fields: Mapping[str, Any]
    must_check: bool
    why: str


@dataclass(frozen=True)
class Score:
    """The outcome of one text, with each (field, what the text says, what was read) that differs."""

    outcome: str
    differences: tuple[tuple[str, object, object], ...]


def load(path: Path) -> list[Sample]:
    """The samples of one file, in its order."""
    return [Sample(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(sample: Sample, read: Mapping[str, Any]) -> Score:
    """`read` is the parse object of the contract."""
    differences = _differences(sample, read)
    looked_at = read["state"] in ("check", "unreadable")
    if sample.must_check:
        return Score("ok" if looked_at else "silent", differences)
    if not differences and (read["state"] == "complete" or read["kind"] in ANY_STATE):
        return Score("ok", differences)
    return Score("flagged" if looked_at else "silent", differences)


def _differences(sample: Sample, read: Mapping[str, Any]) -> tuple[tuple[str, object, object], ...]:
    found = {**{name: read.get(name) for name in ("test", "note")}, **read["fields"]}
    wrong: list[tuple[str, object, object]] = []
    if read["kind"] != sample.kind:
        wrong.append(("kind", sample.kind, read["kind"]))
    names = [*sample.fields, *(name for name in NEVER_ADDED if name not in sample.fields)]
    for name in names:
        if _comparable(name, sample.fields.get(name)) != _comparable(name, found.get(name)):
            wrong.append((name, sample.fields.get(name), found.get(name)))
    return tuple(wrong)


def _comparable(name: str, value: Any) -> object:
    if name in FLAGS:
        return bool(value)
    if value is None or value == "" or value == []:
        return frozenset({"0"}) if name in COUNTS else frozenset()
    if name == "place":
        value = value["name"]
    values = value if isinstance(value, (list, tuple)) else [value]
    return frozenset(_folded(item) for item in values)


def _folded(value: object) -> str:
    text = unicodedata.normalize("NFKD", str(value).casefold().translate(LETTERS))
    return re.sub(r"[^a-z0-9]+", "", text)
