"""`lakana bench`: the product beside its floor in one run, as a ratio."""

import json
import os
import sys

import click

from gateway import folders
from gateway.cli.bench.measure import Comparison

_POSTGRESQL = "A PostgreSQL server to measure on too; a database is made and dropped there."


@click.group()
def bench() -> None:
    """Measure the product beside its floor, in turn, on this machine."""


def _say(line: str) -> None:
    click.echo(line, err=True)


def _print(comparisons: list[Comparison], *, as_json: bool) -> None:
    for comparison in comparisons:
        click.echo(json.dumps(comparison.as_dict()) if as_json else comparison.as_text())


@bench.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--seconds", default=2.0, show_default=True, type=click.FloatRange(0.05, 60), help="Per side and round.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every round.")
def parse(rounds: int, seconds: float, as_json: bool) -> None:
    """Reading texts, with few places and with a whole country's, beside splitting them and looking words up."""
    from gateway.cli.bench.parsing import bench_parse, many_places

    _print([bench_parse(rounds=rounds, seconds=seconds, say=_say)], as_json=as_json)
    with many_places(folders.codebook(os.environ)) as codebook:
        _print([bench_parse(codebook, rounds=rounds, seconds=seconds, say=_say)], as_json=as_json)


@bench.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--count", default=4000, show_default=True, type=click.IntRange(10, 100_000), help="Webhooks a round.")
@click.option("--connections", default=32, show_default=True, type=click.IntRange(1, 256))
@click.option(
    "--postgresql", "url", help="A PostgreSQL server to measure on too; a database is made and dropped there."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a database, with every round.")
def intake(rounds: int, count: int, connections: int, url: str | None, as_json: bool) -> None:
    """Signed webhooks stored and committed, beside a bare view with the same database."""
    from gateway.cli.bench.intake import Load, bench_intake

    load = Load(count, connections, rounds)
    _print([bench_intake(None, load, say=_say)], as_json=as_json)
    if url:
        _print([bench_intake(url, load, say=_say)], as_json=as_json)
    else:
        click.echo("PostgreSQL was not measured: name a server with --postgresql, or run `make bench`.", err=True)
    sys.stdout.flush()


@bench.command()
@click.option("--alerts", default=100_000, show_default=True, type=click.IntRange(100, 5_000_000))
@click.option(
    "--repeats", default=100, show_default=True, type=click.IntRange(5, 10_000), help="Each page, this often."
)
@click.option("--postgresql", "url", help=_POSTGRESQL)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a database.")
def panel(alerts: int, repeats: int, url: str | None, as_json: bool) -> None:
    """The queue page with many alerts behind it, beside the same page with few."""
    from gateway.cli.bench.panel import bench_panel

    for database in [None, url] if url else [None]:
        measured = bench_panel(database, alerts, repeats=repeats, say=_say)
        click.echo(json.dumps(measured.as_dict()) if as_json else measured.as_text())


@bench.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--count", default=4000, show_default=True, type=click.IntRange(10, 1_000_000), help="Messages a round.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Workers side by side.")
@click.option("--postgresql", "url", help=_POSTGRESQL)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a database, with every round.")
def drain(rounds: int, count: int, processes: int, url: str | None, as_json: bool) -> None:
    """Waiting messages read and settled, beside one message and one transaction at a time."""
    from gateway.cli.bench.drain import Load, bench_drain

    # A file has one writer: more workers would only wait for one another there.
    _print([bench_drain(None, Load(count, rounds), say=_say)], as_json=as_json)
    if url:
        _print([bench_drain(url, Load(count, rounds, processes), say=_say)], as_json=as_json)


@bench.command("end-to-end")
@click.option("--count", default=2000, show_default=True, type=click.IntRange(10, 100_000), help="At full speed.")
@click.option("--seconds", default=20.0, show_default=True, type=click.FloatRange(0.5, 600), help="At half of it.")
@click.option("--connections", default=32, show_default=True, type=click.IntRange(1, 256))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Workers on PostgreSQL.")
@click.option("--postgresql", "url", help=_POSTGRESQL)
@click.option("--redis", help="The Redis of scale mode, which is measured with --postgresql.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a mode.")
def end_to_end(
    count: int, seconds: float, connections: int, processes: int, url: str | None, redis: str | None, as_json: bool
) -> None:
    """From a signed webhook to the queue: how many, and how long each waits at half load."""
    from gateway.cli.bench.endtoend import Load, bench_end_to_end

    load = Load(count, seconds, connections, processes)
    for database in [None, url] if url and redis else [None]:
        measured = bench_end_to_end(database, redis, load, say=_say)
        click.echo(json.dumps(measured.as_dict()) if as_json else measured.as_text())
