"""Storing what a channel handed over: in the database, or in the spool while that is away; the answer waits for it."""

import logging
import time
from datetime import timedelta

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from gateway import log
from gateway.casework import spool
from gateway.casework.intake import Received, Row
from gateway.web.door import Door
from gateway.web.writer import NotStored

# After a failure the database is left alone for a moment: a server that is gone costs seconds to find gone.
PAUSE = timedelta(seconds=2)


def take(here: Door, row: Row) -> Received:
    """Returns once the row is committed or its file is on the disk; NotStored when neither can be had."""
    if here.spool is not None and time.monotonic() < here.away.until:
        return _spooled(here, row, "away")
    try:
        return here.writer.take(row)
    except (SQLAlchemyError, NotStored) as error:
        if here.spool is None:
            raise
        if isinstance(error, OperationalError | InterfaceError):
            here.away.until = time.monotonic() + PAUSE.total_seconds()
        return _spooled(here, row, type(error).__name__)


def _spooled(here: Door, row: Row, reason: str) -> Received:
    assert here.spool is not None  # noqa: S101  take() has looked
    try:
        received = spool.put(here.spool, row, keys=here.keys)
    except OSError as error:
        log.event("not_spooled", level=logging.ERROR, error=type(error).__name__, reason=reason)
        raise NotStored("neither the database nor the spool took it") from None
    here.metrics.spooled.labels(row.channel).inc()
    log.event("spooled", level=logging.WARNING, channel=row.channel, id=row.id, reason=reason)
    return received
