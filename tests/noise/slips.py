"""Slips of the thumb, and whether a misspelt name could still be only one place."""

import csv
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.codebook.gazetteer import BUILT_IN

KEYS = ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz")  # of a telephone with twelve of them
BESIDE = {letter: key.replace(letter, "") for key in KEYS for letter in key}
# Ordinary words one letter from a keyword: typed so, they are what they say.
WORDS_NEAR_KEYWORDS = ("en", "enfants", "enfin", "alerter", "alertes", "alerté", "lis", "lit", "li", "lie", "bib")
Slip = Callable[[str, Random], str]


def dropped(word: str, rng: Random) -> str:
    """One letter less."""
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def doubled(word: str, rng: Random) -> str:
    """One letter twice."""
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def swapped(word: str, rng: Random) -> str:
    """Two neighbours in each other's place."""
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def pressed(word: str, rng: Random) -> str:
    """A key of the telephone pressed once too often, or not often enough."""
    at = rng.choice([at for at, letter in enumerate(word) if letter.casefold() in BESIDE])
    return word[:at] + rng.choice(BESIDE[word[at].casefold()]) + word[at + 1 :]


def folded(name: str) -> str:
    """The letters and digits of a name, as names are compared."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(str.maketrans({"ɛ": "e", "ɔ": "o", "ɲ": "ny"})))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


@cache
def names() -> dict[str, frozenset[str]]:
    """Every spelling in the file of places, with the proper names it stands for."""
    found: dict[str, set[str]] = {}
    with BUILT_IN.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for spelling in (row["name"], *row["alternates"].split(";")):
                found.setdefault(folded(spelling), set()).add(folded(row["name"]))
    return {spelling: frozenset(proper) for spelling, proper in found.items() if spelling}


@cache
def regions(name: str) -> frozenset[str]:
    """The regions in which there is a place of this name."""
    with BUILT_IN.open(encoding="utf-8", newline="") as rows:
        return frozenset(row["region"] for row in csv.DictReader(rows) if folded(row["name"]) == folded(name))


@cache
def within(typed: str, edits: int) -> frozenset[str]:
    """The proper names of the places with a spelling at most so many edits from this."""
    near = process.extract(folded(typed), names().keys(), scorer=OSA.distance, score_cutoff=edits, limit=None)
    return frozenset().union(*(names()[spelling] for spelling, _, _ in near))


def misspelt(place: str, slip: Slip, rng: Random) -> str:
    """The name with one such slip, near to no other place; a name that bears none stays as it is."""
    for _ in range(20):
        typed = slip(place, rng)
        if folded(typed) not in names() and within(typed, 1) == {folded(place)}:
            return typed
    return place


def keyword(word: str, slip: Slip, rng: Random) -> str:
    """The keyword with one such slip, near to no other keyword and to no word that people use."""
    for _ in range(20):
        typed = slip(word, rng)
        near = [key for key in keywords() if OSA.distance(typed.casefold(), key) <= 1]
        if typed.casefold() not in (*keywords(), *WORDS_NEAR_KEYWORDS) and near == [word.casefold()]:
            return typed
    return word


@cache
def keywords() -> tuple[str, ...]:
    """Every keyword of the codebook."""
    forms = tomllib.loads(BUILT_IN.with_name("forms.toml").read_text(encoding="utf-8"))
    lists = [row.get(language, ()) for row in forms["keyword"] for language in ("fr", "en", "any", "bm")]
    return tuple(word.casefold() for words in lists for word in words)
