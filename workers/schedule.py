"""What is due by the clock in scale mode; a round that fails is tried again at the next."""

import logging
import threading
from collections.abc import Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from gateway import log
from gateway.records import alone
from workers.run import run_job
from workers.sweep import sweep


def sweep_or_do() -> None:
    """Without its bell a worker does by itself what it would have rung for."""
    for job in sweep().unheard:
        run_job(job)


EVERY: Mapping[str, tuple[float, Callable[[], object]]] = {"sweep": (20.0, sweep_or_do)}


def keep(stopping: threading.Event) -> list[threading.Thread]:
    """One thread for each line of the table, until told to stop."""
    threads = [
        threading.Thread(target=_repeat, args=(name, *due, stopping), name=name, daemon=True)
        for name, due in EVERY.items()
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
        except SQLAlchemyError as error:
            log.event("task_failed", level=logging.ERROR, job=name, error=type(error).__name__)
        stopping.wait(seconds)
