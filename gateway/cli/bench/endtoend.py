"""`lakana bench end-to-end`: from a signed webhook to the queue, first as fast as it goes, then at half of that."""

import json
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, TextClause, func, select, text

from gateway import clock
from gateway.casework.backlog import UNREAD
from gateway.cli.bench import servers
from gateway.cli.bench.intake import OUR_NUMBER, throw_away
from gateway.cli.bench.measure import machine, percentile
from gateway.cli.bench.servers import BenchFailed
from gateway.records import db, schema
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.keyring import make_keyring

WARM_UP = 0.1  # of the messages at full speed
LONGEST_SECONDS = 600.0
_UNREAD = text("SELECT count(*) FROM messages WHERE state IN ('received', 'processing')")
_STORED = text("SELECT count(*) FROM messages")
_OLDEST_UNREAD = select(func.min(Message.received_at)).where(Message.state.in_(UNREAD))
_READ = select(Message.id, Message.received_at).where(Message.state.in_((MessageState.DONE, MessageState.DUPLICATE)))


@dataclass(frozen=True)
class Load:
    """How many webhooks at full speed, and for how long at half of it."""

    count: int
    seconds: float
    connections: int
    processes: int


@dataclass(frozen=True)
class EndToEnd:
    """One database; waits in milliseconds."""

    database: str
    full_per_second: float
    half_per_second: float
    webhook_p50_ms: float
    webhook_p99_ms: float
    queue_p50_ms: float
    queue_p95_ms: float
    queue_p99_ms: float

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {"name": "end-to-end", **asdict(self), "machine": machine()}

    def as_text(self) -> str:
        """A small table for a person."""
        return "\n".join(
            [
                f"end to end on {self.database}: signed webhook to queue, every message counted",
                f"  machine: {machine()}",
                f"  as fast as it goes   {self.full_per_second:8,.0f} a second until the last one is in the queue",
                f"  at half of that      {self.half_per_second:8,.0f} a second",
                f"    webhook answered   p50 {self.webhook_p50_ms:.0f} ms  p99 {self.webhook_p99_ms:.0f} ms",
                f"    seen in the queue  p50 {self.queue_p50_ms:.0f} ms  p95 {self.queue_p95_ms:.0f} ms"
                f"  p99 {self.queue_p99_ms:.0f} ms",
            ]
        )


def bench_end_to_end(url: str | None, redis: str | None, load: Load, *, say: Callable[[str], None]) -> EndToEnd:
    """`lakana up` on a file; or an intake and workers on the PostgreSQL server at `url` with this Redis."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lakana-bench-")))
        database = stack.enter_context(throw_away(url, home))
        engine = db.open_engine(database)
        stack.callback(engine.dispose)
        schema.upgrade(engine)
        make_keyring(home / "keys" / "lakana.keys")
        facts = stack.enter_context(_office(database, redis if url else None, home, load.processes))
        _settled(engine, facts, max(1, round(load.count * WARM_UP)), load)
        begun = time.perf_counter()
        _settled(engine, facts, load.count, load)
        full = load.count / (time.perf_counter() - begun)
        say(f"{full:,.0f} a second at full speed; now {full / 2:,.0f} for {load.seconds:.0f} s")
        told, waits = _watched(engine, facts, load, full / 2)
    seen = [percentile(waits, share) for share in (0.5, 0.95, 0.99)]
    return EndToEnd(engine.dialect.name, full, full / 2, told["p50_ms"], told["p99_ms"], *seen)


@contextmanager
def _office(database: str, redis: str | None, home: Path, processes: int) -> Iterator[dict[str, Any]]:
    account, token, port = f"AC{secrets.token_hex(16)}", secrets.token_hex(16), servers.free_port()
    settings = {
        "DATABASE_URL": database,
        "LAKANA_HOME": str(home),
        "LAKANA_MODE": "development",
        "LAKANA_PANEL_PORT": str(servers.free_port()),
        "TWILIO_ACCOUNT_SID": account,
        "TWILIO_AUTH_TOKEN": token,
        "TWILIO_FROM": OUR_NUMBER,
        # Nobody answers there: what is measured ends with the queue, and no reply leaves this machine.
        "TWILIO_API_BASE": "http://127.0.0.1:9",
        "PUBLIC_URL": "http://127.0.0.1:9",
        **({"REDIS_URL": redis} if redis else {}),
    }
    facts = {"account": account, "token": token, "to": OUR_NUMBER, "path": "/twilio/sms", "first": 0}
    facts |= {"url": "http://127.0.0.1:9/twilio/sms", "host": "127.0.0.1", "port": port}
    with ExitStack() as stack:
        if redis:
            stack.enter_context(servers.workers(processes, settings))
        stack.enter_context(servers.product(port, settings, role="intake" if redis else "up"))
        yield facts


def _drive(facts: dict[str, Any], count: int, load: Load, rate: float | None = None) -> subprocess.Popen[bytes]:
    asked = {**facts, "count": count, "connections": load.connections, "rate": rate}
    facts["first"] += count
    command = [sys.executable, "-m", "gateway.cli.bench.load"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if process.stdin is None:
        raise BenchFailed("the load did not start")
    process.stdin.write(json.dumps(asked).encode())
    process.stdin.close()
    return process


def _told(process: subprocess.Popen[bytes], count: int) -> Mapping[str, Any]:
    with process:
        told: Mapping[str, Any] = json.loads(process.stdout.read()) if process.stdout else {}
    if told.get("statuses") != {"200": count}:
        raise BenchFailed(f"answers were {told.get('statuses')}, not {count} times 200")
    return told


def _settled(engine: Engine, facts: dict[str, Any], count: int, load: Load) -> None:
    """Sends so many and waits until nothing waits."""
    _told(_drive(facts, count, load), count)
    end = time.monotonic() + LONGEST_SECONDS
    while _ask(engine, _UNREAD):
        if time.monotonic() > end:
            raise BenchFailed("not everything was read")
        time.sleep(0.01)
    _counted(engine, facts)


def _counted(engine: Engine, facts: dict[str, Any]) -> None:
    """A rate with a missing row is no rate."""
    if _ask(engine, _STORED) != facts["first"]:
        raise BenchFailed(f"{_ask(engine, _STORED)} rows for {facts['first']} answers")


def _watched(engine: Engine, facts: dict[str, Any], load: Load, rate: float) -> tuple[Mapping[str, Any], list[float]]:
    """Looks into the database again and again, as officers would: when is each message seen in the queue."""
    count = round(rate * load.seconds)
    since, waits = clock.now(), dict[str, float]()
    process = _drive(facts, count, load, rate)
    end = time.monotonic() + LONGEST_SECONDS
    while len(waits) < count:
        if time.monotonic() > end:
            raise BenchFailed("not everything was read")
        with engine.connect() as connection:
            oldest = connection.scalar(_OLDEST_UNREAD)
            found = connection.execute(_READ.where(Message.received_at >= since)).all()
        at = clock.now()
        for row_id, received_at in found:
            waits.setdefault(row_id, (at - received_at).total_seconds() * 1000)
        # What came before the oldest that waits has been seen; a moment back, since commits come in no exact order.
        since = max(since, (oldest or at) - timedelta(seconds=1))
        time.sleep(0.02)
    _counted(engine, facts)
    return _told(process, count), list(waits.values())


def _ask(engine: Engine, question: TextClause) -> Any:
    with engine.connect() as connection:
        return connection.scalar(question)
