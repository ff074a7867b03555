"""Every example of the codebook, each with what it must give: tests/samples/codebook.toml."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from parsers import parse
from parsers.result import ReporterContext

SAMPLES = Path(__file__).parent.parent / "samples" / "codebook.toml"
CASES = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))["case"]


def _read(case):
    asked = tuple(case["asked"]) if "asked" in case else None
    reporter = ReporterContext(
        language=case.get("lang", "fr") or None, area=case.get("area"), asked=asked, project=case.get("project")
    )
    received_on = date.fromisoformat(case.get("today", "2026-11-20"))
    return parse(case["text"], received_on=received_on, reporter=reporter).as_dict()


def _shown(fields):
    place = fields.get("place")
    return fields | ({"place": place["name"], "level": place["level"]} if place else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['section']}: {case['text']!r}")
def test_an_example_of_the_codebook_is_read_as_written_there(case):
    parsed = _read(case)
    given = _shown(parsed["fields"])
    wanted = case.get("fields", {})
    assert (parsed["kind"], parsed["state"]) == (case["kind"], case["state"]), parsed["problems"]
    assert {name: given.get(name) for name in wanted} == wanted
    assert [name for name in case.get("absent", ()) if name in given] == []
    assert set(case.get("codes", ())) <= {problem["code"] for problem in parsed["problems"]}
    assert parsed["note"] == case.get("note", parsed["note"])
    assert parsed.get("test", False) == case.get("test", False)
    assert parsed.get("sender_code") == case.get("sender_code")


def test_every_section_of_the_codebook_has_examples():
    assert {case["section"].split()[0].split(".")[0] for case in CASES} == {"2", "3", "4", "7"}
