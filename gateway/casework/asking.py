"""The question last asked: one field missing from one report, so that a bare answer finds its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.records.alert import Alert
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import ReplyState
from gateway.texts.catalogue import ReplyKind

REMEMBERED = timedelta(days=2)
_ON_THE_PHONE = (ReplyState.SENT, ReplyState.DELIVERED)


@dataclass(frozen=True)
class Question:
    """Which field of which form, for which report."""

    form: str
    field: str
    reference: str


def last_question(session: Session, reporter: Reporter, *, before: datetime) -> Question | None:
    """What the last reply on this phone asked, if it asked for a single field."""
    reply = session.scalar(
        select(Reply)
        .where(Reply.reporter_id == reporter.id, Reply.state.in_(_ON_THE_PHONE))
        .where(Reply.prepared_at <= before, Reply.prepared_at > before - REMEMBERED)
        .order_by(Reply.prepared_at.desc())
        .limit(1)
    )
    if reply is None or reply.kind != ReplyKind.MISSING or len(reply.fields) != 1 or not reply.reference:
        return None
    form = session.scalar(select(Alert.kind).where(Alert.reference == reply.reference))
    return Question(form.value, str(reply.fields[0]), reply.reference) if form else None
