"""Preparing the one reply to a message: which text of the catalogue, and whether this phone should get it at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework.case import Case
from gateway.casework.office import Office
from gateway.dispatch import Job, after_commit
from gateway.records.codes import ReplyMode, SenderKind
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from gateway.texts import catalogue
from gateway.texts.catalogue import ReplyKind

MOST_IN_HALF_AN_HOUR = 5
MOST_UNREADABLE_IN_AN_HOUR = 3
_OF_SEVERAL = (ReplyKind.SEVERAL, ReplyKind.SEVERAL_MISSING, ReplyKind.SEVERAL_ALERT)
# What a number that said STOP may still get: the confirmation, and the line that everybody gets for a word of command.
_AFTER_STOP = (ReplyKind.STOPPED, ReplyKind.STARTED, ReplyKind.NEUTRAL)


@dataclass(frozen=True)
class Wanted:
    """The reply an outcome calls for.

    `fields` are lines of the card; (line, code) for a read-back; (reference, lines) for several reports.
    """

    kind: ReplyKind
    reference: str | None = None
    fields: tuple[Any, ...] = ()
    language: str | None = None


def prepare(session: Session, case: Case, wanted: Wanted) -> Reply:
    """Puts the reply into the outbox, or notes there why this phone gets none."""
    message, reporter = case.message, case.reporter
    reason = _why_not(case, wanted)
    reply = Reply(
        message_id=message.id,
        reporter_id=reporter.id if reporter else None,
        channel=message.channel,
        our_number=message.our_number,
        kind=wanted.kind.value,
        language=wanted.language or case.reply_language,
        reference=wanted.reference,
        fields=list(wanted.fields),
        state=ReplyState.SUPPRESSED if reason else ReplyState.PENDING,
        reason=reason,
        prepared_at=case.now,
    )
    session.add(reply)
    if reason is None:
        after_commit(session, Job.SEND)
    return reply


def text_of(reply: Reply, office: Office) -> str:
    """The words of a reply, made anew from the catalogue each time: they are stored nowhere."""
    kind, language, reference, own = ReplyKind(reply.kind), reply.language, reply.reference, office.codebook_folder
    if kind is ReplyKind.READBACK:
        codes = [(int(line), str(code)) for line, code in reply.fields]
        return catalogue.readback(language, reference=reference or "", codes=codes, own=own)
    if kind is ReplyKind.COMPLAINT_NUMBER:
        number = office.conduct_number
        return catalogue.complaint_number(language, reference=reference or "", number=number, own=own)
    if kind in _OF_SEVERAL:
        return catalogue.several(kind, language, lacking=[(each[0], each[1]) for each in reply.fields], own=own)
    return catalogue.reply(kind, language, reference=reference, fields=reply.fields, own=own)


def said_lately(
    session: Session, reporter_ids: Sequence[str], *, now: datetime
) -> dict[str, list[tuple[str, datetime]]]:
    """Kind and time of the replies of the last hour, by reporter: what the loop guard looks at."""
    hour = (
        select(Reply.reporter_id, Reply.kind, Reply.prepared_at)
        .where(Reply.reporter_id.in_(reporter_ids), Reply.state != ReplyState.SUPPRESSED)
        .where(Reply.prepared_at > now - timedelta(hours=1))
    )
    found: dict[str, list[tuple[str, datetime]]] = {}
    for reporter_id, kind, at in session.execute(hour):
        found.setdefault(str(reporter_id), []).append((kind, at))
    return found


def was_told(session: Session, case: Case, kind: ReplyKind) -> bool:
    """Whether this reporter has had a reply of this kind before."""
    if case.reporter is None:
        return False
    told = select(Reply.id).where(Reply.reporter_id == case.reporter.id, Reply.kind == kind.value).limit(1)
    return session.execute(told).first() is not None


def _why_not(case: Case, wanted: Wanted) -> str | None:
    reporter = case.reporter
    if case.message.sender_kind is not SenderKind.PHONE or reporter is None:
        return "sender_kind"
    if reporter.mode is ReplyMode.SILENT:
        return "silent"
    if not case.office.answers_strangers and not reporter.is_registered:
        return "stranger"
    if reporter.stopped_at is not None and wanted.kind not in _AFTER_STOP:
        return "stopped"
    return "loop" if _is_loop(case, wanted) else None


def _is_loop(case: Case, wanted: Wanted) -> bool:
    """An answering machine at the other end, or a phone in a child's hands."""
    recent = [kind for kind, at in case.said if at > case.now - timedelta(minutes=30)]
    is_noise = {wanted.kind.value, *(kind for kind, _ in case.said)} == {ReplyKind.UNREADABLE.value}
    return len(recent) >= MOST_IN_HALF_AN_HOUR or (is_noise and len(case.said) >= MOST_UNREADABLE_IN_AN_HOUR)
