"""Several reports in one message: taken apart at `;;` and at a second keyword, each read as a message of its own.

What is certain is taken apart, what is doubtful is taken apart and laid before a person, and what is no report by
itself stays with the one before it. A report takes nothing from another but its kind, and that is said.
"""

from datetime import date
from enum import Enum, auto
from typing import Final

from parsers.codebook.book import Codebook
from parsers.draft import Second
from parsers.marks import MOST_LOOKED_AT, at_marks
from parsers.message import read_one
from parsers.result import Parsed, ReporterContext
from parsers.seconds import COMPLAINT
from parsers.stretches import Reader, Report
from parsers.together import Placed, together
from parsers.tokens import PIECE

MARK: Final = ";;"
MOST: Final = 10
MOST_ATOMS: Final = 200  # ten reports have fewer; each atom is read up to three times
LONGEST: Final = 1_600


class Verdict(Enum):
    """What a second keyword is."""

    NO_REPORT = auto()
    REPORT = auto()
    DOUBTFUL = auto()


def read_reports(text: str, *, today: date, reporter: ReporterContext, book: Codebook) -> Parsed:
    """Reads any text; the first of its reports holds the others."""
    if MARK not in text or _is_too_long(text):
        parsed, seconds = read_one(text, today=today, reporter=reporter, book=book)
        if not seconds:
            return parsed
        if _is_too_long(text):
            return together(text, [Placed(0, parsed, holds_more=True)])
    reader = Reader(text, today, reporter, book)
    reports = [part for report in at_marks(reader) for part in _at_keywords(reader, report)]
    reports = _bounded(reader, reports)
    return together(text, [Placed(each.start, each.parsed, each.is_doubtful, each.holds_more) for each in reports])


def _is_too_long(text: str) -> bool:
    """Whether it has more in it than several reports have: then it is read once, and a person takes it apart."""
    return len(text) > LONGEST or len(PIECE.findall(text)) > MOST_ATOMS


def _bounded(reader: Reader, reports: list[Report]) -> list[Report]:
    """At most ten, one of them with all that is beyond; a complaint has all that follows it."""
    end = len(reader.text)
    complaint = next((at for at, report in enumerate(reports) if report.parsed.kind == COMPLAINT), len(reports))
    closing = [reader.read(each.start, end) for each in reports[complaint : complaint + 1]]
    reports = reports[:complaint]
    room = MOST - len(closing)
    if len(reports) > room:
        first, end = reports[room - 1], closing[0].start if closing else end
        reports[room - 1 :] = [reader.read(first.start, end, first.assumed)._replace(holds_more=True)]
    return [*reports, *closing]


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
