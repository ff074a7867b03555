"""The embedded worker: threads of the one process that serves both applications, elected by a lock on a file."""

import fcntl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy.exc import SQLAlchemyError

from gateway import log
from gateway.dispatch import LocalBell
from workers.run import run_job
from workers.sweep import sweep

LISTEN_SECONDS = 0.25
SWEEP_SECONDS = 1.0
ELECTION_SECONDS = 2.0
STUCK_SECONDS = 60.0
MOST_THREADS = 4


@dataclass
class InProcess:
    """One reader, and a watcher that sweeps and puts another reader beside one that is stuck."""

    bell: LocalBell
    lock_path: Path
    owns_database: bool = True
    run: Callable[[str, str], None] = run_job
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    watcher: threading.Thread | None = None
    busy_since: dict[str, float] = field(default_factory=dict)
    lock: IO[bytes] | None = None

    def start(self) -> None:
        """Starts the watcher; it starts the rest once this process is the elected one."""
        self.watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
        self.watcher.start()

    def stop(self, seconds: float = 15.0) -> None:
        """Lets what is being read be finished, takes up nothing new, and lets another process be elected."""
        self.stopping.set()
        end = time.monotonic() + seconds
        for thread in (self.watcher, *self.threads):
            if thread is not None:
                thread.join(max(0.0, end - time.monotonic()))
        if self.lock:
            self.lock.close()

    def _watch(self) -> None:
        while not self.stopping.is_set() and not self._elected():
            self.stopping.wait(ELECTION_SECONDS)
        is_first = True
        while not self.stopping.is_set():
            if is_first or self.bell.is_quiet:
                # Elected on a database of our own: whoever worked here before is gone, and its leases with it.
                is_first = not self._sweep(is_alone=is_first and self.owns_database)
            self._keep_reading()
            self.stopping.wait(SWEEP_SECONDS)

    def _elected(self) -> bool:
        self.lock_path.parent.mkdir(parents=True, exist_ok=True)
        lock = self.lock_path.open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self.lock = lock
        return True

    def _sweep(self, *, is_alone: bool) -> bool:
        try:
            sweep(is_alone=is_alone)
        except SQLAlchemyError as error:
            log.event("sweep_failed", error=type(error).__name__)
            return False
        return True

    def _keep_reading(self) -> None:
        """A text that holds its reader for a minute must not hold up all others."""
        self.threads = [thread for thread in self.threads if thread.is_alive()]
        now = time.monotonic()
        free = [each for each in self.threads if now - self.busy_since.get(each.name, now) < STUCK_SECONDS]
        if not free and len(self.threads) < MOST_THREADS:
            name = f"reader-{time.monotonic_ns()}"
            thread = threading.Thread(target=self._read, name=name, daemon=True)
            self.threads.append(thread)
            thread.start()

    def _read(self) -> None:
        name = threading.current_thread().name
        while not self.stopping.is_set():
            rung = self.bell.listen(LISTEN_SECONDS)
            if rung is None:
                continue
            self.busy_since[name] = time.monotonic()
            self.run(*rung)
            self.busy_since.pop(name, None)
