"""`lakana bench panel`: the queue page with a hundred thousand alerts behind it, beside the same page with few."""

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from gateway import clock, settings
from gateway.cli.bench.intake import throw_away
from gateway.cli.bench.measure import machine, percentile
from gateway.cli.bench.servers import BenchFailed
from gateway.records import db, schema
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, Role, ViolationType
from gateway.records.ids import new_id
from gateway.records.officer import Officer
from gateway.records.states import AlertStatus
from gateway.trust import sessions
from gateway.vault import current
from gateway.vault.keyring import make_keyring

AT_ONCE = 5000
FEW = 50
REGIONS = ("ML01", "ML02", "ML03", "ML04", "ML05", "ML06", "ML07", "ML08", "ML09", "ML10", "N23-09")
# What officers look at: everything, their region, what is urgent, one type of violation.
ADDRESSES = ("/queue", "/queue?region=ML07", "/queue?urgent=1", "/queue?type=abduction&order=oldest")


@dataclass(frozen=True)
class Pages:
    """Waits for one address, in milliseconds, with few and with many alerts in the database."""

    address: str
    few_p95_ms: float
    many_p50_ms: float
    many_p95_ms: float


@dataclass(frozen=True)
class Panel:
    """All addresses on one database."""

    database: str
    alerts: int
    pages: tuple[Pages, ...]

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {"name": "panel", **asdict(self), "machine": machine()}

    def as_text(self) -> str:
        """A small table for a person."""
        lines = [
            f"queue page on {self.database}, {self.alerts:,} alerts; beside {FEW} alerts",
            f"  machine: {machine()}",
        ]
        for page in self.pages:
            lines.append(
                f"  {page.address:38} p50 {page.many_p50_ms:6.1f} ms  p95 {page.many_p95_ms:6.1f} ms"
                f"  (with {FEW}: p95 {page.few_p95_ms:.1f} ms)"
            )
        return "\n".join(lines)


def bench_panel(url: str | None, alerts: int, *, repeats: int, say: Callable[[str], None]) -> Panel:
    """Fills a throw-away database and asks for the pages through the whole application."""
    # Imported here: the command line starts without the panel.
    from admin.app import create_app

    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lakana-bench-")))
        engine = db.connect(stack.enter_context(throw_away(url, home)))
        stack.callback(db.disconnect)
        schema.upgrade(engine)
        current.unlock(make_keyring(home / "keys" / "lakana.keys"))
        stack.callback(current.lock)
        client = create_app(settings.load({"LAKANA_HOME": str(home)})).test_client()
        client.set_cookie("lakana", _sign_in())
        _fill(FEW, 0, say)
        few = [_waits(client, address, repeats) for address in ADDRESSES]
        _fill(alerts, FEW, say)
        many = [_waits(client, address, repeats) for address in ADDRESSES]
    pages = tuple(
        Pages(address, percentile(before, 0.95), statistics.median(after), percentile(after, 0.95))
        for address, before, after in zip(ADDRESSES, few, many, strict=True)
    )
    return Panel(engine.dialect.name, alerts, pages)


def _sign_in() -> str:
    with db.transaction() as session:
        officer = Officer(
            name="bench",
            name_key="bench",
            display_name="Bench",
            roles=[Role.FOCAL_POINT.value],
            password_hash="-",  # noqa: S106  nobody signs in with it: the session below is made directly
            must_change_password=False,
            is_totp_confirmed=True,
            created_at=clock.now(),
        )
        session.add(officer)
        session.flush()
        return sessions.begin(session, officer, is_pending=False, now=clock.now())


def _fill(wanted: int, there: int, say: Callable[[str], None]) -> None:
    """Plausible alerts, half of them still open, written past the use cases: only their number matters here."""
    now = clock.now()
    for first in range(there, wanted, AT_ONCE):
        rows = [_alert(number, now) for number in range(first, min(first + AT_ONCE, wanted))]
        with db.transaction() as session:
            session.execute(insert(Alert), rows)
        say(f"{min(first + AT_ONCE, wanted):,} of {wanted:,} alerts")


def _alert(number: int, now: Any) -> dict[str, Any]:
    types = list(ViolationType)
    at = now - timedelta(minutes=7 * number)
    return {
        "id": new_id(),
        "reference": f"B{number:07}",
        "kind": AlertKind.INCIDENT,
        "status": AlertStatus.NEW if number % 2 else AlertStatus.IN_INCIDENT,
        "received_at": at,
        "language": "fr",
        "channel": "twilio",
        "region": REGIONS[number % len(REGIONS)],
        "happened_from": at.date(),
        "happened_to": at.date(),
        "types": [types[number % len(types)].value],
        "missing": ["place"] if number % 9 == 0 else [],
        "children": number % 7,
        "is_urgent": number % 50 == 1,
        "needs_check": number % 9 == 0,
        "has_answer_waiting": False,
        "version": 1,
    }


def _waits(client: Any, address: str, repeats: int) -> list[float]:
    waits = []
    for _ in range(repeats):
        begun = time.perf_counter()
        answer = client.get(address)
        waits.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise BenchFailed(f"{address}: {answer.status_code}")
    return waits[1:]
