"""References for new reports: random, free, and one letter longer before the short ones run out."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.errors import LakanaError
from gateway.records.alert import Alert
from gateway.records.incident import Incident
from gateway.records.message import Message
from parsers import references

_SHORT_DRAWS = 6
_LONG_DRAWS = 12


class NoReference(LakanaError):
    """Every reference that was drawn is taken."""

    code = "no_reference"


def of(session: Session, message: Message) -> str:
    """The reference of this message: the one its sender was told, if it was read before."""
    return message.reference or fresh(session)


def fresh(session: Session) -> str:
    """A reference that no message, no alert and no incident has."""
    for draw in range(_SHORT_DRAWS + _LONG_DRAWS):
        length = references.LENGTH if draw < _SHORT_DRAWS else references.LENGTH + 1
        drawn = references.draw(secrets.randbelow, length=length)
        taken = (
            select(Message.id)
            .where(Message.reference == drawn)
            .union_all(
                select(Alert.id).where(Alert.reference == drawn), select(Incident.id).where(Incident.reference == drawn)
            )
        )
        if session.execute(taken).first() is None:
            return drawn
    raise NoReference("no free reference was drawn")
