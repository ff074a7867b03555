"""A parse in the making: what each character was used for, and the problems, until it is frozen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.fold import Folded
from parsers.leftovers import Located
from parsers.reading import Flag
from parsers.result import Kind, Parsed, Problem, Span, State
from parsers.tokens import Tokens

MANY_NAMES = 48
BYTES = tuple(bytes((number,)) for number in range(256))
# Runs of one byte; each small one by its own branch, which is far quicker than looking back.
RUN = re.compile(b"|".join([*(b"\\x%02x+" % name for name in range(MANY_NAMES)), rb"(.)\1*"]), re.DOTALL)
NOISE, NOTE, UNREAD, KEYWORD = "noise", "note", "unread", "keyword"


@dataclass(slots=True)
class Draft:
    """One text with a use for each of its characters; all are noise until something claims them."""

    text: str
    folded: Folded
    tokens: Tokens
    uses: bytearray = field(default_factory=bytearray)
    numbers: dict[str, int] = field(default_factory=lambda: {NOISE: 0})
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    test: bool = False
    sender_code: str | None = None

    def __post_init__(self) -> None:
        self.uses = bytearray(len(self.text))

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where the atoms from `first` up to `last` stand in the original text."""
        if first >= last or first >= self.tokens.size:
            return 0, 0
        start, end = self.tokens.firsts[first], self.tokens.lasts[last - 1]
        return (start, end) if self.folded.origin is None else (self.folded.start(start), self.folded.end(end))

    def use(self, name: str, first: int, last: int) -> None:
        """Claims the characters of some atoms."""
        start, end = self.place(first, last)
        number = self.numbers.setdefault(name, len(self.numbers))
        self.uses[start:end] = BYTES[number] * (end - start)

    def use_characters(self, name: str, start: int, end: int) -> None:
        """Claims a stretch of the original text."""
        number = self.numbers.setdefault(name, len(self.numbers))
        if end > start:
            self.uses[start:end] = BYTES[number] * (end - start)

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
        names, uses = list(self.numbers), self.uses
        return tuple([Span(names[uses[run.start()]], *run.span()) for run in RUN.finditer(uses)])


def _order(problem: Problem) -> tuple[int, str]:
    return problem.start, problem.code
