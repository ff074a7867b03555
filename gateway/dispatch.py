"""The bell: tells a worker after the commit that a row waits. The database is the queue: a lost ring is found again."""

import threading
import time
from collections.abc import Callable, Collection
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
RUNG_SECONDS = 10
JOB_SECONDS = 45
FAILED_KEPT_SECONDS = 24 * 3600


class Job(StrEnum):
    """What a worker can be asked to do with whatever waits for it."""

    READ = "read"
    READ_AGAIN = "read_again"
    SEND = "send"


class Bell(Protocol):
    """Anything that can be rung; it never raises, never makes the caller wait long, and rings once for many."""

    def ring(self, job: Job) -> bool:
        """Says that something waits for this job; False when nobody can have heard it."""

    def answer(self, job: Job) -> None:
        """Says that somebody goes to look: who comes after that rings anew."""


class LocalBell:
    """Threads of this very process listen."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rung: dict[Job, None] = {}

    def ring(self, job: Job) -> bool:
        """However often it rings before somebody comes, it has rung once."""
        with self._changed:
            self._rung[job] = None
            self._changed.notify_all()
        return True

    def answer(self, job: Job) -> None:
        """Nothing to do: whoever heard it has taken it down."""

    def listen(self, seconds: float, jobs: Collection[Job] = tuple(Job)) -> Job | None:
        """The first of these jobs that was rung for, or None when none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: any(job in self._rung for job in jobs), timeout=seconds)
            heard = next((job for job in self._rung if job in jobs), None)
            if heard is not None:
                del self._rung[heard]
            return heard

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was rung for."""
        with self._changed:
            return not self._rung


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
        self._redis = Redis(connection_pool=pool)
        self._queue = Queue(QUEUE, connection=self._redis, serializer=JSONSerializer)
        self._failures = RedisError
        self._silent_until = 0.0

    def ring(self, job: Job) -> bool:
        """One ring of each job waits at the most: however many messages come, Redis holds a handful of keys."""
        return self._call(job, lambda: self._ring(job))

    def answer(self, job: Job) -> None:
        """Takes the mark away that keeps others from ringing; if that fails it goes by itself."""
        self._call(job, lambda: self._redis.delete(_mark(job)))

    def _ring(self, job: Job) -> None:
        if self._redis.set(_mark(job), "1", nx=True, ex=RUNG_SECONDS):
            self._queue.enqueue_call(
                RUNNER,
                args=(job.value,),
                timeout=JOB_SECONDS,
                result_ttl=0,
                failure_ttl=FAILED_KEPT_SECONDS,
                description=job.value,
            )

    def _call(self, job: Job, call: Callable[[], object]) -> bool:
        """Best effort: after a failure Redis is left alone for a while, so that no request waits for it twice."""
        if time.monotonic() < self._silent_until:
            return False
        try:
            call()
        except self._failures as error:
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            log.event("bell_lost", job=job.value, error=type(error).__name__)
            return False
        return True


class _NoBell:
    """Before choose(): the sweep of whoever works on this database finds the row."""

    def ring(self, job: Job) -> bool:  # noqa: ARG002  nobody hears it
        """Nobody hears it."""
        return False

    def answer(self, job: Job) -> None:
        """Nobody rang."""


def _mark(job: Job) -> str:
    return f"rq:{QUEUE}:rung:{job.value}"


_bell: Bell = _NoBell()


def choose(settings: Settings) -> Bell:
    """The bell of this process: Redis where there is one, else its own threads."""
    return use(RQBell(settings.redis_url) if settings.redis_url else LocalBell())


def use(bell: Bell) -> Bell:
    """From now on this process rings this bell."""
    global _bell
    _bell = bell
    return bell


def ring(job: Job) -> bool:
    """Rings now, for rows that were committed before; False when nobody can have heard it."""
    return _bell.ring(job)


def answer(job: Job) -> None:
    """Somebody goes to look what waits for this job."""
    _bell.answer(job)


def after_commit(session: Session, job: Job) -> None:
    """Rings once the session's transaction is committed, once for however many rows; a rollback rings nothing."""
    if "rings" not in session.info:
        session.info["rings"] = {}
        event.listen(session, "after_commit", _ring_all)
    session.info["rings"][job] = None


def _ring_all(session: Any) -> None:
    failpoint.hit("after_commit")
    rings, session.info["rings"] = session.info["rings"], {}
    for job in rings:
        _bell.ring(job)
    failpoint.hit("after_enqueue")
