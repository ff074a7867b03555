"""Marks and words of the desk's pages: the colour of a status, the words of a move, of a hit, of a project's answer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from admin.desk_words import QUESTIONS
from gateway.casework import places
from gateway.records.codes import Grade, Level
from gateway.records.states import FINAL_STATUSES, IncidentStatus, VerificationStatus
from gateway.records.verification_step import VerificationStep
from gateway.records.violation import Violation
from gateway.trust.deciding import is_reopening

_ = lazy_gettext
_TONES: Mapping[StrEnum, str] = {
    VerificationStatus.VERIFIED: "good",
    VerificationStatus.PENDING: "warn",
    VerificationStatus.FOCAL_POINT_ASSESSED: "info",
    VerificationStatus.TECHNICAL_AGREED: "info",
    Grade.HIGH: "good",
    Grade.MEDIUM: "info",
    Grade.LOW: "bad",
    Grade.UNASSESSED: "warn",
}
_MOVES: Mapping[VerificationStatus, LazyString] = {
    VerificationStatus.PENDING: _("Back to the beginning"),
    VerificationStatus.FOCAL_POINT_ASSESSED: _("Assessed by the focal point"),
    VerificationStatus.TECHNICAL_AGREED: _("Agreed at technical level"),
    VerificationStatus.VERIFIED: _("Verified"),
    VerificationStatus.NOT_VERIFIED: _("Reported, could not be verified"),
    VerificationStatus.DID_NOT_OCCUR: _("It did not take place"),
    VerificationStatus.NOT_MRM: _("Not a grave violation"),
}
_REACHED = {
    Level.FOCAL_POINT: VerificationStatus.FOCAL_POINT_ASSESSED,
    Level.TECHNICAL: VerificationStatus.TECHNICAL_AGREED,
}
_HITS: Mapping[str, LazyString] = {
    "alert": _("Report"),
    "incident": _("Incident"),
    "feedback": _("Complaint"),
    "response": _("Answer about a project"),
}
_ANSWERS: Mapping[str, Mapping[str, LazyString]] = {
    "functional": {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")},
    "who_benefits": {
        "everyone": _("Everyone"),
        "some": _("Some"),
        "few": _("Few"),
        "one_group": _("One group only"),
    },
    "women_access": {"same": _("Like men"), "less": _("Less than men"), "none": _("None")},
    "committee": {"yes": _("Yes"), "no": _("No"), "none": _("There is no committee")},
    "tension": {"less": _("Less than before"), "same": _("As before"), "more": _("More than before")},
    "problem": {
        "water": _("Water"),
        "breakdown": _("Breakdown"),
        "theft": _("Theft"),
        "conflict": _("Conflict"),
        "exclusion": _("Somebody is left out"),
        "payment_asked": _("Money was asked for"),
        "insecurity": _("Insecurity"),
    },
}


def tone(code: StrEnum) -> str:
    """The colour of a badge."""
    return _TONES.get(code, "")


def move_words(status: VerificationStatus) -> str:
    """A decision as it is chosen."""
    return str(_MOVES[status])


def level_reached(violation: Violation, level: Level) -> VerificationStep | None:
    """The step that took the violation over this level and still stands."""
    reached: dict[Level, VerificationStep] = {}
    for step in violation.steps:
        if is_reopening(step) or step.after is VerificationStatus.PENDING:
            reached.clear()
        elif step.after is VerificationStatus.FOCAL_POINT_ASSESSED and step.level is Level.FINAL:
            reached.pop(Level.TECHNICAL, None)
        elif step.after is _REACHED.get(step.level) or step.after in FINAL_STATUSES:
            reached[step.level] = step
    return reached.get(level)


def hit_words(kind: str) -> str:
    """What kind of record a search found."""
    return str(_HITS[kind])


def question_words(name: str) -> str:
    """A question of the card for projects."""
    return str(QUESTIONS.get(name, name))


def answer_words(value: Any, name: str) -> str:
    """An answer of that card."""
    given = value if isinstance(value, list) else [value]
    words = _ANSWERS.get(name, {})
    return ", ".join(str(words.get(str(code), code)) for code in given)


def all_regions() -> list[tuple[str, str]]:
    """The regions as choices of a form."""
    return list(places.regions().items())


FILTERS = {
    "tone": tone,
    "move_words": move_words,
    "level_reached": level_reached,
    "hit_words": hit_words,
    "question_words": question_words,
    "answer_words": answer_words,
}
GLOBALS = {
    "levels": tuple(Level),
    "final_statuses": FINAL_STATUSES,
    "incident_statuses": IncidentStatus,
    "verification_statuses": VerificationStatus,
    "all_regions": all_regions,
}
