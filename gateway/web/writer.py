"""Group commit: requests that come together share one transaction, and each answers only after its commit.

Whoever comes while nobody writes becomes the writer for everybody waiting by then; the others sleep until their row is
committed, or until it is their turn to write. No time is spent waiting for company.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from gateway import failpoint
from gateway.casework import intake
from gateway.errors import LakanaError

MOST_TOGETHER = 100


class NotStored(LakanaError):
    """The transaction that held this row did not go through; the provider has to come again."""

    code = "not_stored"


@dataclass
class _Waiting:
    row: intake.Row
    turn: threading.Event = field(default_factory=threading.Event)
    received: intake.Received | None = None
    is_writer: bool = False


class Writer:
    """Stores rows of the inbox for all threads of this process."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Session]]) -> None:
        self._transaction = transaction
        self._door = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._is_writing = False

    def take(self, row: intake.Row) -> intake.Received:
        """Returns once the row is committed; raises what stopped the transaction, or NotStored."""
        mine = _Waiting(row)
        with self._door:
            self._waiting.append(mine)
            mine.is_writer = not self._is_writing
            self._is_writing = True
        if not mine.is_writer:
            mine.turn.wait()
        if mine.is_writer:
            self._write()
        if mine.received is None:
            raise NotStored("the transaction did not go through")
        return mine.received

    def _write(self) -> None:
        with self._door:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
        try:
            self._store(together)
        finally:
            for one in together:
                one.is_writer = False
                one.turn.set()
            self._pass_on()

    def _store(self, together: Sequence[_Waiting]) -> None:
        failpoint.hit("before_begin")
        with self._transaction() as session:
            received = intake.store(session, [one.row for one in together])
        for one, result in zip(together, received, strict=True):
            one.received = result

    def _pass_on(self) -> None:
        """The first who came meanwhile writes next."""
        with self._door:
            if self._waiting:
                self._waiting[0].is_writer = True
                self._waiting[0].turn.set()
            else:
                self._is_writing = False
