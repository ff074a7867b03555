"""Writing a newer reading: in place of the earlier one, where a first reading would bring it, or as a suggestion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from gateway.casework import (
    beside,
    desk_entry,
    fields,
    gathering,
    outcomes,
    readings,
    references,
    releases,
    several,
    understood,
)
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.fates import Again, Fate
from gateway.casework.office import Office
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import Outcome
from gateway.records.feedback import Feedback
from gateway.records.message import Message
from gateway.records.reading import Reading
from gateway.records.record import Record
from gateway.records.reporter import Reporter
from gateway.records.response import Response
from gateway.records.states import ReadingStatus
from gateway.trust import audit


@dataclass(frozen=True)
class Rewriting:
    """A message that was read again, and what shall become of the newer reading."""

    again: Again
    fate: Fate
    is_reconstructed: bool
    office: Office
    now: datetime

    @property
    def message(self) -> Message:
        """The message."""
        return self.again.stored.message


def write(session: Session, rewriting: Rewriting) -> None:
    """Writes what follows from the fate of a newer reading, its history and its audit entry."""
    message, row = rewriting.message, rewriting.again.stored.row
    if isinstance(row, Alert) and rewriting.fate is not Fate.KEPT:
        row.has_reading_waiting = rewriting.fate is Fate.SUGGESTED
    if rewriting.fate in (Fate.UNCHANGED, Fate.KEPT):
        return
    entry = _history(session, rewriting)
    subject: Record = message
    if rewriting.fate is not Fate.SUGGESTED:
        case = _case(session, rewriting)
        became = _PUT[type(row)](session, rewriting, case)
        if case.part == 1:
            _note_in_message(rewriting, case, became)
        _add_reports(session, rewriting, case)
        session.flush()
        if became is not None and became.outcome is Outcome.FEEDBACK:
            # That it is a complaint is for the conduct unit: the entry is about the complaint, closed to others.
            subject = session.get_one(Feedback, became.outcome_id)
        elif became is not None and became.outcome in (Outcome.ALERT, Outcome.READING):
            entry.alert_id = became.outcome_id
            if not isinstance(row, Alert):
                desk_entry.bring_back(session.get_one(Alert, became.outcome_id))
    detail = {"as": rewriting.fate.value, "fields": sorted(rewriting.again.difference.fields)}
    action = audit.Action.MESSAGE_REREAD
    audit.record(session, action, officer=None, now=rewriting.now, subject=subject, detail=detail)


def _history(session: Session, rewriting: Rewriting) -> Reading:
    again, message, row = rewriting.again, rewriting.message, rewriting.again.stored.row
    before = again.stored.reading(again.known)
    entry = Reading(
        message_id=message.id,
        number=readings.next_number(session, message.id),
        part=again.stored.part,
        alert_id=row.id if isinstance(row, Alert) else None,
        at=rewriting.now,
        edition_before=message.edition,
        edition=rewriting.office.edition,
        kind_before=before.get("kind"),
        kind=again.parsed.kind,
        missing=understood.doubtful(again.parsed, rewriting.office),
        is_reconstructed=rewriting.is_reconstructed,
        status=ReadingStatus.WAITING if rewriting.fate is Fate.SUGGESTED else ReadingStatus.APPLIED,
    )
    entry.before, entry.after = before, again.today
    session.add(entry)
    return entry


def _case(session: Session, rewriting: Rewriting) -> Case:
    message = rewriting.message
    draft = gathering.Draft(
        message=message,
        reporter=session.get(Reporter, message.reporter_id) if message.reporter_id else None,
        parsed=rewriting.again.parsed,
        body=rewriting.again.body,
        known=rewriting.again.known,
        part=rewriting.again.stored.part,
    )
    return gathering.cases(session, [draft], office=rewriting.office, now=rewriting.now)[0]


def _add_reports(session: Session, rewriting: Rewriting, case: Case) -> None:
    """The reports that an earlier vocabulary took for a part of the first one come to where a first reading brings."""
    message, reports = rewriting.message, rewriting.again.apart
    for part, parsed in enumerate(reports[1:], 2):
        known, reference = several.known_of(case.known, part), references.fresh(session)
        outcomes.reach_one(session, replace(case, parsed=parsed, known=known, part=part, reference=reference))
    message.parts = max(message.parts, len(reports))


def _note_in_message(rewriting: Rewriting, case: Case, became: Became | None) -> None:
    message = rewriting.message
    message.kind, message.language, message.edition = case.parsed.kind, case.language, rewriting.office.edition
    if became is None:
        return
    message.outcome, message.outcome_id = became.outcome, became.outcome_id
    message.reference = message.reference or became.reference
    message.is_training = became.outcome is Outcome.TRAINING


def _put_alert(session: Session, rewriting: Rewriting, case: Case) -> Became | None:
    alert = rewriting.again.stored.row
    assert isinstance(alert, Alert)  # noqa: S101  the table below has looked
    alert.version += 1
    is_corrected = fields.is_kind_corrected(session, alert)
    if is_corrected:
        desk_entry.write_alert(session, case, alert.kind)
        became = Became(outcome=Outcome.ALERT, outcome_id=alert.id)
    else:
        became = outcomes.become(session, case)
    if became.outcome not in (Outcome.ALERT, Outcome.READING):
        desk_entry.follow(session, case, became)
        return became
    _keep_corrections(session, alert, is_kind_corrected=is_corrected)
    releases.keep(session, alert, case.fields)
    return became


def _keep_corrections(session: Session, alert: Alert, *, is_kind_corrected: bool) -> None:
    """An officer's word, and a later message that an officer accepted, stay above whatever the machine reads."""
    effective = fields.effective(session, alert)
    if effective.changed_by or is_kind_corrected:
        fields.recount(session, alert)
    if is_kind_corrected:
        alert.missing = fields.absent(alert.kind, effective.values)
        alert.needs_check = bool(alert.missing)


def _put_response(session: Session, rewriting: Rewriting, case: Case) -> Became | None:
    response = rewriting.again.stored.row
    assert isinstance(response, Response)  # noqa: S101  the table below has looked
    if case.parsed.kind == "project":
        outcomes.fill_response(session, response, case)
        return None
    # What was said of the project stays where it is; a complaint in it is for the conduct unit alone.
    response.is_sensitive = case.parsed.kind == "complaint"
    return outcomes.become(session, case)


def _put_answer(session: Session, rewriting: Rewriting, case: Case) -> Became | None:
    answer = rewriting.again.stored.row
    assert isinstance(answer, Answer)  # noqa: S101  the table below has looked
    if rewriting.fate is Fate.REPLACED:
        answer.parsed = rewriting.again.today
        return None
    session.delete(answer)
    subject = beside.what_it_names(session, answer)
    if subject is not None:
        beside.note_waiting(session, subject)
    return outcomes.become(session, case)


def _put_nothing(session: Session, rewriting: Rewriting, case: Case) -> Became | None:
    return outcomes.become(session, case) if rewriting.fate is Fate.ROUTED else None


_Put = Callable[[Session, Rewriting, Case], Became | None]
_PUT: Mapping[type, _Put] = {
    Alert: _put_alert,
    Response: _put_response,
    Answer: _put_answer,
    type(None): _put_nothing,
}
