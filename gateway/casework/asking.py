"""The question last asked: one field missing from one report, so that a bare answer finds its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework.fields import own_form
from gateway.casework.response_fields import FORM
from gateway.records.alert import Alert
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.response import Response
from gateway.records.states import ReplyState
from gateway.texts.catalogue import ReplyKind

REMEMBERED = timedelta(days=2)
_ON_THE_PHONE = (ReplyState.SENT, ReplyState.DELIVERED)


@dataclass(frozen=True)
class Question:
    """Which field of which form, for which report; no field when several were asked for at once."""

    form: str
    field: str
    reference: str


def last_question(session: Session, reporter: Reporter, *, before: datetime) -> Question | None:
    """What the last reply on this phone asked."""
    reply = session.scalar(
        select(Reply)
        .where(Reply.reporter_id == reporter.id, Reply.state.in_(_ON_THE_PHONE))
        .where(Reply.prepared_at <= before, Reply.prepared_at > before - REMEMBERED)
        .order_by(Reply.prepared_at.desc())
        .limit(1)
    )
    if reply is None or reply.kind != ReplyKind.MISSING or not reply.fields or not reply.reference:
        return None
    form = _form_of(session, reply.reference)
    if form is None:
        return None
    field = str(reply.fields[0]) if len(reply.fields) == 1 else ""
    return Question(form, field, reply.reference)


def _form_of(session: Session, reference: str) -> str | None:
    alert = session.scalar(select(Alert).where(Alert.reference == reference))
    if alert is not None:
        return own_form(alert) or alert.kind.value
    is_about_a_project = select(Response.id).where(Response.reference == reference)
    return FORM if session.scalar(is_about_a_project) is not None else None
