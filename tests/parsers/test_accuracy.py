"""The accuracy page and the bar: how well the parser stands noise, on a short sample of every kind."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.parsers import accuracy, measuring

COMMAND = [sys.executable, str(accuracy.PAGE.parent.parent / accuracy.COMMAND)]
LEAST_OK, MOST_SILENT = 95.0, 0.5  # in per cent, each kind of noise with the same weight
MOST_SILENT_IN_ONE = 5.0  # one of the twenty
SHORT = 20  # messages of each kind: a second or two


def _run(*words):
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False)


def test_noise_is_read_or_asked_about_and_hardly_ever_silently_wrong():
    sums = measuring.noise(SHORT, "every day")
    assert sums.mean("silent") <= MOST_SILENT, "\n".join(sums.silent)
    assert sums.mean("ok") >= LEAST_OK, sums.rows
    blind = [name for name, row in sums.rows.items() if measuring.share(row, "silent") > MOST_SILENT_IN_ONE]
    assert blind == [], sums.silent


def test_the_page_is_what_the_parser_gives_today():
    text, _ = accuracy.page()
    assert accuracy.PAGE.read_text(encoding="utf-8") == text, f"stale: run {accuracy.COMMAND}"


def test_a_stale_page_is_told_and_left_alone(tmp_path):
    page = tmp_path / "page.md"
    options = ("--page", str(page), "--messages", "1", "--seed", "x")
    assert _run("--check", *options).returncode == 1
    assert _run(*options).returncode == 0
    assert _run("--check", *options).returncode == 0
    page.write_text("older figures")
    stale = _run("--check", *options)
    assert (stale.returncode, page.read_text()) == (1, "older figures")
    assert f"run {accuracy.COMMAND}" in stale.stderr


@pytest.mark.parametrize("words", [("--messages", "0"), ("--seed", "x"), ("--messages", "7"), ("--what",)])
def test_misuse_writes_nothing(words):
    before = accuracy.PAGE.read_bytes()
    assert _run(*words).returncode == 2
    assert accuracy.PAGE.read_bytes() == before


def test_every_row_of_the_sums_weighs_the_same():
    sums = measuring.Sums(rows={"much": Counter(ok=90, flagged=10), "little": Counter(silent=1)})
    assert (sums.mean("ok"), sums.mean("silent"), sums.total.total()) == (45.0, 50.0, 101)
