"""The files of a codebook: the built-in ones, and what a deployment's own folder puts in their place or adds.

What an own file names (a form, the words of a keyword, a list, a table of words) replaces what is built in under that
name; all else stays. `forms/*.toml` hold one form each, with its lists and words, and are the easiest to add or remove.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from parsers.codebook import lines
from parsers.codebook.faults import Fault
from parsers.codebook.lines import Lines

BUILT_IN = Path(__file__).parent
LANGUAGES = ("fr", "en", "bm")
FORMS, VALUES, PARTIES, NETWORK, REPLIES = "forms.toml", "values.toml", "parties.toml", "network.toml", "replies.toml"
WORDS = {f"words.{language}.toml": language for language in LANGUAGES}
NOISE = {f"noise.{language}.toml": language for language in LANGUAGES}
FILES = (FORMS, VALUES, PARTIES, NETWORK, REPLIES, *WORDS, *NOISE)
ONE_FORM_EACH = "forms"
Document = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """One own file, as it was written and as it was read."""

    name: str
    text: str
    document: Document

    @cached_property
    def where(self) -> Lines:
        """Where each entry stands."""
        return lines.read(self.text)

    def fault(self, path: lines.Path, reason: str, literal: str = "") -> Fault:
        """Something wrong with an entry, on its line; in a long list, on the line with `literal` on it."""
        return Fault(self.name, self.where.of(path, literal), reason)

    @property
    def holds_forms(self) -> bool:
        """Whether it is a file of forms: the general one, or that of a single form."""
        return self.name == FORMS or self.name.startswith(f"{ONE_FORM_EACH}/")


def own(folder: Path | None) -> tuple[list[Source], list[Fault]]:
    """The files of a deployment's folder, and what could not be read of them."""
    found: list[Source] = []
    faults: list[Fault] = []
    for path in sorted([*folder.glob("*.toml"), *folder.glob(f"{ONE_FORM_EACH}/*.toml")]) if folder else ():
        name = path.relative_to(folder or path).as_posix()
        if "/" not in name and name not in FILES:
            faults.append(Fault(name, 1, f"no file of a codebook has this name; there are {', '.join(FILES)}"))
            continue
        read = _read(name, path)
        if isinstance(read, Source):
            found.append(read)
        else:
            faults.append(read)
    return found, faults


def of_text(name: str, text: str) -> Source:
    """A file that is not written yet."""
    return Source(name, text, tomllib.loads(text))


def _read(name: str, path: Path) -> Source | Fault:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Fault(name, 1, f"cannot be read ({error.strerror})")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Fault(name, raw[: error.start].count(b"\n") + 1, "is not written in UTF-8")
    try:
        return Source(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line, reason = lines.of_error(error, text)
        return Fault(name, line, f"is no TOML: {reason}")


def built_in(name: str) -> Document:
    """One of the files that come with the program."""
    return tomllib.loads((BUILT_IN / name).read_text(encoding="utf-8"))


def merged(name: str, sources: list[Source]) -> Document:
    """A file as it counts: the built-in one, with what the own files put in its place."""
    document = built_in(name)
    for source in sources:
        if source.name == name and name != FORMS:
            document |= source.document
        elif source.holds_forms:
            document = _with_form(name, document, source.document)
    return document


def _with_form(name: str, document: Document, given: Document) -> Document:
    """What a file of forms says about forms, about lists, or about words."""
    if name == FORMS:
        return {
            "keyword": _keywords(document["keyword"], given.get("keyword", [])),
            "forms": document["forms"] | given.get("forms", {}),
            "languages": document["languages"] | given.get("languages", {}),
        }
    if name == VALUES:
        added: Document = given.get("values", {})
    else:
        added = given.get("words", {}).get(WORDS[name], {}) if name in WORDS else {}
    return document | added


def _keywords(before: list[Document], given: list[Document]) -> list[Document]:
    """The rows of both; a row about the same form or command takes the other's place."""
    replaced = {opens(row) for row in given}
    return [*(row for row in before if opens(row) not in replaced), *given]


def opens(row: Mapping[str, Any]) -> tuple[str, str]:
    """What the keywords of a row open."""
    return str(row.get("kind", "")), str(row.get("command", ""))
