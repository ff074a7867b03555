"""What stands on a pocket card, taken from the codebook: never written twice, so never out of step with the parser."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from parsers.codebook.book import Codebook, Field, Form, Value

LANGUAGES = ("fr", "en")


class Detail(StrEnum):
    """How much a card tells: next to nothing, the codes, or what they mean."""

    NEUTRAL = "neutral"
    CODES = "codes"
    EXPLAINED = "explained"


# A list of armed groups in a pocket is read as a list of enemies: only the card for the training room has it. On the
# neutral card no list stands whose codes tell what is reported.
UNTOLD: Mapping[Detail, tuple[str, ...]] = {
    Detail.NEUTRAL: ("party", "violation", "threat", "how", "problem"),
    Detail.CODES: ("party",),
    Detail.EXPLAINED: (),
}


@dataclass(frozen=True)
class Choice:
    """One value: what to type, and what it means on the card for the training room or of an own form."""

    typed: str
    means: str = ""


@dataclass(frozen=True)
class Line:
    """One field: its number, what it asks, its values or how to write it."""

    number: int
    asks: str
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Card:
    """A whole card."""

    title: str
    keywords: tuple[str, ...]
    lines: tuple[Line, ...]
    example: str
    words: Mapping[str, str]
    notes: tuple[str, ...]
    is_for_training: bool = False


def make(book: Codebook, form_name: str, language: str, *, detail: Detail = Detail.CODES) -> Card:
    """The card of a form in a language."""
    form, words = book.forms[form_name], _words()[language]
    lines = tuple(_line(book, form, field, language, detail) for field in form.fields)
    keywords = keywords_of(book, form_name, language)
    commands = {name: _command(book, name, language) for name in ("correct", "help", "stop")}
    notes = [words["free"], words["later"].format(**commands), words["help"].format(**commands)]
    notes += [] if detail is Detail.EXPLAINED else [words["safety"]]
    return Card(
        title=form.title.get(language) or next(iter(form.title.values()), words["title"]),
        keywords=keywords if detail is Detail.EXPLAINED else keywords[:1],
        lines=lines,
        example=_example(book, form_name, language, detail),
        words={name: text for name, text in words.items() if isinstance(text, str)},
        notes=tuple(notes),
        is_for_training=detail is Detail.EXPLAINED,
    )


def keywords_of(book: Codebook, form_name: str, language: str) -> tuple[str, ...]:
    """The keywords of a form in a language, the shortest first: CHILD on a card says what INC does not."""
    words = [keyword for keyword in book.keywords.values() if keyword.kind == form_name]
    mine = [each for each in words if each.language in (language, None)]
    ranked = sorted(mine or words, key=lambda each: (len(each.word), each.language is None))
    return tuple(each.word.upper() for each in ranked)


def usage(book: Codebook, form_name: str, language: str) -> str:
    """A text that could be sent: each field by its number, with its first value or an invented one."""
    form, keyword = book.forms[form_name], keywords_of(book, form_name, language)[0]
    parts = [f"{field.number}={_sample(book, field)}" for field in form.fields if field.reader != "note"]
    return " ".join([keyword, *parts])


def as_text(card: Card) -> str:
    """The card in plain lines, for a screen or a message."""
    said = [f"{card.title}: {card.keywords[0]}"]
    for line in card.lines:
        choices = ", ".join(f"{each.typed}{f' {each.means}' if each.means else ''}" for each in line.choices)
        asks = line.asks if line.asks.endswith("?") else line.asks + card.words["colon"].rstrip()
        said.append(f"{line.number}{'*' if line.is_required else ' '} {asks} {choices or line.hint}")
    said.append(f"* {card.words['required'].lower()}")
    said.append(f"{card.words['example']}{card.words['colon']}{card.example}")
    return "\n".join(said).replace("\u00a0", " ")


def _example(book: Codebook, form_name: str, language: str, detail: Detail) -> str:
    words = _words()[language]
    kept = words["neutral"].get(form_name) if detail is Detail.NEUTRAL else None
    kept = kept or words["examples"].get(form_name)
    return f"{keywords_of(book, form_name, language)[0]} {kept}" if kept else usage(book, form_name, language)


def _line(book: Codebook, form: Form, field: Field, language: str, detail: Detail) -> Line:
    words = _words()[language]
    is_untold = field.values in UNTOLD[detail]
    values = () if is_untold else book.values.get(field.values, ())
    hint = words["untold"] if is_untold else words["hints"].get(field.reader, "")
    if field.reader == "numbers" and field.lowest is not None and field.highest is not None:
        hint = f"{field.lowest:g} – {field.highest:g}"
    return Line(
        number=field.number,
        asks=field.says.get(language) or words["asks"].get(field.name) or _label(field),
        choices=tuple(_choice(field, value, language, detail) for value in values),
        hint=hint,
        is_required=field.name in form.required,
    )


def _label(field: Field) -> str:
    """What a field without words in this language is called."""
    label = " ".join(field.labels[0]) if field.labels else field.name
    return next(iter(field.says.values()), label)


def _choice(field: Field, value: Value, language: str, detail: Detail) -> Choice:
    card = value.card[0] if value.card else ""
    typed = " ".join(str(part) for part in (value.number, card) if part)
    ours = _words()[language]["means"].get(field.values, {}) if detail is Detail.EXPLAINED else {}
    means = value.says.get(language) or ours.get(value.code) or ("" if card else next(iter(value.says.values()), ""))
    return Choice(typed, "" if means.lower() == card.lower() else means)


def _command(book: Codebook, name: str, language: str) -> str:
    words = [each for each in book.keywords.values() if each.command == name]
    mine = [each for each in words if each.language == language] or [each for each in words if not each.language]
    return (mine or words)[0].word.upper()


def _sample(book: Codebook, field: Field) -> str:
    if field.reader == "choices":
        value = book.values[field.values][0]
        return str(value.number or value.card[0])
    if field.reader == "numbers":
        lowest = field.lowest or 0
        return f"{min(max(lowest, 12), field.highest if field.highest is not None else 12):g}"
    return _SAMPLES[field.reader]


_SAMPLES: Mapping[str, str] = {
    "counts": "3G2F",
    "ages": "12-15",
    "dates": "14/11",
    "places": "ANSONGO",
    "projects": "GAO-22-014",
    "ratings": "4",
    "texts": "...;",
}


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
