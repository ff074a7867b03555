"""What a message becomes: one table from its kind to what is written and what is answered. Nothing is ever dropped."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import (
    commands,
    desk_entry,
    later,
    readback,
    releases,
    replies,
    response_fields,
    several,
)
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.desk_entry import write_alert
from gateway.casework.replies import Wanted
from gateway.casework.understood import card_lines, doubtful
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, MessageSource, Outcome, ReplyMode
from gateway.records.feedback import Feedback
from gateway.records.response import Response
from gateway.texts.catalogue import ReplyKind

_NEVER_TRAINING = ("command", "network")
_ABOUT_A_REPORT = ("correct", "cancel")


def reach(session: Session, case: Case) -> Became:
    """The one outcome of this message, and what the other reports in it became."""
    whole = _whole(case)
    if whole is not None:
        became = whole(session, case)
        desk_entry.follow(session, case, became)
        return became
    return several.gather([reach_one(session, each) for each in several.of(case)])


def _whole(case: Case) -> Callable[[Session, Case], Became] | None:
    """What is dealt with as one, whatever is in it: a part that came late, and training."""
    if case.message.continues_id is not None:
        return later.late_part
    return _training if _is_training(case) else None


def reach_one(session: Session, case: Case) -> Became:
    """What one report became; the place holder it may have left on the desk goes where it goes."""
    if case.parsed.test:
        return Became(outcome=Outcome.TRAINING)  # among real reports, it is not even answered
    became = become(session, case)
    desk_entry.follow(session, case, became)
    return became


def become(session: Session, case: Case) -> Became:
    """What a message of this kind becomes; a kind that is none of ours is the name of a deployment's own form."""
    return KINDS.get(case.parsed.kind, _own_form)(session, case)


def _is_training(case: Case) -> bool:
    if case.parsed.kind in _NEVER_TRAINING:
        return False
    return case.parsed.test or case.known.is_training


def _training(_session: Session, case: Case) -> Became:
    """Parsed and answered like the real one; never counted, never on the desk; one reference, whatever is in it."""
    reference = case.reference
    lines = _asked_for(case)
    wanted = Wanted(ReplyKind.TEST_MISSING if lines else ReplyKind.TEST, reference, lines)
    if case.parsed.state == "unreadable":
        wanted = Wanted(ReplyKind.UNREADABLE, reference)
    return Became(outcome=Outcome.TRAINING, reference=reference, wanted=wanted)


def _incident(session: Session, case: Case) -> Became:
    return _reported(case, write_alert(session, case, AlertKind.INCIDENT))


def _warning(session: Session, case: Case) -> Became:
    alert = write_alert(session, case, AlertKind.ALERT)
    # Whoever warns of danger is not asked for more, by a machine, while in it.
    wanted = Wanted(ReplyKind.ALERT, alert.reference)
    return Became(outcome=Outcome.ALERT, outcome_id=alert.id, reference=alert.reference, wanted=wanted)


def _release(session: Session, case: Case) -> Became:
    alert = write_alert(session, case, AlertKind.RELEASE)
    releases.keep(session, alert, case.fields)
    return _reported(case, alert)


def _reported(case: Case, alert: Alert) -> Became:
    wanted = _receipt(case, alert.reference)
    return Became(outcome=Outcome.ALERT, outcome_id=alert.id, reference=alert.reference, wanted=wanted)


def _receipt(case: Case, reference: str) -> Wanted:
    """Received; or what is missing; or, for those set to it, what was understood."""
    lines = _asked_for(case)
    if lines:
        return Wanted(ReplyKind.MISSING, reference, lines)
    if case.reporter and case.reporter.mode is ReplyMode.READBACK and (codes := readback.codes(case)):
        return Wanted(ReplyKind.READBACK, reference, codes)
    return Wanted(ReplyKind.COMPLETE, reference)


def _asked_for(case: Case) -> tuple[int, ...]:
    return card_lines(doubtful(case.parsed, case.office), case.parsed, case.office)


def _own_form(session: Session, case: Case) -> Became:
    """A form that a deployment made for itself: no table counts it, so a person reads it, with its fields in words."""
    alert = write_alert(session, case, AlertKind.UNKNOWN)
    wanted = _receipt(case, alert.reference)
    return Became(outcome=Outcome.READING, outcome_id=alert.id, reference=alert.reference, wanted=wanted)


def _project(session: Session, case: Case) -> Became:
    response = _response_before(session, case) or Response(
        message_id=case.message.id,
        part=case.part,
        reporter_id=case.author.reporter_id,
        reference=case.reference,
        received_at=case.message.received_at,
    )
    fill_response(session, response, case)
    return Became(
        outcome=Outcome.RESPONSE,
        outcome_id=response.id,
        reference=response.reference,
        wanted=_receipt(case, response.reference),
    )


def _response_before(session: Session, case: Case) -> Response | None:
    """What an earlier reading of this message left with the monitors."""
    if case.message.outcome is None:
        return None
    return session.scalar(select(Response).where(Response.message_id == case.message.id, Response.part == case.part))


def fill_response(session: Session, response: Response, case: Case) -> None:
    """What the message says of the project, under the later messages that an officer accepted."""
    response.parsed = case.shown
    session.add(response)
    response_fields.recount(session, response)


def _complaint(session: Session, case: Case) -> Became:
    """Nothing of it is read: the text goes to the conduct unit as it is."""
    feedback = Feedback(
        message_id=case.message.id,
        part=case.part,
        reporter_id=case.author.reporter_id,
        reference=case.reference,
        received_at=case.message.received_at,
    )
    feedback.text = case.body
    session.add(feedback)
    tells_number = bool(case.office.conduct_number) and not replies.was_told(session, case, ReplyKind.COMPLAINT_NUMBER)
    kind = ReplyKind.COMPLAINT_NUMBER if tells_number else ReplyKind.COMPLAINT
    wanted = Wanted(kind, feedback.reference)
    return Became(outcome=Outcome.FEEDBACK, outcome_id=feedback.id, reference=feedback.reference, wanted=wanted)


def _command(session: Session, case: Case) -> Became:
    if case.fields.get("command") in _ABOUT_A_REPORT:
        return _answer(session, case)
    return commands.obey(case)


def _answer(session: Session, case: Case) -> Became:
    return later.answer(session, case) or _unknown(session, case)


def _network(_session: Session, _case: Case) -> Became:
    return Became(outcome=Outcome.NETWORK)


def _unknown(session: Session, case: Case) -> Became:
    """The reading tray: a person looks; an empty text gets the line that everybody gets."""
    alert = write_alert(session, case, AlertKind.UNKNOWN)
    wanted: Wanted | None = Wanted(ReplyKind.UNREADABLE, alert.reference) if case.body.strip() else commands.NEUTRAL
    if case.message.source == MessageSource.LOST:
        wanted = None  # nobody is thanked for what never arrived
    return Became(outcome=Outcome.READING, outcome_id=alert.id, reference=alert.reference, wanted=wanted)


KINDS: Mapping[str, Callable[[Session, Case], Became]] = {
    "incident": _incident,
    "alert": _warning,
    "release": _release,
    "project": _project,
    "complaint": _complaint,
    "command": _command,
    "answer": _answer,
    "network": _network,
    "unknown": _unknown,
}
