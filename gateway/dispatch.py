"""The bell: tells a worker after the commit that a row waits. The database is the queue: a lost ring is found again."""

import contextlib
import queue
import time
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import event
from sqlalchemy.orm import Session

from gateway import failpoint, log
from gateway.settings import Settings

RUNNER = "workers.run.run_job"
QUEUE = "lakana"
RING_SECONDS = 0.2
PAUSE_SECONDS = 5.0
JOB_SECONDS = 60
FAILED_KEPT_SECONDS = 24 * 3600
MOST_WAITING = 1000


class Job(StrEnum):
    """What a worker can be asked to do with a row."""

    READ = "read"
    SEND = "send"


class Bell(Protocol):
    """Anything that can be rung; it never raises and never makes the caller wait long."""

    def ring(self, job: Job, row_id: str) -> None:
        """Says that this row waits for this job."""


class LocalBell:
    """Threads of this very process listen."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[Job, str]] = queue.Queue(MOST_WAITING)

    def ring(self, job: Job, row_id: str) -> None:
        """A full queue loses the ring, which the sweep makes good; memory stays bounded in a flood."""
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait((job, row_id))

    def listen(self, seconds: float) -> tuple[Job, str] | None:
        """The next ring, or None when none came in time."""
        try:
            return self._waiting.get(timeout=seconds)
        except queue.Empty:
            return None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits."""
        return self._waiting.empty()


class RQBell:
    """Workers on this or other machines listen through Redis; without Redis the sweep alone finds the rows."""

    def __init__(self, url: str) -> None:
        # An office without Redis need not load its libraries.
        from redis import ConnectionPool, Redis
        from redis.exceptions import RedisError
        from rq import Queue
        from rq.serializers import JSONSerializer

        pool = ConnectionPool.from_url(
            url, socket_timeout=RING_SECONDS, socket_connect_timeout=RING_SECONDS, health_check_interval=30
        )
        self._queue = Queue(QUEUE, connection=Redis(connection_pool=pool), serializer=JSONSerializer)
        self._failures = RedisError
        self._silent_until = 0.0

    def ring(self, job: Job, row_id: str) -> None:
        """Best effort: after a failure Redis is left alone for a while, so that no request waits for it twice."""
        if time.monotonic() < self._silent_until:
            return
        try:
            self._queue.enqueue_call(
                RUNNER,
                args=(job.value, row_id),
                timeout=JOB_SECONDS,
                result_ttl=0,
                failure_ttl=FAILED_KEPT_SECONDS,
                description=job.value,
            )
        except self._failures as error:
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            log.event("bell_lost", job=job.value, id=row_id, error=type(error).__name__)


class _NoBell:
    """Before choose(): the sweep of whoever works on this database finds the row."""

    def ring(self, job: Job, row_id: str) -> None:
        """Nobody hears it."""


_bell: Bell = _NoBell()


def choose(settings: Settings) -> Bell:
    """The bell of this process: Redis where there is one, else its own threads."""
    return use(RQBell(settings.redis_url) if settings.redis_url else LocalBell())


def use(bell: Bell) -> Bell:
    """From now on this process rings this bell."""
    global _bell
    _bell = bell
    return bell


def ring(job: Job, row_id: str) -> None:
    """Rings now; for rows that were committed before."""
    _bell.ring(job, row_id)


def after_commit(session: Session, job: Job, row_id: str) -> None:
    """Rings once the session's transaction is committed; a rollback rings nothing."""
    if "rings" not in session.info:
        session.info["rings"] = []
        event.listen(session, "after_commit", _ring_all)
    session.info["rings"].append((job, row_id))


def _ring_all(session: Any) -> None:
    failpoint.hit("after_commit")
    rings, session.info["rings"] = session.info["rings"], []
    for job, row_id in rings:
        _bell.ring(job, row_id)
    failpoint.hit("after_enqueue")
