"""How the service does, as far as an officer may know: figures of all messages are for administrators alone.

Who works on cases learns whether messages are read in time and which of their own regions are silent; a total would
tell how much comes in from elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from sqlalchemy.orm import Session

from gateway.casework import alarms, backlog, flow, inbox, self_tests, silence, spool
from gateway.casework.flow import Flow
from gateway.casework.inbox import Line
from gateway.casework.silence import Silence
from gateway.records.alarm import Alarm
from gateway.records.codes import Role
from gateway.records.officer import Officer
from gateway.records.self_test import SelfTest
from gateway.records.states import MessageState
from gateway.trust import access

SLOW = timedelta(minutes=5)
_UNREAD = (MessageState.RECEIVED, MessageState.PROCESSING, MessageState.WAITING_PARTS)


@dataclass(frozen=True, kw_only=True)
class House:
    """What the settings say of this office, as far as its health goes."""

    zone: tzinfo
    silence: timedelta
    spool: Path


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What only administrators see."""

    waiting: int
    spooled: int
    flows: Sequence[Flow]
    failed: Sequence[Line]
    alarms: Sequence[Alarm]
    self_tests: Sequence[SelfTest]
    replies: Mapping[str, int]
    silent_channels: Sequence[Silence]


@dataclass(frozen=True, kw_only=True)
class Health:
    """What this officer sees; `machine` is None for officers of cases."""

    oldest: timedelta
    silent_regions: Sequence[Silence]
    machine: Machine | None

    @property
    def is_slow(self) -> bool:
        """Whether a message waits for longer than it should."""
        return self.oldest > SLOW


def seen_by(session: Session, officer: Officer, house: House, *, now: datetime) -> Health:
    """The health of the service in the words this officer may hear."""
    counted = backlog.count(session, now=now)
    sees_machine = officer.has_role(Role.ADMINISTRATOR)
    is_everywhere = sees_machine or access.sees_every_region(officer)
    return Health(
        oldest=counted.oldest_unread,
        silent_regions=silence.of_regions(
            session, after=house.silence, now=now, regions=None if is_everywhere else officer.regions
        ),
        machine=_machine(session, house, counted, now) if sees_machine else None,
    )


def _machine(session: Session, house: House, counted: backlog.Backlog, now: datetime) -> Machine:
    return Machine(
        waiting=sum(counted.messages.get(state.value, 0) for state in _UNREAD),
        spooled=spool.count(house.spool),
        flows=flow.by_day(session, now=now, zone=house.zone),
        failed=inbox.failed(session),
        alarms=alarms.opened(session),
        self_tests=self_tests.latest(session),
        replies=counted.replies,
        silent_channels=silence.of_channels(session, after=house.silence, now=now),
    )
