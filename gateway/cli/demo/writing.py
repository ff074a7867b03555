"""How the invented people write: the same facts, in many hands, with the slips of cheap phones."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from random import Random
from string import Formatter
from typing import Any

from gateway.cli.demo.words import Region, texts
from gateway.records.codes import COUNTED_BY_VICTIMS

# A field left empty leaves its separator or its label behind; one child is not plural.
_EMPTY = re.compile(r"([ ;\n])(?:[23]=)?(?=\1)")
_ONE = re.compile(r"\b1 (garcon|fille|enfant|boy|girl)s\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody saw; two people may write of the same facts."""

    region: Region
    place: str
    violation: str
    boys: int
    girls: int
    low: int
    high: int
    happened_on: date
    party: str


def facts(rng: Random, region: Region, happened_on: date) -> Facts:
    """Invents what happened."""
    kinds = texts()["violation"]
    violation = rng.choices(list(kinds), [kind["weight"] for kind in kinds.values()])[0]
    boys, girls = rng.choice([(1, 0), (2, 0), (3, 0), (0, 1), (0, 2), (2, 1), (1, 2), (3, 2), (4, 1), (1, 1)])
    if violation == "sexual_violence":
        boys, girls = 0, rng.choice([1, 1, 1, 2])
    low = rng.randint(7, 15)
    return Facts(
        region=region,
        place=rng.choice(region.names),
        violation=violation,
        boys=boys,
        girls=girls,
        low=low,
        high=low + rng.randint(1, 2),
        happened_on=happened_on,
        party=rng.choice(region.parties),
    )


def write(rng: Random, kind: str, seen: Facts, *, on: date, language: str = "fr", is_loose: bool = False) -> str:
    """One text of this kind about these facts, written on that day."""
    patterns = texts()[kind][language]
    chosen = patterns["loose"] if (is_loose and patterns["loose"]) or not patterns["clear"] else patterns["clear"]
    return _filled(rng, rng.choice(chosen), seen, on=on, language=language).strip()


def follow_up(rng: Random, reference: str, seen: Facts, *, on: date, what: str, language: str = "fr") -> str:
    """A later text that names the report: it completes, corrects or takes back."""
    if what == "cancel":
        return f"{'ANNUL' if language == 'fr' else 'CANCEL'} {reference}"
    if what == "correct":
        keyword = "MOD" if language == "fr" else "FIX"
        return _filled(rng, f"{keyword} {reference} 2 {{count}}", seen, on=on, language=language)
    return _filled(rng, f"{reference} 4 {{place}} 5 {{day}}", seen, on=on, language=language)


def as_typed(rng: Random, text: str, language: str = "fr") -> str:
    """The text as it leaves a real hand: greetings, no accents, one case, a slip."""
    words = texts()["words"][language]
    slip = rng.random()
    if slip < 0.10:
        return f"{rng.choice(words['hello'])}{text}"
    if slip < 0.18 and "//" not in text:
        return f"{text}{rng.choice(words['thanks'])}"
    if slip < 0.38:
        return text.lower()
    if slip < 0.48:
        return text.upper()
    if slip < 0.72:
        return _without_accents(text)
    if slip < 0.77:
        return text.replace(" ", "  ")
    if slip < 0.81:
        return _with_a_slip(rng, text)
    return text


def _filled(rng: Random, pattern: str, seen: Facts, *, on: date, language: str) -> str:
    words, violation = texts()["words"][language], texts()["violation"][seen.violation]
    given: dict[str, Any] = {
        "n": violation["n"],
        "m": violation["m"],
        "w": rng.choice(violation[language]),
        "count": _count(rng, words["count"], seen),
        "ages": _ages(rng, words["ages"], seen),
        "place": seen.place,
        "day": _day(rng, words, seen.happened_on, on),
        "today": rng.choice(words["today"]),
        "party": seen.party,
        "source": rng.choice(words["source"]),
        "need": rng.choice(words["need"]),
        "note": rng.choice(violation[f"notes_{language}"]),
        "code": rng.choice(seen.region.projects or (("GAO-23-004", ""),))[0],
        "rating": rng.randint(1, 5),
    }
    return _EMPTY.sub("", pattern.format_map(given))


def _count(rng: Random, patterns: list[str], seen: Facts) -> str:
    if seen.violation not in COUNTED_BY_VICTIMS:
        return ""
    given = {name for name, count in (("b", seen.boys), ("g", seen.girls)) if count}
    usable = [pattern for pattern in patterns if _names(pattern) in (given, {"t"})]
    pattern = rng.choice(usable)
    return _ONE.sub(r"1 \1", pattern.format(b=seen.boys, g=seen.girls, t=seen.boys + seen.girls))


def _ages(rng: Random, patterns: list[str], seen: Facts) -> str:
    if seen.violation not in COUNTED_BY_VICTIMS:
        return ""
    return rng.choice(patterns).format(low=seen.low, high=seen.high)


def _day(rng: Random, words: dict[str, list[str]], happened_on: date, on: date) -> str:
    ago = (on - happened_on).days
    patterns = [p for p in words["day"] if p != "{relative}" or 0 <= ago < len(words["relative"])]
    relative = words["relative"][ago] if 0 <= ago < len(words["relative"]) else ""
    written = {"d": happened_on.day, "mo": happened_on.month, "y": happened_on.year, "relative": relative}
    return rng.choice(patterns).format_map(written)


def _names(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _with_a_slip(rng: Random, text: str) -> str:
    """Swaps two neighbours inside one long word."""
    long_words = [word for word in text.split() if len(word) > 6 and word.isalpha()]
    if not long_words:
        return text
    word = rng.choice(long_words)
    at = rng.randrange(1, len(word) - 2)
    return text.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1)
