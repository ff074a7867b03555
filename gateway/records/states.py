"""Every status, and the moves each may make; a change goes through check_move()."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from gateway.errors import IllegalMove
from gateway.records.codes import Level

_S = TypeVar("_S", bound=StrEnum)


class MessageState(StrEnum):
    """Where a message is between its arrival and its one outcome."""

    RECEIVED = "received"
    PROCESSING = "processing"
    WAITING_PARTS = "waiting_parts"
    DONE = "done"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    DEAD = "dead"
    ERASED = "erased"


class AlertStatus(StrEnum):
    """Where an alert stands on the desk."""

    NEW = "new"
    TRIAGED = "triaged"
    IN_INCIDENT = "in_incident"
    HANDLED = "handled"
    NOT_MRM = "not_mrm"
    DUPLICATE = "duplicate"
    REFERRED_OUT = "referred_out"


_ALERT_ENDS = {
    AlertStatus.IN_INCIDENT,
    AlertStatus.HANDLED,
    AlertStatus.NOT_MRM,
    AlertStatus.DUPLICATE,
    AlertStatus.REFERRED_OUT,
}
ALERT_OPEN = (AlertStatus.NEW, AlertStatus.TRIAGED)
ALERT_MOVES: Mapping[AlertStatus, set[AlertStatus]] = {
    AlertStatus.NEW: {AlertStatus.TRIAGED} | _ALERT_ENDS,
    AlertStatus.TRIAGED: _ALERT_ENDS,
    AlertStatus.IN_INCIDENT: {AlertStatus.TRIAGED},
    AlertStatus.HANDLED: {AlertStatus.TRIAGED},
    AlertStatus.NOT_MRM: {AlertStatus.TRIAGED},
    AlertStatus.DUPLICATE: {AlertStatus.TRIAGED},
    AlertStatus.REFERRED_OUT: {AlertStatus.TRIAGED},
}


class IncidentStatus(StrEnum):
    """Only open incidents count in the published tables."""

    OPEN = "open"
    CLOSED = "closed"
    DUPLICATE = "duplicate"


INCIDENT_MOVES: Mapping[IncidentStatus, set[IncidentStatus]] = {
    IncidentStatus.OPEN: {IncidentStatus.CLOSED, IncidentStatus.DUPLICATE},
    IncidentStatus.CLOSED: {IncidentStatus.OPEN},
    IncidentStatus.DUPLICATE: {IncidentStatus.OPEN},
}


class VerificationStatus(StrEnum):
    """Where a violation stands; the four last are final and can only be reopened with a reason."""

    PENDING = "report_pending_verification"
    FOCAL_POINT_ASSESSED = "focal_point_assessed"
    TECHNICAL_AGREED = "technical_agreed"
    VERIFIED = "verified"
    NOT_VERIFIED = "reported_not_verified"
    DID_NOT_OCCUR = "verification_found_that_incident_did_not_occur"
    NOT_MRM = "not_mrm"


FINAL_STATUSES = frozenset(
    {
        VerificationStatus.VERIFIED,
        VerificationStatus.NOT_VERIFIED,
        VerificationStatus.DID_NOT_OCCUR,
        VerificationStatus.NOT_MRM,
    }
)
_V = VerificationStatus
# Who may take which step: the level that decides, then from where to where.
VERIFICATION_MOVES: Mapping[Level, Mapping[VerificationStatus, set[VerificationStatus]]] = {
    Level.FOCAL_POINT: {_V.PENDING: {_V.FOCAL_POINT_ASSESSED, _V.NOT_MRM}},
    Level.TECHNICAL: {_V.FOCAL_POINT_ASSESSED: {_V.TECHNICAL_AGREED, _V.PENDING}},
    Level.FINAL: {
        _V.TECHNICAL_AGREED: {
            _V.VERIFIED,
            _V.NOT_VERIFIED,
            _V.DID_NOT_OCCUR,
            _V.NOT_MRM,
            _V.FOCAL_POINT_ASSESSED,
        },
        **{status: {_V.PENDING} for status in FINAL_STATUSES},
    },
}


class ReplyState(StrEnum):
    """Where an answer is on its way to a phone; `unknown` is never sent again unasked."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"


REPLY_MOVES: Mapping[ReplyState, set[ReplyState]] = {
    ReplyState.PENDING: {ReplyState.SENDING, ReplyState.SUPPRESSED},
    ReplyState.SENDING: {ReplyState.SENT, ReplyState.FAILED, ReplyState.UNKNOWN, ReplyState.PENDING},
    ReplyState.UNKNOWN: {ReplyState.PENDING, ReplyState.SENT, ReplyState.DELIVERED, ReplyState.FAILED},
    ReplyState.SENT: {ReplyState.DELIVERED, ReplyState.FAILED},
    ReplyState.DELIVERED: set(),
    ReplyState.FAILED: set(),
    ReplyState.SUPPRESSED: set(),
}


class AnswerStatus(StrEnum):
    """What the officer did with a later message."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"


class ReadingStatus(StrEnum):
    """What became of a newer reading: written at once, or laid beside the earlier one for an officer."""

    APPLIED = "applied"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"
    OVERTAKEN = "overtaken"


class FeedbackStatus(StrEnum):
    """Where a complaint stands."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


FEEDBACK_MOVES: Mapping[FeedbackStatus, set[FeedbackStatus]] = {
    FeedbackStatus.NEW: {FeedbackStatus.IN_PROGRESS, FeedbackStatus.CLOSED},
    FeedbackStatus.IN_PROGRESS: {FeedbackStatus.CLOSED},
    FeedbackStatus.CLOSED: {FeedbackStatus.IN_PROGRESS},
}


def check_move(moves: Mapping[_S, set[_S]], *, before: _S, after: _S) -> None:
    """Raises IllegalMove when `after` may not follow `before`."""
    if after not in moves.get(before, set()):
        raise IllegalMove(f"{before.value} cannot become {after.value}")
