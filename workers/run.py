"""The job runner: look up, claim, do, and one policy for what fails; the same in threads and under RQ."""

import logging
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from gateway import clock, failpoint, log
from gateway.dispatch import Job
from gateway.errors import LakanaError, Overtaken
from gateway.records import db
from workers.jobs import JOBS, Work
from workers.shop import shop


def run_job(job: str, row_id: str) -> None:
    """Does one job on one row; a row that somebody else has, or that is settled, is left alone."""
    work, claim = JOBS[Job(job)], None
    try:
        with db.transaction() as session:
            claim = work.claim(session, row_id, now=clock.now())
        if claim is not None:
            failpoint.hit("after_claim")
            work.do(claim, shop())
    except Overtaken:
        log.event("job_overtaken", job=job, id=row_id)
    except Exception as error:
        _failed(work, claim, error, job=job, row_id=row_id)


def _failed(work: Work, claim: Any, error: Exception, *, job: str, row_id: str) -> None:
    """Notes the failure in the row; when even that fails, the lease runs out and the sweep comes by."""
    attempt = claim.attempt if claim is not None else None
    log.event("job_failed", level=logging.ERROR, exc_info=True, job=job, id=row_id, attempt=attempt)
    if claim is None:
        return
    reason = error.code if isinstance(error, LakanaError) else type(error).__name__
    try:
        with db.transaction() as session:
            work.fail(session, claim, reason=reason[:48], now=clock.now())
    except SQLAlchemyError as second:
        log.event("job_not_noted", level=logging.ERROR, job=job, id=row_id, error=type(second).__name__)
