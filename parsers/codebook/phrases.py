"""Phrases of one or more words, their short notation, and a tree to find the phrases that begin at a word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from parsers.fold import fold

GROUP: Final = re.compile(r"\(([^()]*)\)")
WORD: Final = re.compile(r"[^\W_]+")
MOST_FORMS: Final = 400


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a table of the codebook and a value in it."""

    table: str
    value: str
    language: str = ""


# How many atoms each phrase that begins at a word has and what it means; and of each table the longest and its value.
Matches = Sequence[tuple[int, Meaning]]
Said = dict[str, tuple[int, str]]


@dataclass(slots=True)
class Node:
    """One step in the tree of phrases."""

    steps: "dict[str, Node]" = field(default_factory=dict)
    meanings: tuple[Meaning, ...] = ()


@cache  # four forms share most of their phrases
def expand(notation: str) -> tuple[str, ...]:
    """All the forms of `tué(e)(s)` (a part that may be there) and `(a|b)` (one or the other), folded."""
    forms = [notation]
    while len(forms) <= MOST_FORMS and (group := GROUP.search(forms[0])):
        inside = group.group(1)
        choices = inside.split("|") if "|" in inside else ["", inside]
        forms = [_replace_first(form, choice) for form in forms for choice in choices]
    return tuple(dict.fromkeys(" ".join(WORD.findall(fold(form).text)) for form in forms))


def _replace_first(form: str, choice: str) -> str:
    group = GROUP.search(form)
    return form if group is None else form[: group.start()] + choice + form[group.end() :]


class Phrases:
    """A tree of phrases; the same phrase may mean several things."""

    def __init__(self) -> None:
        self.root = Node()
        self.words: dict[str, set[tuple[str, str]]] = {}

    def add(self, notation: str, meaning: Meaning) -> None:
        """Files every form of a phrase under its words."""
        for form in expand(notation):
            node = self.root
            words = form.split()
            for word in words:
                node = node.steps.setdefault(word, Node())
                self.words.setdefault(word, set()).add((meaning.table, meaning.value))
            if words and meaning not in node.meanings:
                node.meanings = (*node.meanings, meaning)

    def alone(self) -> dict[str, tuple[Matches, Said, Node | None]]:
        """What each word that begins a phrase means without those behind it, and where its longer phrases go on."""
        found: dict[str, tuple[Matches, Said, Node | None]] = {}
        for word, node in self.root.steps.items():
            said = {meaning.table: (1, meaning.value) for meaning in reversed(node.meanings)}
            found[word] = tuple((1, meaning) for meaning in node.meanings), said, node if node.steps else None
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)
