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
from gateway.dispatch import Job, LocalBell
from workers import suspect
from workers.run import run_job
from workers.shop import shop
from workers.sweep import sweep

LISTEN_SECONDS = 0.25
SWEEP_SECONDS = 1.0
ELECTION_SECONDS = 2.0
STUCK_SECONDS = 60.0
MOST_THREADS = 4


@dataclass
class InProcess:
    """One thread for each job, and a watcher that sweeps and puts another thread beside one that is stuck."""

    bell: LocalBell
    lock_path: Path
    owns_database: bool = True
    run: Callable[[str, threading.Event], None] = run_job
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: dict[Job, list[threading.Thread]] = field(default_factory=dict)
    watcher: threading.Thread | None = None
    busy_since: dict[str, float] = field(default_factory=dict)
    lock: IO[bytes] | None = None

    def start(self) -> None:
        """Starts the watcher; it starts the rest once this process is the elected one."""
        self.watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
        self.watcher.start()

    def stop(self, seconds: float = 15.0) -> None:
        """Lets what is being done be finished, takes up nothing new, and lets another process be elected."""
        self.stopping.set()
        end = time.monotonic() + seconds
        working = [thread for same in self.threads.values() for thread in same]
        for thread in (self.watcher, *working):
            if thread is not None:
                thread.join(max(0.0, end - time.monotonic()))
        suspect.cool()
        if self.lock:
            self.lock.close()

    def _watch(self) -> None:
        while not self.stopping.is_set() and not self._elected():
            self.stopping.wait(ELECTION_SECONDS)
        if not self.stopping.is_set():
            suspect.warm(shop().office.codebook_folder)
        is_first = True
        while not self.stopping.is_set():
            # Elected on a database of our own: whoever worked here before is gone, and its leases with it.
            is_first = not self._sweep(is_alone=is_first and self.owns_database)
            for job in Job:
                self._keep_listening(job)
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

    def _keep_listening(self, job: Job) -> None:
        """What holds its thread for a minute must not hold up all others."""
        working = [thread for thread in self.threads.get(job, []) if thread.is_alive()]
        now = time.monotonic()
        free = [each for each in working if now - self.busy_since.get(each.name, now) < STUCK_SECONDS]
        if not free and len(working) < MOST_THREADS:
            name = f"{job.value}-{time.monotonic_ns()}"
            thread = threading.Thread(target=self._listen, args=(job,), name=name, daemon=True)
            working.append(thread)
            thread.start()
        self.threads[job] = working

    def _listen(self, job: Job) -> None:
        name = threading.current_thread().name
        while not self.stopping.is_set():
            if self.bell.listen(LISTEN_SECONDS, (job,)) is None:
                continue
            self.busy_since[name] = time.monotonic()
            self.run(job, self.stopping)
            self.busy_since.pop(name, None)
