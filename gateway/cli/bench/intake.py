"""`lakana bench intake`: signed webhooks stored and committed, beside the naive floor, on the same database."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

from gateway.cli.bench import servers
from gateway.cli.bench.measure import Comparison, Run, compare
from gateway.cli.serve import MOST_PROCESSES, THREADS
from gateway.records import db, schema
from gateway.vault.keyring import make_keyring

WARM_UP = 500
OUR_NUMBER = "+22370009999"


@dataclass(frozen=True)
class Load:
    """How much is sent: webhooks a round, connections at once, rounds."""

    count: int
    connections: int
    rounds: int


@dataclass(frozen=True)
class _Side:
    """One of the two servers, and what has to be in its table in the end."""

    port: int
    table: str
    facts: Mapping[str, object]


def bench_intake(url: str | None, load: Load, *, say: Callable[[str], None]) -> Comparison:
    """On a throw-away SQLite file, or on a throw-away database of the PostgreSQL server at `url`."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lakana-bench-")))
        database = stack.enter_context(throw_away(url, home))
        engine = db.open_engine(database)
        stack.callback(engine.dispose)
        schema.upgrade(engine)
        make_keyring(home / "keys" / "lakana.keys")
        ours, floor = _start(stack, database, home)
        for side in (ours, floor):
            _drive(side, WARM_UP, load.connections)
        compared = compare(
            f"intake on {engine.dialect.name}: signed webhooks stored and committed, {load.connections} connections",
            lambda: _drive(ours, load.count, load.connections),
            lambda: _drive(floor, load.count, load.connections),
            rounds=load.rounds,
            say=say,
        )
        count_rows(engine, (ours.table, floor.table), WARM_UP + load.count * load.rounds)
        compared.facts.update(_durability(engine))
    return compared


@contextmanager
def throw_away(url: str | None, home: Path) -> Iterator[str]:
    """A database for one run: a SQLite file, or a new one on that PostgreSQL server."""
    if url is None:
        yield f"sqlite:///{home / 'bench.sqlite'}"
        return
    name = f"lakana_bench_{secrets.token_hex(4)}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


def _start(stack: ExitStack, database: str, home: Path) -> tuple[_Side, _Side]:
    account, token = f"AC{secrets.token_hex(16)}", secrets.token_hex(16)
    url = "http://127.0.0.1:9/twilio/sms"
    settings = {
        "DATABASE_URL": database,
        "LAKANA_HOME": str(home),
        "TWILIO_ACCOUNT_SID": account,
        "TWILIO_AUTH_TOKEN": token,
        "TWILIO_FROM": OUR_NUMBER,
        "PUBLIC_URL": url.removesuffix("/twilio/sms"),
    }
    naive = {"FLOOR_DATABASE_URL": database, "FLOOR_TOKEN": token, "FLOOR_URL": url}
    processes = 1 if database.startswith("sqlite") else min(os.cpu_count() or 1, MOST_PROCESSES)
    facts = {
        "account": account,
        "token": token,
        "to": OUR_NUMBER,
        "path": "/twilio/sms",
        "url": url,
        "host": "127.0.0.1",
    }
    sides = _Side(servers.free_port(), "messages", facts), _Side(servers.free_port(), "naive_messages", facts)
    stack.enter_context(servers.product(sides[0].port, settings))
    stack.enter_context(servers.floor(sides[1].port, naive, processes=processes, threads=THREADS))
    return sides


def _drive(side: _Side, count: int, connections: int) -> Run:
    """One stretch of load from another process; every answer has to be 200."""
    facts = {**side.facts, "port": side.port, "count": count, "connections": connections}
    done = subprocess.run(
        [sys.executable, "-m", "gateway.cli.bench.load"],
        input=json.dumps(facts),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    told = json.loads(done.stdout)
    if told["statuses"] != {"200": count}:
        raise servers.BenchFailed(f"{side.table}: answers were {told['statuses']}, not {count} times 200")
    return Run(count / told["seconds"], told["p50_ms"], told["p99_ms"])


def count_rows(engine: Engine, tables: Sequence[str], wanted: int) -> None:
    """A rate with a missing row is no rate."""
    with engine.connect() as connection:
        for table in tables:
            there = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608  our two names
            if there != wanted:
                raise servers.BenchFailed(f"{table}: {there} rows for {wanted} answers")


def _durability(engine: Engine) -> dict[str, str]:
    is_sqlite = engine.dialect.name == "sqlite"
    question = "PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit"
    with engine.connect() as connection:
        answer = str(connection.execute(text(question)).scalar_one())
    return {"durability": f"{question}: {'FULL' if answer == '2' else answer}, every answer 200, every row counted"}
