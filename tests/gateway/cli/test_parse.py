"""`lakana parse` as the contract says: one object a line, whatever the text."""

import json
import subprocess

import pytest

from tests.conventions import tree
from tests.stand_ins.running import LAKANA

TODAY = ("--today", "2026-11-20")


def _parse(*arguments, given="", **environment):
    done = subprocess.run(
        [*LAKANA, "parse", *arguments],
        input=given.encode("utf-8", "surrogatepass"),
        capture_output=True,
        env={"PYTHONPATH": str(tree.ROOT), "PATH": "/usr/bin:/bin", **environment},
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def _objects(*arguments, **options):
    code, out, err = _parse(*arguments, **options)
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


def test_each_text_gives_one_object():
    first, second = _objects("--json", *TODAY, "ENF REC 3G1F ANSONGO 14/11 CMA", "AIDE")
    assert (first["kind"], first["state"], first["fields"]["boys"]) == ("incident", "complete", 3)
    assert first["fields"]["date_from"] == "2026-11-14"
    assert second["fields"] == {"command": "help"}
    assert set(first) == {"text", "kind", "language", "state", "fields", "note", "problems", "spans"}


def test_standard_input_is_read_line_by_line():
    texts = [each["text"] for each in _objects("--json", *TODAY, given="ENF REC\nAIDE\n\n")]
    assert texts == ["ENF REC", "AIDE", ""]


def test_json_lines_are_answered_in_order_with_their_own_day_language_and_area():
    asked = [
        {"text": "ENF REC 3G BAMBA hier", "today": "2026-01-02", "area": "Gao"},
        {"text": "ENF REC 3G BAMBA hier", "area": "ML05"},
        {"text": "INC REC 3G GAO hier", "lang": "en"},
        {"text": "\u0000\ud800 \u202e"},
    ]
    found = _objects("--jsonl", *TODAY, given="\n".join(json.dumps(each) for each in asked))
    assert [each["text"] for each in found] == [each["text"] for each in asked]
    assert found[0]["fields"]["date_from"] == "2026-01-01"
    assert found[1]["fields"]["date_from"] == "2026-11-19"
    assert found[0]["fields"]["place"]["pcode"] != found[1]["fields"]["place"]["pcode"]
    assert found[2]["fields"]["girls"] == 3


TEXTS = ["", " ", "\x01", "a" * 3000, "((((" * 500, "9" * 10_000, "\u202e\u200b", "--", "%s {0} {{x}}"]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_text_makes_it_fail(text):
    [found] = _objects("--json", *TODAY, "--", text)
    assert found["text"] == text


def test_bytes_that_are_no_text_make_it_fail_neither():
    done = subprocess.run(
        [*LAKANA, "parse", "--json"], input=b"ENF \xff\xfe\n", capture_output=True, env={"PYTHONPATH": str(tree.ROOT)}
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["kind"] == "incident"


def test_without_a_choice_it_is_for_a_persons_eyes():
    code, out, _ = _parse(*TODAY, "ENF REC 3G")
    assert code == 0
    assert out.startswith("incident  check\n")
    assert "missing_place" in out


def test_every_report_of_a_text_is_told():
    code, out, _ = _parse(*TODAY, "ENF REC 3G Gao 14/11 ;; ENF TUE 1F")
    assert code == 0
    assert [line for line in out.splitlines() if line[0] != " "] == ["incident  complete", "and incident  check"]


MISUSED = [(("--jsonl",), "no json"), (("--jsonl",), '{"today": "2026-11-20"}'), (("--today", "yesterday"), "")]


@pytest.mark.parametrize(("arguments", "given"), MISUSED)
def test_misuse_is_told_and_is_two(arguments, given):
    code, _, err = _parse(*arguments, given=given)
    assert code == 2
    assert "Traceback" not in err


def test_a_codebook_of_ones_own_is_named_by_its_folder(tmp_path):
    assert _parse("AIDE", LAKANA_CODEBOOK=str(tmp_path / "none"))[0] == 2
    assert _parse("AIDE", LAKANA_CODEBOOK=str(tmp_path))[0] == 0
