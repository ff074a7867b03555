"""A deployment's own replies (`replies.toml` in its codebook folder), looked over before any phone gets one."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from gateway.texts import gsm
from gateway.texts.catalogue import ReplyKind, catalogues, variables
from gateway.texts.neutral import giveaways
from parsers import several
from parsers.codebook import sources
from parsers.codebook.book import Codebook
from parsers.codebook.faults import Fault
from parsers.codebook.sources import Source

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_AND = "and"
_KINDS = frozenset(kind.value for kind in ReplyKind)
_LINES = range(1, 10)
# The longest that each variable can be.
_REFERENCE, _NUMBER, _CODES = "K7Q28A", "+" + "9" * 15, "1=3"


def check(folder: Path | None, book: Codebook) -> list[Fault]:
    """Every reply that must not be sent, by file and line; `book` has the words that would give a report away."""
    own, faults = sources.own(folder)
    files = [source for source in own if source.name == sources.REPLIES]
    faults = [fault for fault in faults if fault.file == sources.REPLIES]
    return faults + [fault for source in files for fault in _check(source, book)]


def _check(source: Source, book: Codebook) -> Iterator[Fault]:
    for language, texts in source.document.items():
        if not _LANGUAGE.fullmatch(language) or not isinstance(texts, dict):
            yield source.fault((language,), f"{language!r} must be the table of a language, like [fr]")
            continue
        if language not in catalogues():
            lacking = sorted((_KINDS | {_AND}) - texts.keys())
            if lacking:
                yield source.fault((language,), f"{language!r} is a new language and lacks {', '.join(lacking)}")
        word_and = texts.get(_AND, "et")
        for kind, text in texts.items():
            for reason in _wrong(kind, text, str(word_and), book):
                yield source.fault((language, kind), f"the reply `{kind}` {reason}")


def _wrong(kind: str, text: object, word_and: str, book: Codebook) -> Iterator[str]:
    if kind not in _KINDS | {_AND}:
        yield f"does not exist; there are {', '.join(sorted(_KINDS))} and `{_AND}`"
        return
    if not isinstance(text, str) or not text.strip():
        yield "must be a text"
        return
    strange = sorted({character for character in text if gsm.septets(character) is None})
    if strange:
        yield f"is not in the GSM alphabet: {' '.join(map(ascii, strange))}; write it without accents"
    if given_away := giveaways(text, book):
        yield f"could give away what a report was about: {', '.join(given_away)}"
    if kind == _AND:
        return
    if (reason := _wrong_variables(ReplyKind(kind), text)) is not None:
        yield reason
    elif not strange and (room := gsm.septets(_longest(text, word_and)) or 0) > gsm.ONE_PART:
        yield f"takes {room} of {gsm.ONE_PART} characters at its longest: it must fit one message"


def _wrong_variables(kind: ReplyKind, text: str) -> str | None:
    needed = variables(catalogues()["fr"].texts[kind])
    told = ", ".join(f"{{{name}}}" for name in sorted(needed)) or "none"
    try:
        parts = [(name, form, conversion) for _, name, form, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        return f"has a brace that is not closed or not opened; its variables are {told}"
    names = {name for name, _, _ in parts}
    if any(form or conversion for _, form, conversion in parts) or names - {"answers"} != needed - {"answers"}:
        return f"must have exactly these variables: {told}"
    return None if "answers" in needed or "answers" not in names else f"must have exactly these variables: {told}"


def _longest(text: str, word_and: str) -> str:
    lines = [str(line) for line in _LINES]
    fields = f"{', '.join(lines[:-1])} {word_and} {lines[-1]}"
    references = f"{', '.join([_REFERENCE] * (several.MOST - 1))} {word_and} {_REFERENCE}"
    lacking = f"{_REFERENCE} {fields}"
    answers = " ".join(f"{line} ..." for line in lines)
    return text.format(
        reference=_REFERENCE,
        number=_NUMBER,
        codes=_CODES,
        fields=fields,
        answers=answers,
        references=references,
        lacking=lacking,
    )
