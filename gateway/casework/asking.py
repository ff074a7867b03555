"""The question last asked: one field missing from one report, so that a bare answer finds its way."""

from collections.abc import Mapping, Sequence
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


def last_questions(session: Session, asked: Sequence[tuple[Reporter, datetime]]) -> dict[str, Question]:
    """What the last reply on each of these phones asked before this moment, by reporter."""
    replies = _last_replies(session, {reporter.id: before for reporter, before in asked})
    asking = [each for each in replies if each.kind == ReplyKind.MISSING and each.fields and each.reference]
    if not asking:
        return {}
    forms = _forms_of(session, [str(each.reference) for each in asking])
    named = [each for each in asking if each.reference in forms]
    return {str(each.reporter_id): _question(each, forms[str(each.reference)]) for each in named}


def _last_replies(session: Session, asked: Mapping[str, datetime]) -> list[Reply]:
    if not asked:
        return []
    # All that they were told in those days: a phone gets few replies, since the loop guard counts them.
    told = (
        select(Reply)
        .where(Reply.reporter_id.in_(list(asked)), Reply.state.in_(_ON_THE_PHONE))
        .where(Reply.prepared_at <= max(asked.values()), Reply.prepared_at > min(asked.values()) - REMEMBERED)
        .order_by(Reply.prepared_at)
    )
    last: dict[str, Reply] = {}
    for reply in session.scalars(told):
        before = asked[str(reply.reporter_id)]
        if before - REMEMBERED < reply.prepared_at <= before:
            last[str(reply.reporter_id)] = reply
    return list(last.values())


def _forms_of(session: Session, references: Sequence[str]) -> dict[str, str]:
    """The form that each of these was reported on."""
    alerts = session.scalars(select(Alert).where(Alert.reference.in_(references)))
    forms = {alert.reference: own_form(alert) or alert.kind.value for alert in alerts}
    if len(forms) < len(references):
        about_projects = select(Response.reference).where(Response.reference.in_(references))
        forms |= dict.fromkeys(session.scalars(about_projects), FORM)
    return forms


def _question(reply: Reply, form: str) -> Question:
    field = str(reply.fields[0]) if len(reply.fields) == 1 else ""
    return Question(form, field, str(reply.reference))
