"""What is done by the clock, once for the whole service: a table, and one thread that goes through it."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from gateway import clock, log
from gateway.casework import rounds
from gateway.errors import LakanaError
from gateway.records import db
from gateway.settings import Settings
from workers import self_test, watch

LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class Duty:
    """How often, and what; never while `every` is nothing."""

    every: Callable[[Settings], timedelta]
    do: Callable[[Settings], None]


ROUNDS: Mapping[str, Duty] = {
    "watch": Duty(lambda _: timedelta(minutes=1), watch.look),
    "self_test": Duty(lambda settings: settings.watch.self_test, self_test.send),
    "self_test_read": Duty(lambda settings: min(settings.watch.self_test, timedelta(minutes=1)), self_test.gather),
    "audit": Duty(lambda _: timedelta(hours=1), watch.check_audit),
}


def keep(stopping: threading.Event, settings: Settings) -> threading.Thread:
    """Goes the rounds beside whatever else this process does, until told to stop."""
    thread = threading.Thread(target=_keep, args=(stopping, settings), name="rounds", daemon=True)
    thread.start()
    return thread


def go(settings: Settings) -> list[str]:
    """Everything whose time has come; what fails is tried again at its next turn. The names of what was done."""
    done = []
    for name, duty in ROUNDS.items():
        try:
            if _is_ours(name, duty.every(settings)):
                duty.do(settings)
                done.append(name)
        except (SQLAlchemyError, LakanaError, OSError) as error:
            log.event("round_failed", level=logging.ERROR, job=name, error=type(error).__name__)
    return done


def _is_ours(name: str, every: timedelta) -> bool:
    if not every:
        return False
    now = clock.now()
    with db.reading() as session:  # so that nobody has to wait for a write that is not due
        if not rounds.is_due(session, name, every=every, now=now):
            return False
    with db.transaction() as session:
        return rounds.begin(session, name, every=every, now=now)


def _keep(stopping: threading.Event, settings: Settings) -> None:
    while not stopping.wait(LOOK_SECONDS):
        go(settings)
