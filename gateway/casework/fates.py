"""What may become of a newer reading: a table from the row that holds the earlier one.

What no person has touched follows the newer reading; what a person has decided on gets it as a suggestion. Nothing is
taken from the conduct unit, and a word of command is not obeyed long after it was sent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gateway import codebook
from gateway.casework import fields, readings
from gateway.casework.differences import Difference, compare
from gateway.casework.known import Known
from gateway.casework.stored import Stored
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.correction import Correction
from gateway.records.response import Response
from gateway.records.states import AlertStatus, AnswerStatus, ReadingStatus
from parsers.result import Parsed

REPORTS = ("incident", "alert", "release")
ON_THE_DESK = (*REPORTS, "unknown")
ELSEWHERE = ("complaint", "project")
_SETTLED = (ReadingStatus.WAITING, ReadingStatus.SET_ASIDE)


class Fate(StrEnum):
    """What becomes of a message that is read again."""

    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    ROUTED = "routed"
    SUGGESTED = "suggested"
    KEPT = "kept"


@dataclass(frozen=True)
class Again:
    """A report with the reading we hold of it, and today's."""

    stored: Stored
    known: Known
    parsed: Parsed
    body: str
    today: dict[str, object]
    difference: Difference
    apart: tuple[Parsed, ...] = ()
    """Every report of the message, where today finds another number of them."""

    @property
    def is_later(self) -> bool:
        """Whether today's reading is of a later message about a report."""
        return self.parsed.kind == "answer" or self.parsed.fields.get("command") in ("correct", "cancel")

    @property
    def reference(self) -> object:
        """The report that today's reading is about."""
        return self.parsed.fields.get("ref") or self.known.asked_reference


def judge(session: Session, again: Again, *, now: datetime) -> Fate:
    """The one fate of this report."""
    if again.difference.is_none:
        return Fate.UNCHANGED
    row = again.stored.row
    if again.stored.message.parts > 1:
        return _of_one_among_several(session, again, now)
    if isinstance(row, Alert):
        return _of_alert(session, again, row, now)
    if isinstance(row, Response):
        return _of_response(again, row)
    if isinstance(row, Answer):
        return _of_answer(again, row)
    return _of_nothing(again)


def judge_apart(session: Session, again: Again, *, now: datetime) -> Fate:
    """The fate of a message that was one report and is several today: only while nobody has done anything with it."""
    alert = again.stored.row
    if not isinstance(alert, Alert) or again.parsed.kind not in ON_THE_DESK or again.parsed.test:
        return Fate.KEPT
    fate = _of_alert(session, again, alert, now)
    is_free = fate in (Fate.REPLACED, Fate.ROUTED) and not _is_worked_on(session, alert)
    return fate if is_free else Fate.KEPT


def _of_one_among_several(session: Session, again: Again, now: datetime) -> Fate:
    """It changes in its place; what today's reading would bring elsewhere is left for a person."""
    alert = again.stored.row
    if not isinstance(alert, Alert) or again.parsed.kind not in ON_THE_DESK:
        return Fate.KEPT
    return _of_alert(session, again, alert, now)


def _of_alert(session: Session, again: Again, alert: Alert, now: datetime) -> Fate:
    last = readings.last(session, again.stored.message.id, again.stored.part)
    if last is not None and last.status in _SETTLED and compare(last.after, again.today).is_none:
        return Fate.KEPT
    is_held = alert.claimed_until is not None and alert.claimed_until > now
    if alert.status is not AlertStatus.NEW or is_held or again.parsed.test:
        return Fate.SUGGESTED
    is_same_kind = again.difference.kind is None
    if again.parsed.kind in ON_THE_DESK or codebook.own_form(again.parsed.kind) is not None:
        return Fate.REPLACED if is_same_kind or fields.is_kind_corrected(session, alert) else Fate.ROUTED
    if (again.parsed.kind in ELSEWHERE or again.is_later) and not _is_worked_on(session, alert):
        return Fate.REPLACED if is_same_kind else Fate.ROUTED
    return Fate.SUGGESTED


def _is_worked_on(session: Session, alert: Alert) -> bool:
    """Whether an officer has corrected something, or a later message lies beside it: then no machine takes it away."""
    corrected = select(Correction.id).where(Correction.alert_id == alert.id)
    answered = select(Answer.id).where(or_(Answer.alert_id == alert.id, Answer.reference == alert.reference))
    return session.execute(corrected.union_all(answered).limit(1)).first() is not None


def _of_response(again: Again, response: Response) -> Fate:
    if again.parsed.kind == "project":
        return Fate.REPLACED
    is_for_others = again.parsed.kind in (*REPORTS, "complaint") and not again.parsed.test
    return Fate.ROUTED if is_for_others and not response.is_sensitive else Fate.KEPT


def _of_answer(again: Again, answer: Answer) -> Fate:
    if answer.status is not AnswerStatus.WAITING or again.parsed.test:
        return Fate.KEPT
    if again.is_later:
        return Fate.REPLACED if again.reference == answer.reference else Fate.KEPT
    return Fate.ROUTED if again.parsed.kind in (*REPORTS, *ELSEWHERE) else Fate.KEPT


def _of_nothing(again: Again) -> Fate:
    if again.known.is_training or again.parsed.test:
        return Fate.REPLACED if again.stored.message.is_training else Fate.KEPT
    is_for_somebody = again.parsed.kind in (*ON_THE_DESK, *ELSEWHERE) or again.is_later
    return Fate.ROUTED if is_for_somebody else Fate.KEPT
