"""One policy for what fails, the same in threads and under RQ: it is noted in the row, and never ends the worker."""

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from gateway import clock, log
from gateway.dispatch import Job
from gateway.errors import LakanaError, Overtaken
from gateway.records import db


def tried(step: Callable[[], None]) -> Exception | None:
    """Does this, and gives what stood in the way if anything did."""
    try:
        step()
    except Exception as error:  # whatever a message does to its reader is noted, and never ends the worker
        return error
    return None


def note(job: Job, claim: Any, fail: Callable[..., None], error: Exception) -> bool:
    """Writes the failure into the row; where even that fails, the lease runs out and the sweep comes by."""
    row_id = next(iter(vars(claim).values()))
    if isinstance(error, Overtaken):
        log.event("job_overtaken", job=job.value, id=row_id)
        return True
    log.event("job_failed", level=logging.ERROR, exc_info=error, job=job.value, id=row_id, attempt=claim.attempt)
    reason = error.code if isinstance(error, LakanaError) else type(error).__name__
    try:
        with db.transaction() as session:
            fail(session, claim, reason=reason[:48], now=clock.now())
    except SQLAlchemyError as second:
        log.event("job_not_noted", level=logging.ERROR, job=job.value, id=row_id, error=type(second).__name__)
        return False
    return True
