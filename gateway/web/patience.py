"""Patience with a database server that has fallen silent: less than the provider has with us.

A server that is gone refuses at once. One that is stopped, or behind a cable that was pulled, says nothing for minutes,
and no library lets a statement be given up by the clock of whoever asked it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy.orm import Session

from gateway import log

SECONDS = 4.0
_LOOK_SECONDS = 0.5
Transaction = Callable[[], AbstractContextManager[Session]]


class Patience:
    """The same transaction, one at a time, under a watch that cuts the connection when it takes too long."""

    def __init__(self, transaction: Transaction, cut: Callable[[], None]) -> None:
        self._transaction = transaction
        self._cut = cut
        self._began: float | None = None
        self._watch: threading.Thread | None = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Raises what a cut connection raises when the server does not answer in time."""
        if self._watch is None:  # not before: a server may fork between making the application and its first request
            self._watch = threading.Thread(target=self._look, name="patience", daemon=True)
            self._watch.start()
        self._began = time.monotonic()
        try:
            with self._transaction() as session:
                yield session
        finally:
            self._began = None

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK_SECONDS)
            began = self._began
            if began is not None and time.monotonic() - began > SECONDS:
                log.event("database_silent", seconds=round(time.monotonic() - began, 1))
                self._cut()
