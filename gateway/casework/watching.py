"""What those on duty have to know: one function a kind, each saying about what, and how much or how long."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from gateway.casework import alarms, backlog, reconciling, silence
from gateway.records.alert import Alert
from gateway.records.codes import AlarmKind, AlertKind
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import ALERT_OPEN, MessageState, ReplyState
from gateway.trust import audit

MOST_DISK_USED = 90
JUST_NOW = timedelta(hours=1)
# Why a reply is still here though it was tried: nobody at the other end, or nobody who lets us in.
TROUBLE = ("unreachable", "unavailable", "not_authorized")
Found = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Post:
    """What is seen from outside the database, and what counts as too much."""

    now: datetime
    silence: timedelta
    waiting: timedelta
    disk_used: int


def look(session: Session, post: Post) -> None:
    """Looks at everything once, and raises, keeps or closes the alarms."""
    for kind, find in WATCHED.items():
        alarms.observe(session, kind, find(session, post), now=post.now)


def check_audit(session: Session, *, now: datetime) -> bool:
    """Walks the whole chain; an alarm when it is broken. Whether it is whole."""
    broken = audit.verify(session)
    alarms.observe(
        session, AlarmKind.AUDIT_BROKEN, {} if broken is None else {"": broken}, now=now, calm=timedelta()
    )  # fmt: skip
    return broken is None


def _provider(session: Session, post: Post) -> Found:
    waits = and_(Reply.state == ReplyState.PENDING, Reply.attempt > 1)
    given_up = and_(Reply.state == ReplyState.FAILED, Reply.settled_at > post.now - JUST_NOW)
    asked = select(Reply.channel, func.count()).where(Reply.reason.in_(TROUBLE), or_(waits, given_up))
    rows = session.execute(asked.group_by(Reply.channel))
    return {channel: int(count) for channel, count in rows}


def _waiting(session: Session, post: Post) -> Found:
    oldest = backlog.oldest_unread(session, now=post.now)
    return {"": _minutes(oldest)} if oldest > post.waiting else {}


def _dead(session: Session, _post: Post) -> Found:
    """Messages that nobody could read and that no officer has dealt with yet."""
    on_desk = and_(Alert.kind == AlertKind.UNPROCESSED, Alert.status.in_(ALERT_OPEN))
    asked = select(func.count()).select_from(Message).join(Alert, Alert.message_id == Message.id)
    count = session.scalar(asked.where(Message.state == MessageState.DEAD, on_desk)) or 0
    return {"": count} if count else {}


def _silent_regions(session: Session, post: Post) -> Found:
    found = silence.of_regions(session, after=post.silence, now=post.now)
    return {silent.subject: (post.now - silent.last_at).days for silent in found}


def _silent_channels(session: Session, post: Post) -> Found:
    found = silence.of_channels(session, after=post.silence, now=post.now)
    return {silent.subject: (post.now - silent.last_at).days for silent in found}


def _missing(session: Session, _post: Post) -> Found:
    return {each.provider: each.missing for each in reconciling.latest(session) if each.missing}


def _forged(session: Session, _post: Post) -> Found:
    return {each.provider: each.extra for each in reconciling.latest(session) if each.extra}


def _disk(_session: Session, post: Post) -> Found:
    return {"": post.disk_used} if post.disk_used >= MOST_DISK_USED else {}


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


WATCHED: Mapping[AlarmKind, Callable[[Session, Post], Found]] = {
    AlarmKind.PROVIDER_UNREACHABLE: _provider,
    AlarmKind.WAITING: _waiting,
    AlarmKind.DEAD: _dead,
    AlarmKind.SILENT_REGION: _silent_regions,
    AlarmKind.SILENT_CHANNEL: _silent_channels,
    AlarmKind.RECONCILE_MISSING: _missing,
    AlarmKind.RECONCILE_FORGED: _forged,
    AlarmKind.DISK: _disk,
}
