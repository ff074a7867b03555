"""Log lines carry ids and counts, never what a reporter wrote."""

import io
import json
import logging
import sys

import pytest

from gateway import log


@pytest.fixture
def lines(monkeypatch):
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", written)
    log.start()
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)


def test_an_event_is_one_json_object_on_one_line(lines):
    log.event("message stored", id="a\nb", count=2)
    [line] = lines()
    assert (line["event"], line["id"], line["count"]) == ("message stored", "a\nb", 2)


def test_a_fact_that_is_not_on_the_list_is_refused():
    with pytest.raises(ValueError, match="body"):
        log.event("message stored", body="secret")


def test_an_exception_is_told_by_class_and_place_and_not_by_its_words(lines):
    try:
        raise RuntimeError("ENF TUE 2G Ansongo")
    except RuntimeError:
        log.event("job failed", exc_info=True)
    [line] = lines()
    assert line["error"] == "RuntimeError"
    assert "Ansongo" not in json.dumps(line)
    assert line["where"][-1].startswith("test_log.py")
