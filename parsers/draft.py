"""A parse in the making: what each character was used for, and the problems, until it is frozen."""

from collections.abc import Mapping
from itertools import groupby
from typing import Final

from parsers.fold import Folded
from parsers.leftovers import Located
from parsers.reading import Flag, Reading
from parsers.result import Kind, Parsed, Problem, Span, State
from parsers.tokens import Tokens

NOISE: Final = "noise"
NOTE: Final = "note"
UNREAD: Final = "unread"
KEYWORD: Final = "keyword"


class Draft:
    """One text with a use for each of its characters; all are noise until something claims them."""

    __slots__ = ("claims", "folded", "notes", "problems", "sender_code", "test", "text", "tokens")

    def __init__(self, text: str, folded: Folded, tokens: Tokens) -> None:
        self.text = text
        self.folded = folded
        self.tokens = tokens
        self.claims: list[tuple[int, int, str]] = []  # from, to, and what for; a later one wins
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.test = False
        self.sender_code: str | None = None

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where the atoms from `first` up to `last` stand in the original text."""
        if first >= last or first >= self.tokens.size:
            return 0, 0
        start, end = self.tokens.firsts[first], self.tokens.lasts[last - 1]
        return (start, end) if self.folded.origin is None else (self.folded.start(start), self.folded.end(end))

    def use(self, name: str, first: int, last: int) -> None:
        """Claims the characters of some atoms."""
        self.claims.append((*self.place(first, last), name))

    def use_all(self, readings: list[Reading]) -> None:
        """Claims the characters of each reading for its field."""
        if self.folded.origin is not None:
            for each in readings:
                self.use(each.field, each.first, each.last)
            return
        firsts, lasts = self.tokens.firsts, self.tokens.lasts
        self.claims += [(firsts[each.first], lasts[each.last - 1], each.field) for each in readings]

    def use_characters(self, name: str, start: int, end: int) -> None:
        """Claims a stretch of the original text."""
        self.claims.append((start, end, name))

    def flag(self, located: Located) -> None:
        """Turns a doubt about atoms into a problem in the text."""
        start, end = self.place(located.first, located.last)
        flag = located.flag
        self.problems.append(Problem(flag.code, located.field, flag.severity, start, end, flag.detail))

    def note_flag(self, flag: Flag, first: int = 0, last: int = 0, name: str | None = None) -> None:
        """A doubt about some atoms."""
        self.flag(Located(flag, first, last, name))

    def finish(
        self, kind: Kind, *, language: str | None, fields: Mapping[str, object], state: State | None = None
    ) -> Parsed:
        """The frozen parse; without a state, complete unless something is for a person."""
        if state is None:
            state = "check" if "check" in [problem.severity for problem in self.problems] else "complete"
        problems = sorted(dict.fromkeys(self.problems), key=_order) if self.problems else []
        return Parsed(
            text=self.text,
            kind=kind,
            language=language,
            state=state,
            fields=dict(fields),
            note=" ".join(note for note in self.notes if note),
            problems=tuple(problems),
            spans=self._spans(),
            test=self.test,
            sender_code=self.sender_code,
        )

    def _spans(self) -> tuple[Span, ...]:
        """One after the other without a gap; two of the same name that touch are one."""
        spans: list[Span] = []
        at, before = 0, ""
        for start, end, name in sorted(self.claims):
            if start == end:
                continue
            if start < at:
                return self._painted()
            if start > at:
                spans.append((NOISE, at, start))
            if start == at and name == before:
                start = spans.pop()[1]
            spans.append((name, start, end))
            at, before = end, name
        if at < len(self.text):
            spans.append((NOISE, at, len(self.text)))
        return tuple(spans)

    def _painted(self) -> tuple[Span, ...]:
        """The spans where claims overlap: character by character."""
        uses = [NOISE] * len(self.text)
        for start, end, name in self.claims:
            uses[start:end] = [name] * (end - start)
        spans: list[Span] = []
        at = 0
        for name, run in groupby(uses):
            last = at + sum(1 for _ in run)
            spans.append((name, at, last))
            at = last
        return tuple(spans)


def _order(problem: Problem) -> tuple[int, str]:
    return problem.start, problem.code
