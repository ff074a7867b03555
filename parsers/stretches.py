"""A stretch of a message that may be one report, read as a message of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from parsers.codebook.book import Codebook, Keyword
from parsers.draft import Second
from parsers.message import Part, read_one
from parsers.result import Parsed, ReporterContext

TO_THE_END: Final = re.compile(r"[;\s]*\Z")
PARTS_OF: Final = {
    "children": ("boys", "girls", "unknown"),
    "date": ("date_from",),
    "age": ("age_min",),
    "needs": ("urgent",),
}


class Report(NamedTuple):
    """A stretch of the message that may be one report, and the names of what is given in it."""

    start: int
    end: int
    parsed: Parsed
    seconds: Sequence[Second]
    given: frozenset[str]
    assumed: Keyword | None = None
    is_stale: bool = False  # more was added since it was read
    is_doubtful: bool = False  # whether it is a report of its own
    holds_more: bool = False  # another report may be in it

    def with_more(self, other: "Report", *, holds_more: bool = False) -> "Report":
        """The two as one report, to be read once all is together."""
        given, holds_more = self.given | other.given, self.holds_more or holds_more
        return self._replace(end=other.end, given=given, is_stale=True, holds_more=holds_more)


class Reader(NamedTuple):
    """Reads stretches of one message."""

    text: str
    today: date
    reporter: ReporterContext
    book: Codebook

    def read(self, start: int, end: int, assumed: Keyword | None = None) -> Report:
        """A stretch as a message of its own; only the first may lean on what is known of the sender's last ones."""
        is_last = TO_THE_END.match(self.text, end) is not None
        reporter = replace(self.reporter, asked=None, project=None) if start else self.reporter
        parsed, seconds = read_one(
            self.text[start:end],
            today=self.today,
            reporter=reporter,
            book=self.book,
            part=Part(self.text if is_last else "", assumed),
        )
        return Report(start, end, parsed, seconds, frozenset(parsed.fields), assumed)

    def settled(self, report: Report) -> Report:
        """The report as it reads with all that was added to it."""
        if not report.is_stale:
            return report
        read = self.read(report.start, report.end, report.assumed)
        return read._replace(is_doubtful=report.is_doubtful, holds_more=report.holds_more)

    def has_subject(self, report: Report) -> bool:
        """Whether it says what a report of its kind is about."""
        form = self.book.forms.get(kind_of(report.parsed))
        return bool(form and form.required and _is_given(form.required[0], report))

    def stands(self, report: Report) -> bool:
        """Whether it also says one more thing that such a report must say."""
        form = self.book.forms.get(kind_of(report.parsed))
        if form is None or not self.has_subject(report):
            return False
        return len(form.required) == 1 or any(_is_given(name, report) for name in form.required[1:])


def kind_of(parsed: Parsed) -> str:
    """The kind of a report, also where it is only a guess."""
    guessed = [problem.detail for problem in parsed.problems if problem.code == "guessed_kind"]
    return guessed[0] if guessed else parsed.kind


def _is_given(name: str, report: Report) -> bool:
    return not report.given.isdisjoint(PARTS_OF.get(name, (name,)))
