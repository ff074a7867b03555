"""`lakana bench drain`: messages that wait, read and settled, beside one message and one transaction at a time."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Engine, MetaData, String, Table, func, select, text
from sqlalchemy.orm import Session

from gateway import clock, settings
from gateway.casework import intake
from gateway.casework.office import office
from gateway.channels import simulator
from gateway.channels.contract import Inbound
from gateway.cli.bench.floor import open_floor
from gateway.cli.bench.intake import throw_away
from gateway.cli.bench.load import TEXTS
from gateway.cli.bench.measure import Comparison, Run, compare
from gateway.cli.bench.servers import BenchFailed
from gateway.records import db, schema
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.trust import audit
from gateway.vault import current
from gateway.vault.keyring import Keyring, load_keyring, make_keyring

AT_ONCE = 500
PHONES = 5000
FLOOR = MetaData()
NAIVE = Table(
    "naive_reports",
    FLOOR,
    Column("id", String(16), primary_key=True),
    Column("kind", String(40)),
    Column("answer", String(200)),
)
_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
_KINDS: Mapping[str, str] = {"ENF": "incident", "RVC": "project", "ALERTE": "alert"}


@dataclass(frozen=True)
class Load:
    """How many messages a round, how many rounds, and how many workers side by side."""

    count: int
    rounds: int
    processes: int = 1


def bench_drain(url: str | None, load: Load, *, say: Callable[[str], None]) -> Comparison:
    """On a throw-away SQLite file, or on a throw-away database of the PostgreSQL server at `url`."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lakana-bench-")))
        database = stack.enter_context(throw_away(url, home))
        keyring = make_keyring(home / "keys" / "lakana.keys")
        engine = stack.enter_context(_opened(database, keyring))
        FLOOR.create_all(engine)
        filled = 0

        def product() -> Run:
            nonlocal filled
            fill(load.count, filled, keyring)
            filled += load.count
            seconds = _work(database, home, load.processes)
            _count(filled, keyring)
            return Run(load.count / seconds)

        compared = compare(
            f"drain on {engine.dialect.name}: waiting messages opened, read, settled with audit and reply",
            product,
            lambda: _floor(database, load.count),
            rounds=load.rounds,
            say=say,
        )
        compared.facts["workers"] = f"{load.processes}; {filled:,} messages in the inbox at the end, every one counted"
        compared.facts["memory"] = f"at the most {_largest_child():.0f} MB in one worker"
    return compared


@contextmanager
def _opened(database: str, keyring: Keyring) -> Iterator[Engine]:
    engine = db.connect(database)
    schema.upgrade(engine)
    current.unlock(keyring)
    try:
        yield engine
    finally:
        current.lock()
        db.disconnect()


def fill(count: int, first: int, keyring: Keyring) -> None:
    """Sealed messages of many phones, as the intake stores them."""
    keys = keyring.inbox()
    for begin in range(first, first + count, AT_ONCE):
        with db.transaction() as session:
            intake.store(
                session,
                [
                    intake.prepare(_inbound(number), keys=keys, now=clock.now())
                    for number in range(begin, min(begin + AT_ONCE, first + count))
                ],
            )


def _inbound(number: int) -> Inbound:
    return simulator.inbound(f"+2237000{number % PHONES:04}", f"{TEXTS[number % len(TEXTS)]} n{number}")


def _work(database: str, home: Path, processes: int) -> float:
    """Workers of their own read until nothing waits; the seconds of the slowest, without its start."""
    environment = {**_kept(), "DATABASE_URL": database, "LAKANA_HOME": str(home)}
    command = [sys.executable, "-m", "gateway.cli.bench.drain"]
    workers = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(processes)
    ]
    return _race(workers)


def _race(workers: list[subprocess.Popen[bytes]]) -> float:
    """All are ready before the first begins."""
    for each in workers:
        if each.stdout is None or not each.stdout.readline():
            raise BenchFailed("a worker did not start")
    begun = time.perf_counter()
    told = [each.communicate(b"go\n")[0] for each in workers]
    if any(each.returncode for each in workers):
        raise BenchFailed("a worker fell")
    return max(float(json.loads(each)["ended"]) for each in told) - begun


def _count(wanted: int, keyring: Keyring) -> None:
    """A rate with a missing row is no rate."""
    current.unlock(keyring)
    with db.reading() as session:
        settled = (MessageState.DONE, MessageState.DUPLICATE)
        read = session.scalar(select(func.count()).where(Message.state.in_(settled)))
        answered = session.scalar(text("SELECT count(*) FROM replies"))
        entries = audit.length(session)
    if not read == answered == entries == wanted:
        raise BenchFailed(f"{read} read, {answered} answered, {entries} in the audit, of {wanted}")


def _floor(database: str, count: int) -> Run:
    """As most people would write it: split the text, look words up, one INSERT and one commit each."""
    engine = open_floor(database)
    begun = time.perf_counter()
    for number in range(count):
        words = _WORD.findall(TEXTS[number % len(TEXTS)])
        kind = next((_KINDS[word] for word in words if word in _KINDS), "unknown")
        with Session(engine) as session:
            row = {"id": f"{time.monotonic_ns():x}"[-16:], "kind": kind, "answer": f"Merci. {len(words)}"}
            session.execute(NAIVE.insert().values(row))
            session.commit()
    seconds = time.perf_counter() - begun
    engine.dispose()
    return Run(count / seconds)


def _kept() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}


def _largest_child() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _worker() -> None:
    """One worker's life: get ready, wait for the word, read until nothing waits."""
    # Imported here: the command line measures, workers work.
    from workers import jobs
    from workers.shop import Shop

    chosen = settings.load(os.environ)
    current.unlock(load_keyring(chosen.keys))
    db.connect(chosen.database_url)
    shop = Shop(office(chosen), {})
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while jobs.read(shop):
        pass
    json.dump({"ended": time.perf_counter()}, sys.stdout)
    db.disconnect()


if __name__ == "__main__":
    _worker()
