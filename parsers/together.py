"""The reports of one message put together again: each with its place in the whole text and what is doubtful of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from parsers.result import Parsed, Problem, Span


class Placed(NamedTuple):
    """A report and where it begins; whether it may be none of its own, and whether another one may be in it."""

    start: int
    parsed: Parsed
    is_doubtful: bool = False
    holds_more: bool = False


def together(text: str, reports: Sequence[Placed]) -> Parsed:
    """The first report, which holds the others; their spans and problems point into the whole text."""
    parts = [_moved(text, each.start, each.parsed) for each in reports]
    for at, each in enumerate(reports):
        doubt = Problem("repeated_keyword", None, "check", each.start, _first_end(parts[at]))
        if each.is_doubtful:
            parts[at - 1], parts[at] = _doubted(parts[at - 1], doubt), _doubted(parts[at], doubt)
        elif each.holds_more:
            parts[at] = _doubted(parts[at], doubt)
        if any(_says_the_same(earlier, parts[at]) for earlier in parts[:at]):
            parts[at] = _doubted(parts[at], doubt._replace(code="repeated_report"))
    return parts[0]._replace(more=tuple(_with_offers(parts)))


def _moved(text: str, start: int, parsed: Parsed) -> Parsed:
    spans: list[Span] = [(name, first + start, last + start) for name, first, last in parsed.spans]
    problems = [
        each._replace(start=each.start + start, end=each.end + start) if each.end > each.start else each
        for each in parsed.problems
    ]
    return parsed._replace(text=text, spans=tuple(spans), problems=tuple(problems))


def _first_end(parsed: Parsed) -> int:
    """Where the first used stretch of a report ends."""
    return next(end for name, _, end in parsed.spans if name != "noise" or end == parsed.spans[-1][2])


def _doubted(parsed: Parsed, doubt: Problem) -> Parsed:
    problems = sorted(dict.fromkeys((*parsed.problems, doubt)), key=lambda each: (each.start, each.code))
    return parsed._replace(state="check" if parsed.state == "complete" else parsed.state, problems=tuple(problems))


def _says_the_same(earlier: Parsed, later: Parsed) -> bool:
    return bool(later.fields) and (earlier.kind, earlier.fields) == (later.kind, later.fields)


def _with_offers(parts: Sequence[Parsed]) -> Iterator[Parsed]:
    """A place or day that a report lacks may be that of a report before it: offered, never taken."""
    offers = _offers(parts[0])
    for part in parts[1:]:
        problems = [each._replace(detail=each.detail or offers.get(each.code, "")) for each in part.problems]
        yield part._replace(problems=tuple(problems))
        offers |= _offers(part)


def _offers(part: Parsed) -> dict[str, str]:
    doubted = {problem.field for problem in part.problems if problem.severity == "check"}
    offers: dict[str, str] = {}
    place = part.fields.get("place")
    if "place" not in doubted and isinstance(place, Mapping):
        offers["missing_place"] = str(place["pcode"])
    first, last = part.fields.get("date_from"), part.fields.get("date_to")
    if "date" not in doubted and first is not None and first == last and not part.fields.get("date_approximate"):
        offers["missing_date"] = str(first)
    return offers
