"""A parse in the making: what each character was used for, and the problems, until it is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from parsers.fold import Folded
from parsers.leftovers import Located
from parsers.reading import Flag
from parsers.result import Kind, Parsed, Problem, Span, State
from parsers.tokens import Atom

NOISE, NOTE, UNREAD, KEYWORD = "noise", "note", "unread", "keyword"


@dataclass(slots=True)
class Draft:
    """One text with a use for each of its characters; all are noise until something claims them."""

    text: str
    folded: Folded
    atoms: tuple[Atom, ...]
    uses: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    test: bool = False
    sender_code: str | None = None

    def __post_init__(self) -> None:
        self.uses = [NOISE] * len(self.text)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where the atoms from `first` up to `last` stand in the original text."""
        if first >= last or first >= len(self.atoms):
            return 0, 0
        return self.folded.start(self.atoms[first].first), self.folded.end(self.atoms[last - 1].last)

    def use(self, name: str, first: int, last: int) -> None:
        """Claims the characters of some atoms."""
        start, end = self.place(first, last)
        self.use_characters(name, start, end)

    def use_characters(self, name: str, start: int, end: int) -> None:
        """Claims a stretch of the original text."""
        self.uses[start:end] = [name] * (end - start)

    def flag(self, located: Located) -> None:
        """Turns a doubt about atoms into a problem in the text."""
        start, end = self.place(located.first, located.last)
        flag = located.flag
        self.problems.append(Problem(flag.code, located.field, flag.severity, start, end, flag.detail))

    def note_flag(self, flag: Flag, first: int = 0, last: int = 0, name: str | None = None) -> None:
        """A doubt about some atoms."""
        self.flag(Located(flag, first, last, name))

    def finish(self, kind: Kind, *, language: str | None, fields: Mapping[str, object], state: State | None = None) -> Parsed:
        """The frozen parse; without a state, complete unless something is for a person."""
        if state is None:
            state = "check" if any(problem.severity == "check" for problem in self.problems) else "complete"
        problems = sorted(dict.fromkeys(self.problems), key=lambda problem: (problem.start, problem.code))
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
        spans, start = [], 0
        for name, run in groupby(self.uses):
            end = start + len(list(run))
            spans.append(Span(name, start, end))
            start = end
        return tuple(spans)
