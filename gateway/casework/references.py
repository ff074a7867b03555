"""References for new reports: random, free, and one letter longer before the short ones run out."""

import secrets

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from gateway.casework.case import Case
from gateway.errors import LakanaError
from gateway.records.alert import Alert
from gateway.records.feedback import Feedback
from gateway.records.incident import Incident
from gateway.records.message import Message
from gateway.records.response import Response
from parsers import references

_NAMED = (Message, Alert, Response, Feedback, Incident)
_SHORT_DRAWS = 6
_LONG_DRAWS = 12


class NoReference(LakanaError):
    """Every reference that was drawn is taken."""

    code = "no_reference"


def of(session: Session, case: Case) -> str:
    """The reference of this report: the one its sender was told, if the message was read before."""
    return (case.message.reference if case.part == 1 else None) or fresh(session)


def fresh(session: Session) -> str:
    """A reference that nothing else has."""
    for draw in range(_SHORT_DRAWS + _LONG_DRAWS):
        length = references.LENGTH if draw < _SHORT_DRAWS else references.LENGTH + 1
        drawn = references.draw(secrets.randbelow, length=length)
        if (
            session.execute(union_all(*(select(each.id).where(each.reference == drawn) for each in _NAMED))).first()
            is None
        ):
            return drawn
    raise NoReference("no free reference was drawn")
