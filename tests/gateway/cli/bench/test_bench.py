"""The benchmarks run, count their rows and print a ratio; how large it is, is not a test's business."""

import json

import pytest
from click.testing import CliRunner

from gateway.cli import main
from gateway.cli.bench.intake import count_rows
from gateway.cli.bench.servers import BenchFailed


def lakana(*arguments):
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_parsing_is_measured_beside_its_floor():
    [told] = lakana("bench", "parse", "--rounds", "2", "--seconds", "0.05", "--json")
    assert len(told["ratios"]) == 2
    assert told["product"][0]["per_second"] > 0


def test_the_intake_is_measured_on_both_databases(postgres):
    told = lakana("bench", "intake", "--rounds", "1", "--count", "40", "--postgresql", postgres.url(), "--json")
    assert ["sqlite" in told[0]["name"], "postgresql" in told[1]["name"]] == [True, True]
    assert all("every row counted" in each["facts"]["durability"] for each in told)


def test_the_queue_page_is_measured():
    [told] = lakana("bench", "panel", "--alerts", "200", "--repeats", "5", "--json")
    assert all(page["many_p95_ms"] > 0 for page in told["pages"])


def test_a_rate_with_a_missing_row_is_no_rate(sqlite_database):
    with pytest.raises(BenchFailed, match="0 rows for 5 answers"):
        count_rows(sqlite_database, ["messages"], 5)
