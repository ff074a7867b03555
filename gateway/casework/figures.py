"""What the service measures of itself, as plain figures: counts by state, ages, alarms; nothing about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from gateway.casework import alarms, backlog
from gateway.casework import spool as messages_on_disk
from gateway.records.codes import AlarmKind
from gateway.records.states import MessageState, ReplyState


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Every state is there, also those in which nothing is: a figure that vanishes looks like one that stayed."""

    messages: Mapping[str, int]
    replies: Mapping[str, int]
    oldest_unprocessed_seconds: float
    spool_size: int
    spool_oldest_seconds: float
    alarms: Mapping[str, int]
    reconcile_missing: int
    reconcile_forged: int
    audit_ok: bool


def take(session: Session, *, spool: Path | None, now: datetime) -> Figures:
    """Counts once."""
    counted = backlog.count(session, now=now)
    found = alarms.opened(session)
    figures = {alarm.kind: alarm.figure for alarm in found}
    return Figures(
        messages={state.value: counted.messages.get(state.value, 0) for state in MessageState},
        replies={state.value: counted.replies.get(state.value, 0) for state in ReplyState},
        oldest_unprocessed_seconds=counted.oldest_unread.total_seconds(),
        spool_size=messages_on_disk.count(spool),
        spool_oldest_seconds=messages_on_disk.oldest(spool, now=now).total_seconds(),
        alarms={kind.value: sum(alarm.kind is kind for alarm in found) for kind in AlarmKind},
        reconcile_missing=figures.get(AlarmKind.RECONCILE_MISSING, 0),
        reconcile_forged=figures.get(AlarmKind.RECONCILE_FORGED, 0),
        audit_ok=AlarmKind.AUDIT_BROKEN not in figures,
    )
