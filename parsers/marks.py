"""The reports between `;;`: what stands alone there, and what belongs to the report before it."""

import re
from collections.abc import Iterator
from typing import Final

from parsers.codebook.book import Codebook, Keyword
from parsers.draft import NOTE, UNREAD
from parsers.result import Parsed
from parsers.seconds import COMPLAINT
from parsers.stretches import TO_THE_END, Reader, Report, kind_of

MARKS: Final = re.compile(r";;+")
WORD: Final = re.compile(r"[^\W_]+")
BLANK: Final = re.compile(r"[;\s]*")
MOST_LOOKED_AT: Final = 12
ABOUT_A_REPORT: Final = ("correct", "cancel", "status")


def at_marks(reader: Reader) -> list[Report]:
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
    before = next((each for each in reversed(reports) if kind_of(each.parsed) in reader.book.forms), None)
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
