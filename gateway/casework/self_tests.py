"""Texts of our own that go the way of the provider's, to know every hour that the whole way is open.

They are marked as exercises by their first word, come from no telephone, and so are never counted, never on the desk
and never answered. Once read they are taken out again; what stays is when each was sent and that it arrived.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.orm import Session, aliased

from gateway.casework import alarms
from gateway.records.codes import AlarmKind, Outcome
from gateway.records.message import Message
from gateway.records.reading import Reading
from gateway.records.reply import Reply
from gateway.records.self_test import SelfTest
from gateway.records.states import MessageState
from gateway.trust import audit

SENDER = "LAKANA-TEST"
IN_TIME = timedelta(minutes=5)
KEPT = timedelta(days=30)


def text() -> str:
    """An exercise, never the same twice: what is said again would be taken for a repeat."""
    return f"TEST ENF REC 1G {secrets.token_hex(6)}"


def begin(session: Session, *, channel: str, our_number: str, provider_id: str, now: datetime) -> SelfTest:
    """Notes, before it is sent, which message will be ours."""
    made = SelfTest(channel=channel, our_number=our_number, provider_id=provider_id, begun_at=now)
    session.add(made)
    return made


def refused(session: Session, test_id: str, reason: str) -> None:
    """Our own intake did not take it."""
    session.get_one(SelfTest, test_id).refusal = reason[:48]


def gather(session: Session, *, now: datetime) -> int:
    """Takes out those that were read, raises or ends the alarm; how many were taken out."""
    same = and_(Message.channel == SelfTest.channel, Message.provider_id == SelfTest.provider_id)
    asked = select(SelfTest, Message).join(Message, same).where(SelfTest.arrived_at.is_(None))
    gathered = 0
    for test, message in session.execute(asked).all():
        if message.state is MessageState.DONE and message.outcome is Outcome.TRAINING:
            test.arrived_at, test.refusal = now, None
            _take_out(session, message, now=now)
            gathered += 1
        elif message.state in (MessageState.QUARANTINED, MessageState.DEAD):
            test.refusal = message.state.value
    session.execute(delete(SelfTest).where(SelfTest.begun_at < now - KEPT))
    session.flush()
    alarms.observe(session, AlarmKind.SELF_TEST, _overdue(session, now), now=now, calm=timedelta())
    return gathered


def latest(session: Session) -> Sequence[SelfTest]:
    """The last one for each of our numbers."""
    later = aliased(SelfTest)
    same = and_(later.channel == SelfTest.channel, later.our_number == SelfTest.our_number)
    newest = ~exists().where(same, later.begun_at > SelfTest.begun_at)
    return session.scalars(select(SelfTest).where(newest).order_by(SelfTest.our_number)).all()


def _overdue(session: Session, now: datetime) -> Mapping[str, int]:
    late = [test for test in latest(session) if test.arrived_at is None]
    waited = {test.our_number: now - test.begun_at for test in late if test.refusal or now - test.begun_at > IN_TIME}
    return {number: int(span.total_seconds() // 60) for number, span in waited.items()}


def _take_out(session: Session, message: Message, *, now: datetime) -> None:
    """The row and what hangs on it; the audit keeps that it was there."""
    for record in (Reply, Reading):
        session.execute(delete(record).where(record.message_id == message.id))
    audit.record(session, audit.Action.SELF_TEST_TAKEN_OUT, officer=None, now=now, subject=message)
    session.delete(message)
