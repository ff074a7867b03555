"""The benchmarks run, count their rows and print a ratio; how large it is, is not a test's business."""

import json

import pytest
from click.testing import CliRunner

from gateway.casework.placelist import writing
from gateway.cli import main
from gateway.cli.bench import villages
from gateway.cli.bench.intake import count_rows
from gateway.cli.bench.parsing import many_places
from gateway.cli.bench.servers import BenchFailed
from parsers.codebook.place import as_place


def lakana(*arguments):
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_parsing_is_measured_beside_its_floor():
    few, many = lakana("bench", "parse", "--rounds", "2", "--seconds", "0.05", "--json")
    assert [len(told["ratios"]) for told in (few, many)] == [2, 2]
    assert few["product"][0]["per_second"] > 0
    assert many["product"][0]["per_second"] > 0
    assert ["1153 places" in few["name"], f"{1153 + villages.COUNT} places" in many["name"]] == [True, True]


def test_the_deployments_own_villages_are_measured_when_it_has_them(tmp_path):
    own = writing.write(tmp_path, map(as_place, villages.rows())).parent
    with many_places(own) as folder:
        assert folder == own
    with many_places(None) as folder:
        assert (folder / "places.csv").read_text() == (own / "places.csv").read_text()


def test_the_intake_is_measured_on_both_databases(postgres):
    told = lakana("bench", "intake", "--rounds", "1", "--count", "40", "--postgresql", postgres.url(), "--json")
    assert ["sqlite" in told[0]["name"], "postgresql" in told[1]["name"]] == [True, True]
    assert all("every row counted" in each["facts"]["durability"] for each in told)


def test_the_queue_page_is_measured():
    [told] = lakana("bench", "panel", "--alerts", "200", "--repeats", "5", "--json")
    assert all(page["many_p95_ms"] > 0 for page in told["pages"])


def test_the_drain_is_measured_on_both_databases_with_every_message_counted(postgres):
    load = ("--rounds", "1", "--count", "30", "--processes", "2")
    told = lakana("bench", "drain", *load, "--postgresql", postgres.url(), "--json")
    assert ["sqlite" in told[0]["name"], "postgresql" in told[1]["name"]] == [True, True]
    assert all("30 messages in the inbox" in each["facts"]["workers"] for each in told)


def test_the_way_from_webhook_to_queue_is_measured_in_both_modes(postgres, redis_url):
    services = ("--postgresql", postgres.url(), "--redis", redis_url)
    told = lakana("bench", "end-to-end", "--count", "20", "--seconds", "1", *services, "--json")
    assert [each["database"] for each in told] == ["sqlite", "postgresql"]
    assert all(each["queue_p95_ms"] > 0 and each["webhook_p99_ms"] > 0 for each in told)


def test_a_rate_with_a_missing_row_is_no_rate(sqlite_database):
    with pytest.raises(BenchFailed, match="0 rows for 5 answers"):
        count_rows(sqlite_database, ["messages"], 5)
