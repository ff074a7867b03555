"""Empties the spool of this machine into the database: at the start, and as soon as the database is back."""

import logging
import threading
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from gateway import clock, log
from gateway.casework import spool
from gateway.records.db import NotConnected, transaction
from gateway.vault.keyring import InboxKeys

LOOK_SECONDS = 2.0


def drain(folder: Path, keys: InboxKeys) -> int:
    """Pours until nothing waits; how many messages."""
    done = 0
    spool.forget_spares(folder, now=clock.now())
    while spool.count(folder) > spool.refused(folder):
        with transaction() as session:
            poured = spool.pour(session, folder, keys=keys)
        spool.clear(folder, poured)
        done += len(poured.stored)
        if poured.refused:
            log.event("spool_refused", level=logging.ERROR, count=len(poured.refused))
    if done:
        log.event("spool_drained", count=done)
    return done


def keep(folder: Path, keys: InboxKeys, *, stopping: threading.Event | None = None) -> threading.Thread:
    """Looks again and again, in a thread of its own."""
    thread = threading.Thread(target=_repeat, args=(folder, keys, stopping or threading.Event()), daemon=True)
    thread.start()
    return thread


def _repeat(folder: Path, keys: InboxKeys, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            drain(folder, keys)
        except NotConnected:  # this process is done with its database
            return
        except (SQLAlchemyError, OSError) as error:
            log.event("spool_waits", level=logging.WARNING, error=type(error).__name__)
        stopping.wait(LOOK_SECONDS)
