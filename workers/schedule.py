"""What is due by the clock in scale mode; a round that fails is tried again at the next."""

import logging
import threading
from collections.abc import Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from gateway import log
from gateway.errors import LakanaError
from gateway.records import alone
from workers import outbox, parts, reconcile, spooled
from workers.run import run_job
from workers.sweep import sweep

Tasks = Mapping[str, tuple[float, Callable[[], object]]]


def sweep_or_do() -> None:
    """Without its bell a worker does by itself what it would have rung for."""
    for job in sweep().unheard:
        run_job(job)


EVERY: Tasks = {
    "sweep": (20.0, sweep_or_do),
    "spool": (10.0, spooled.drain),
    "outbox": (1.0, outbox.ring),
    "unknown_replies": (60.0, outbox.ask_logs),
    "parts": (2.0, parts.join),
    "reconcile": (900.0, reconcile.scheduled),
}
# In embedded mode the watcher sweeps every second, and the intake of the same process empties the spool.
EMBEDDED = {name: EVERY[name] for name in ("unknown_replies", "parts", "reconcile")}


def keep(stopping: threading.Event, tasks: Tasks = EVERY) -> list[threading.Thread]:
    """One thread for each line of the table, until told to stop."""
    threads = [
        threading.Thread(target=_repeat, args=(name, *due, stopping), name=name, daemon=True)
        for name, due in tasks.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _repeat(name: str, seconds: float, task: Callable[[], object], stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            # Of all workers on all machines one does it at a time; the others come again at the next round.
            with alone.alone(name) as is_alone:
                if is_alone:
                    task()
        except (SQLAlchemyError, LakanaError, OSError) as error:
            log.event("task_failed", level=logging.ERROR, job=name, error=type(error).__name__)
        stopping.wait(seconds)
