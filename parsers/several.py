"""Several reports in one message: taken apart at `;;` and at a second keyword, each read as a message of its own.

What is certain is taken apart, what is doubtful is taken apart and laid before a person, and what is no report by
itself stays with the one before it. A report takes nothing from another but its kind, and that is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from parsers.codebook.book import Codebook, Keyword
from parsers.draft import NOTE, UNREAD, Second
from parsers.message import Part, read_one
from parsers.result import Parsed, ReporterContext
from parsers.seconds import COMPLAINT
from parsers.together import Placed, together
from parsers.tokens import PIECE

MARK = ";;"
MARKS = re.compile(r";;+")
WORD = re.compile(r"[^\W_]+")
BLANK = re.compile(r"[;\s]*")
TO_THE_END = re.compile(r"[;\s]*\Z")
MOST = 10
MOST_LOOKED_AT = 12
MOST_ATOMS = 250  # ten reports have fewer; each atom is read up to three times
LONGEST = 1_600
PARTS_OF = {"children": ("boys", "girls", "unknown"), "date": ("date_from",), "age": ("age_min",), "needs": ("urgent",)}
ABOUT_A_REPORT = ("correct", "cancel", "status")


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
        form = self.book.forms.get(_kind(report.parsed))
        return bool(form and form.required and _is_given(form.required[0], report))

    def stands(self, report: Report) -> bool:
        """Whether it also says one more thing that such a report must say."""
        form = self.book.forms.get(_kind(report.parsed))
        if form is None or not self.has_subject(report):
            return False
        return len(form.required) == 1 or any(_is_given(name, report) for name in form.required[1:])


class Verdict(Enum):
    """What a second keyword is."""

    NO_REPORT = auto()
    REPORT = auto()
    DOUBTFUL = auto()


def read_reports(text: str, *, today: date, reporter: ReporterContext, book: Codebook) -> Parsed:
    """Reads any text; the first of its reports holds the others."""
    if MARK not in text:
        parsed, seconds = read_one(text, today=today, reporter=reporter, book=book)
        if not seconds:
            return parsed
    reader = Reader(text, today, reporter, book)
    if _is_too_long(text):
        whole = reader.read(0, len(text))
        reports = [whole._replace(holds_more=bool(whole.seconds))]
    else:
        marked = _at_marks(reader)
        reports = _bounded(reader, [part for report in marked for part in _at_keywords(reader, report)])
    return together(text, [Placed(each.start, each.parsed, each.is_doubtful, each.holds_more) for each in reports])


def _is_too_long(text: str) -> bool:
    """Whether it has more in it than several reports have: then it is read once, and a person takes it apart."""
    return len(text) > LONGEST or len(PIECE.findall(text)) > MOST_ATOMS


def _kind(parsed: Parsed) -> str:
    """The kind of a report, also where it is only a guess."""
    guessed = [problem.detail for problem in parsed.problems if problem.code == "guessed_kind"]
    return guessed[0] if guessed else parsed.kind


def _is_given(name: str, report: Report) -> bool:
    return not report.given.isdisjoint(PARTS_OF.get(name, (name,)))


def _bounded(reader: Reader, reports: list[Report]) -> list[Report]:
    """At most ten, the last with all that follows; a complaint has all that follows it too."""
    end = len(reader.text)
    for at, report in enumerate(reports):
        if report.parsed.kind == COMPLAINT:
            return [*reports[:at], report if report.end == end else reader.read(report.start, end)]
    if len(reports) <= MOST:
        return reports
    last = reader.read(reports[MOST - 1].start, end, reports[MOST - 1].assumed)
    return [*reports[: MOST - 1], last._replace(holds_more=True)]


def _at_marks(reader: Reader) -> list[Report]:
    """The reports between `;;`."""
    stretches = list(_stretches(reader))
    reports = [reader.read(*stretches[0])]
    if len(stretches) == 1:
        return reports
    if _takes_all(reports[0].parsed):
        return [reader.read(0, len(reader.text))]
    unread: set[int] = set()
    for start, end in stretches[1:]:
        found = _found(reader, reports, start, end)
        if found is None:
            unread.add(len(reports))
            reports.append(reader.read(start, end))
        elif found.start == start:
            reports.append(found)
        else:
            reports[-1] = found
    if len(reports) - len(unread) > 1:
        return [reader.settled(report) for report in reports]
    holds_more = any(report.holds_more for report in reports)
    return [reader.read(0, len(reader.text))._replace(holds_more=holds_more)]


def _takes_all(first: Parsed) -> bool:
    """What begins as a complaint is for the conduct unit to its end; a word of command is one as a whole text only."""
    return first.kind in (COMPLAINT, "network") or (first.kind == "command" and not _is_about_a_report(first))


def _found(reader: Reader, reports: list[Report], start: int, end: int) -> Report | None:
    """The stretch as a report, or the last report with the stretch added; None when nothing in it was understood."""
    last = reports[-1]
    before = next((each for each in reversed(reports) if _kind(each.parsed) in reader.book.forms), None)
    read = reader.read(start, end, _keyword_of(before, reader.book))
    has_keyword = _begins_report(reader, read) and not _is_assumed(read)
    if _says_nothing(last):
        return last.with_more(read)
    if "//" in reader.text[last.start : last.end]:  # all that follows is the note
        stands = reader.stands(read)
        return read if has_keyword and stands else last.with_more(read, holds_more=stands)
    if has_keyword:
        return read
    has_subject = before is not None and reader.stands(before) and reader.has_subject(read)
    if has_subject and len(WORD.findall(reader.text[start:end])) > 1:
        return read
    if not read.given and {UNREAD, NOTE} & _uses(read):
        return None
    return last.with_more(read, holds_more=has_subject)


def _keyword_of(before: Report | None, book: Codebook) -> Keyword | None:
    """What a report without a keyword is read as: the kind of the one before it, unless that is a guess itself."""
    if before is None or before.parsed.kind not in book.forms:
        return None
    return Keyword("", before.parsed.kind, before.parsed.language)


def _is_assumed(read: Report) -> bool:
    return any(problem.code == "assumed_kind" for problem in read.parsed.problems)


def _uses(report: Report) -> set[str]:
    return {name for name, _, _ in report.parsed.spans}


def _says_nothing(report: Report) -> bool:
    """A greeting, a personal code, TEST, or a bare keyword: what follows belongs to it."""
    return not report.given and not {UNREAD, NOTE, "ref"} & _uses(report)


def _begins_report(reader: Reader, read: Report) -> bool:
    kind = read.parsed.kind
    return kind in reader.book.forms or kind == COMPLAINT or _is_about_a_report(read.parsed)


def _is_about_a_report(parsed: Parsed) -> bool:
    return "ref" in parsed.fields and (parsed.kind == "answer" or parsed.fields.get("command") in ABOUT_A_REPORT)


def _stretches(reader: Reader) -> Iterator[tuple[int, int]]:
    """The text between `;;`, each with the signs before it; too many only where a keyword follows: they are commas."""
    text = reader.text
    borders = [found.start() for found in MARKS.finditer(text) if not TO_THE_END.match(text, found.end())]
    if len(borders) > MOST_LOOKED_AT:
        borders = [at for at in borders if _keyword_at(reader, at)][:MOST_LOOKED_AT]
    start = 0
    for border in (*borders, len(text)):
        if border == len(text) or not BLANK.fullmatch(text, start, border):
            yield start, border
            start = border


def _keyword_at(reader: Reader, at: int) -> bool:
    found = WORD.search(reader.text, at)
    return found is not None and found.group().lower() in reader.book.keywords


def _at_keywords(reader: Reader, report: Report) -> list[Report]:
    """The reports that begin at second keywords."""
    seconds = report.seconds[:MOST_LOOKED_AT]
    if not seconds:
        return [report]
    starts = [report.start + each.at for each in seconds]
    found = [reader.settled(report._replace(end=starts[0], is_stale=True))]
    for second, start, end in zip(seconds, starts, [*starts[1:], report.end], strict=True):
        read = reader.read(start, end)
        verdict = _verdict(reader, found[-1], read, second)
        if verdict is Verdict.NO_REPORT:
            found[-1] = found[-1].with_more(read)
        else:
            found.append(read._replace(is_doubtful=verdict is Verdict.DOUBTFUL))
    return [reader.settled(each) for each in found] if len(found) > 1 else [report]


def _verdict(reader: Reader, before: Report, read: Report, second: Second) -> Verdict:
    """A keyword in front of its line begins a report; one in the middle only between two that are whole."""
    if read.parsed.kind != second.keyword.kind:
        return Verdict.NO_REPORT
    if read.parsed.kind == COMPLAINT or (second.begins_line and second.is_code and before.given and read.given):
        return Verdict.REPORT
    if not (reader.stands(before) and reader.stands(read)):
        return Verdict.NO_REPORT
    is_certain = second.is_code and _is_whole(read.parsed) and _is_whole(reader.settled(before).parsed)
    return Verdict.REPORT if is_certain else Verdict.DOUBTFUL


def _is_whole(parsed: Parsed) -> bool:
    """Whether nothing is missing or left over."""
    return parsed.state == "complete" and all(problem.code != "unread" for problem in parsed.problems)
