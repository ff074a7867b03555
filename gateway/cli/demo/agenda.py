"""The agenda of the demonstration: many lives side by side, each told when its next moment has come."""

import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from gateway.records.db import transaction


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in the past with a transaction open in it."""

    session: Session
    now: datetime


Life = Generator[datetime, Moment, None]
"""Asks for its next moment, gets it, acts, and asks again."""


@dataclass
class Agenda:
    """What is still to come, the earliest first."""

    until: datetime
    _waiting: list[tuple[datetime, int, Life]] = field(default_factory=list)
    _added: int = 0

    def add(self, life: Life) -> None:
        """Takes a life in at its first moment."""
        self._wait(next(life), life)

    def live(self, told: Callable[[datetime], None]) -> None:
        """Goes through all moments in order, each in a transaction of its own, up to the present."""
        while self._waiting:
            at, _, life = heapq.heappop(self._waiting)
            with transaction() as session:
                try:
                    asked = life.send(Moment(session, at))
                except StopIteration:
                    asked = None
            if asked is not None:
                self._wait(max(asked, at), life)
            told(at)

    def _wait(self, at: datetime, life: Life) -> None:
        """What would lie in the future does not happen in this demonstration."""
        if at > self.until:
            life.close()
            return
        self._added += 1
        heapq.heappush(self._waiting, (at, self._added, life))
