"""What a parse gives back: frozen values, the only thing callers see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

# incident, project, alert, release, complaint, command, answer, network, unknown; or the name of an own form.
Kind = str
State = Literal["complete", "check", "unreadable"]
Severity = Literal["note", "check"]


class Problem(NamedTuple):
    """Something guessed, corrected, missing or doubtful; `check` means that a person must look."""

    code: str
    field: str | None = None
    severity: Severity = "check"
    start: int = 0
    end: int = 0
    detail: str = ""


# A stretch of the original text: what it was used for, and from where to where.
Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class ReporterContext:
    """What is known about the sender before the text is read."""

    language: Literal["fr", "en"] | None = None
    area: str | None = None
    asked: tuple[str, str] | None = None
    project: str | None = None


class Parsed(NamedTuple):
    """The meaning of one text, with everything that is doubtful about it."""

    text: str
    kind: Kind
    language: str | None
    state: State
    fields: Mapping[str, object]
    note: str = ""
    problems: tuple[Problem, ...] = ()
    spans: tuple[Span, ...] = ()
    test: bool = False
    sender_code: str | None = None
    more: tuple["Parsed", ...] = ()  # the other reports of the same text, each with its own characters of it

    @property
    def needs_check(self) -> bool:
        """Whether a person must look before this counts as complete."""
        return self.state != "complete"

    def as_dict(self) -> dict[str, object]:
        """The parse object of the contract, ready for JSON."""
        spans: dict[str, list[list[int]]] = {}
        for name, start, end in self.spans:
            spans.setdefault(name, []).append([start, end])
        shown: dict[str, object] = {
            "text": self.text,
            "kind": self.kind,
            "language": self.language,
            "state": self.state,
            "fields": {name: _plain(value) for name, value in self.fields.items()},
            "note": self.note,
            "problems": [_problem(problem) for problem in self.problems],
            "spans": spans,
        }
        if self.test:
            shown["test"] = True
        if self.sender_code is not None:
            shown["sender_code"] = self.sender_code
        if self.more:
            shown["more"] = [part.as_dict() for part in self.more]
        return shown


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "field": problem.field,
        "severity": problem.severity,
        "start": problem.start,
        "end": problem.end,
        "detail": problem.detail,
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    return value
