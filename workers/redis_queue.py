"""Jobs as they come out of Redis: only our own runner is ever called, whatever somebody wrote there."""

import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job as QueuedJob
from rq.serializers import JSONSerializer

from gateway import log
from gateway.dispatch import PAUSE_SECONDS, QUEUE, RUNNER
from workers.run import run_job


class NotOurs(Exception):
    """A job that names another function than ours."""


class OurJob(QueuedJob):
    """RQ calls whatever function, callback or address a job names; this one knows a single function."""

    @property
    def func(self) -> Callable[[str], None]:
        """The runner, or a refusal."""
        if self.func_name != RUNNER or self.instance is not None:
            raise NotOurs("this queue runs one function only")
        return run_job

    def restore(self, raw_data: Any) -> Any:
        """Leaves out what could call back, here or elsewhere on the network."""
        restored = super().restore(raw_data)
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []
        return restored


class OurWorker(SimpleWorker):
    """RQ's worker ends itself when Redis is away at the wrong moment; this one tells whether it was asked to end."""

    max_connection_wait_time = 5.0
    was_asked = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """The signal to end."""
        self.was_asked = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # RQ has no types here


def worker(url: str) -> OurWorker:
    """One worker on one queue: on two, a killed one would lose a job for good."""
    connection = Redis.from_url(url)
    queue = Queue(QUEUE, connection=connection, job_class=OurJob, serializer=JSONSerializer)
    return OurWorker(
        [queue], connection=connection, job_class=OurJob, serializer=JSONSerializer, log_job_description=False
    )


def listen(url: str) -> None:
    """Works until the signal to end comes, however often Redis goes and comes back in between."""
    while True:
        try:
            ours = worker(url)
            ours.work(with_scheduler=False, logging_level="WARNING")
            if ours.was_asked:
                return
        except RedisError as error:
            log.event("bell_lost", error=type(error).__name__)
        except StopRequested:
            return
        try:
            time.sleep(PAUSE_SECONDS)
        except StopRequested:
            return
