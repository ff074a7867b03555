"""Alarms: raised once, told at once and again after a while, and closed, which is told too, when it is over.

1. observe: what was found of one kind; opens, keeps or closes its alarms. 2. due: which of them are to be told now, for
   one process alone. 3. (the caller tells those on duty, while no transaction is open) 4. told: until the next time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gateway.records.alarm import Alarm
from gateway.records.codes import AlarmKind

CALM = timedelta(minutes=10)
RETRY = timedelta(minutes=10)


def observe(
    session: Session, kind: AlarmKind, found: Mapping[str, int], *, now: datetime, calm: timedelta = CALM
) -> None:
    """Takes note of everything found of this kind just now: subjects and figures; what is not among them is over.

    It is closed only after it was away for a while (`calm`), so that what comes and goes is one alarm and not many.
    """
    known = {alarm.subject: alarm for alarm in opened(session, kind)}
    for subject, figure in found.items():
        alarm = known.get(subject)
        if alarm is None:
            _open(session, Alarm(kind=kind, subject=subject, figure=figure, raised_at=now, next_notice_at=now))
        elif (alarm.figure, alarm.absent_since) != (figure, None):
            alarm.figure, alarm.absent_since = figure, None
    for alarm in (each for subject, each in known.items() if subject not in found):
        alarm.absent_since = alarm.absent_since or now
        if now - alarm.absent_since >= calm:
            alarm.open_key, alarm.closed_at = None, now
            alarm.next_notice_at = now if alarm.told_at else None  # what nobody heard of need not be taken back


def opened(session: Session, *kinds: AlarmKind) -> Sequence[Alarm]:
    """The open alarms, of these kinds if any are given, the oldest first."""
    asked = select(Alarm).where(Alarm.open_key.is_not(None)).order_by(Alarm.raised_at, Alarm.subject)
    return session.scalars(asked.where(Alarm.kind.in_(kinds)) if kinds else asked).all()


def due(session: Session, *, now: datetime) -> Sequence[Alarm]:
    """Alarms that somebody has to be told of now, taken by this process alone for some minutes."""
    taken = session.scalars(
        update(Alarm).where(Alarm.next_notice_at <= now).values(next_notice_at=now + RETRY).returning(Alarm.id)
    ).all()
    return session.scalars(select(Alarm).where(Alarm.id.in_(taken)).order_by(Alarm.raised_at, Alarm.subject)).all()


def told(session: Session, alarms: Sequence[Alarm], *, every: timedelta, now: datetime) -> None:
    """They have been told: those still open once more after a while, those that are over never again."""
    for alarm in session.scalars(select(Alarm).where(Alarm.id.in_([alarm.id for alarm in alarms]))):
        alarm.told_at = now
        is_told_over = any(each.id == alarm.id and each.closed_at for each in alarms)
        if alarm.closed_at is None:
            alarm.next_notice_at = now + every
        elif is_told_over:
            alarm.next_notice_at = None
        else:
            alarm.next_notice_at = now  # it ended while it was being told


def _open(session: Session, alarm: Alarm) -> None:
    alarm.open_key = f"{alarm.kind.value}:{alarm.subject}"
    try:
        with session.begin_nested():
            session.add(alarm)
    except IntegrityError:
        pass  # another process saw the same at the same moment
