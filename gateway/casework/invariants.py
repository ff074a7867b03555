"""What must hold at any moment if nothing is lost: nine sentences, asked of the database, answered with ids alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, and_, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from gateway.casework import reconciling
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import Outcome
from gateway.records.feedback import Feedback
from gateway.records.incident import Incident
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.response import Response
from gateway.records.source import Source
from gateway.records.states import ALERT_OPEN, IncidentStatus, MessageState, ReplyState
from gateway.trust import audit
from gateway.vault.current import VaultLocked

LONGEST_UNREAD = timedelta(minutes=5)
LONGEST_IN_PARTS = timedelta(minutes=15)
LONGEST_SPOOLED = timedelta(minutes=2)
SHOWN = 20
_UNREAD = (MessageState.RECEIVED, MessageState.PROCESSING)
_ROWS: Mapping[Outcome, type[Alert] | type[Response] | type[Feedback] | type[Answer]] = {
    Outcome.ALERT: Alert,
    Outcome.READING: Alert,
    Outcome.RESPONSE: Response,
    Outcome.FEEDBACK: Feedback,
    Outcome.ANSWER: Answer,
}


@dataclass(frozen=True)
class Ground:
    """The moment for which it is asked, and where messages lie while the database is away."""

    now: datetime
    spool: Path | None = None


@dataclass(frozen=True)
class Finding:
    """One sentence, and what breaks it: nothing, ids, or None when it could not be asked."""

    number: str
    words: str
    broken_by: Sequence[str] | None

    @property
    def is_broken(self) -> bool:
        """Whether something is known to break it."""
        return bool(self.broken_by)

    def as_dict(self) -> dict[str, object]:
        """For programs: the first ids, and how many there are in all; `holds` is null when it could not be asked."""
        ids = self.broken_by
        return {
            "number": self.number,
            "words": self.words,
            "holds": None if ids is None else not ids,
            "broken": len(ids or ()),
            "ids": list(ids or ())[:SHOWN],
        }


class Invariant(NamedTuple):
    """A sentence, and the question that finds what breaks it."""

    number: str
    words: str
    broken_by: Callable[[Session, Ground], Sequence[str] | None]


def examine(session: Session, ground: Ground) -> list[Finding]:
    """Every sentence with what breaks it; changes nothing."""
    return [Finding(each.number, each.words, each.broken_by(session, ground)) for each in INVARIANTS]


def _stored_once(session: Session, _ground: Ground) -> list[str]:
    empty = and_(Message.sealed.is_(None), Message.body_sealed.is_(None), Message.state != MessageState.ERASED)
    key = (Message.channel, Message.account, Message.provider_id)
    doubled = select(func.max(Message.id)).group_by(*key).having(func.count() > 1)
    return _ids(session, Message, empty) + list(session.scalars(doubled))


def _in_a_state(session: Session, _ground: Ground) -> list[str]:
    known = [state.value for state in MessageState]
    return _ids(session, Message, type_coerce(Message.state, String).not_in(known))


def _one_outcome(session: Session, _ground: Ground) -> list[str]:
    done = Message.state == MessageState.DONE
    has_alert = exists().where(Alert.message_id == Message.id)
    is_on_desk = exists().where(
        Alert.message_id == Message.id,
        Alert.part == 1,  # the other reports of a message have outcomes of their own
        Alert.status.in_(ALERT_OPEN),
        Alert.is_restricted.is_(False),
    )
    first, whole = aliased(Message), aliased(Message)
    is_in_a_whole = exists().where(whole.id == Message.part_of_id)
    is_repeat = exists().where(first.id == Message.duplicate_of_id)
    broken = or_(
        and_(done, Message.outcome.is_(None), ~is_in_a_whole),
        *(and_(done, Message.outcome == outcome, ~_has(row)) for outcome, row in _ROWS.items()),
        and_(done, Message.outcome.not_in((Outcome.ALERT, Outcome.READING)), is_on_desk),
        and_(Message.state.in_(_UNREAD), Message.outcome.is_(None), has_alert),
        and_(Message.state == MessageState.DUPLICATE, ~is_repeat),
        and_(Message.state == MessageState.DEAD, ~has_alert),
    )
    return _ids(session, Message, broken)


def _has(row: type[Alert] | type[Response] | type[Feedback] | type[Answer]) -> ColumnElement[bool]:
    return exists().where(row.message_id == Message.id, row.id == Message.outcome_id)


def _has_origin(session: Session, _ground: Ground) -> list[str]:
    reported = or_(
        exists().where(Alert.incident_id == Incident.id),
        exists().where(Source.incident_id == Incident.id, Source.alert_id.is_not(None)),
    )
    from_nowhere = and_(Incident.status == IncidentStatus.OPEN, Incident.is_manual.is_(False), ~reported)
    return _ids(session, Alert, Alert.message_id.is_(None)) + _ids(session, Incident, from_nowhere)


def _read_in_time(session: Session, ground: Ground) -> list[str]:
    late = and_(Message.state.in_(_UNREAD), Message.received_at < ground.now - LONGEST_UNREAD)
    partial = and_(
        Message.state == MessageState.WAITING_PARTS, Message.received_at < ground.now - LONGEST_IN_PARTS
    )  # fmt: skip
    return _ids(session, Message, or_(late, partial))


def _replies_known(session: Session, ground: Ground) -> list[str]:
    strange = type_coerce(Reply.state, String).not_in([state.value for state in ReplyState])
    stuck = and_(
        Reply.state == ReplyState.SENDING,
        or_(Reply.lease_until.is_(None), Reply.lease_until < ground.now - LONGEST_UNREAD),
    )
    return _ids(session, Reply, or_(strange, stuck))


def _audit_whole(session: Session, _ground: Ground) -> list[str] | None:
    try:
        broken = audit.verify(session)
    except VaultLocked:
        return None
    return [] if broken is None else [f"entry {broken}"]


def _spool_drained(_session: Session, ground: Ground) -> list[str]:
    if ground.spool is None or not ground.spool.is_dir():
        return []
    latest = (ground.now - LONGEST_SPOOLED).timestamp()
    return sorted(path.name for path in ground.spool.iterdir() if path.is_file() and path.stat().st_mtime < latest)


def _as_the_provider_says(session: Session, _ground: Ground) -> list[str] | None:
    """Known once a provider's own log was compared with the inbox, and as of the latest time."""
    compared = reconciling.latest(session)
    if not compared:
        return None
    not_there = [f"{each.provider}: {each.missing} not here" for each in compared if each.missing > each.taken_in]
    return not_there + _ids(session, Message, Message.reason == reconciling.DOUBTED)


def _ids(session: Session, record: type[Message | Alert | Incident | Reply], broken: ColumnElement[bool]) -> list[str]:
    return list(session.scalars(select(record.id).where(broken).order_by(record.id)))


INVARIANTS = (
    Invariant("I1", "every message taken in is there once, with its content", _stored_once),
    Invariant("I2", "every message is in one of the known states", _in_a_state),
    Invariant("I3", "every message that is done became exactly one thing, and nothing else did", _one_outcome),
    Invariant("I4", "every report and every incident comes from a message, a call or a person", _has_origin),
    Invariant(
        "I5", "no message waits to be read for more than 5 minutes, or for its parts more than 15", _read_in_time
    ),
    Invariant("I6", "every reply is in one of the known states, and none is stuck while being sent", _replies_known),
    Invariant("I7", "the audit is whole", _audit_whole),
    Invariant("I8", "nothing lies in the spool for more than 2 minutes", _spool_drained),
    Invariant("I9", "the inbox holds what the provider's own log holds", _as_the_provider_says),
)
