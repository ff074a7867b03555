"""Jobs as they come out of Redis: only our own runner is ever called, whatever somebody wrote there."""

from collections.abc import Callable
from typing import Any

from redis import Redis
from rq import Queue, SimpleWorker
from rq.job import Job as QueuedJob
from rq.serializers import JSONSerializer

from gateway.dispatch import QUEUE, RUNNER
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


def worker(url: str) -> SimpleWorker:
    """One worker on one queue: on two, a killed one would lose a job for good."""
    connection = Redis.from_url(url)
    queue = Queue(QUEUE, connection=connection, job_class=OurJob, serializer=JSONSerializer)
    return SimpleWorker(
        [queue], connection=connection, job_class=OurJob, serializer=JSONSerializer, log_job_description=False
    )
