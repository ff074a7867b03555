"""The job runner: does a job piece by piece until nothing waits for it; the same in threads and under RQ."""

import logging
import threading
import time

from gateway import dispatch, log
from gateway.dispatch import Job
from workers.failing import tried
from workers.jobs import JOBS
from workers.shop import shop

ROUND_SECONDS = 10.0
_never = threading.Event()


def run_job(job: str, stopping: threading.Event = _never) -> None:
    """Does what waits for this job; after a while it rings again instead, so that other jobs have their turn too."""
    wanted = Job(job)
    dispatch.answer(wanted)  # from here on whoever commits rings anew
    error = tried(lambda: _work(wanted, stopping))
    if error is not None:
        log.event("job_failed", level=logging.ERROR, exc_info=error, job=job)


def _work(job: Job, stopping: threading.Event) -> None:
    end = time.monotonic() + ROUND_SECONDS
    while JOBS[job](shop()):
        if stopping.is_set():
            return
        if time.monotonic() > end:
            dispatch.ring(job)
            return
