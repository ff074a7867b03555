"""What holds for every text whatever: asked of texts that hypothesis makes up, and of those the fuzzer finds."""

import json
import sys
from datetime import date

from parsers import parse
from parsers.result import Parsed, ReporterContext
from tests.parsers import as_written

WRITTEN = as_written.load()  # the calls of a compiled parser cannot be counted
TODAY = date(2026, 11, 20)
SENDERS = (
    ReporterContext(language="fr", area="ML07"),
    ReporterContext(language="en"),
    ReporterContext(language="fr", asked=("incident", "4")),
    ReporterContext(asked=("project", "2"), project="GAO-22-014"),
)


def hold(text: str, sender: ReporterContext = SENDERS[0]) -> Parsed:
    """Reads a text and asserts all of them; gives the parse."""
    parsed = parse(text, received_on=TODAY, reporter=sender)
    assert parse(text, received_on=TODAY, reporter=sender) == parsed, "two parses of one text differ"
    assert parsed.text == text, "the text was changed"
    json.dumps(parsed.as_dict())
    every_character_has_one_use(parsed)
    has_check = any(problem.severity == "check" for problem in parsed.problems)
    assert (parsed.state == "complete") == (not has_check), "the state is not that of the problems"
    return parsed


def every_character_has_one_use(parsed: Parsed) -> None:
    """The spans cover the text from end to end, without holes and without overlaps; problems lie in it."""
    end = 0
    for _use, first, last in parsed.spans:
        assert first == end < last, f"a hole or an overlap at {end}: {parsed.spans}"
        end = last
    assert end == len(parsed.text), f"nothing is said of the characters from {end} on"
    for problem in parsed.problems:
        assert 0 <= problem.start <= problem.end <= len(parsed.text), problem


def calls(text: str, sender: ReporterContext = SENDERS[0]) -> int:
    """How many functions the parser as it is written calls to read it: the same on every machine, busy or not."""
    called = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        WRITTEN.parse(text, received_on=TODAY, reporter=sender)
    finally:
        sys.setprofile(before)
    return called
