"""References for new reports: random, free, and one letter longer before the short ones run out."""

import secrets

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

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


def fresh(session: Session) -> str:
    """A reference that nothing else has."""
    return fresh_many(session, 1)[0]


def fresh_many(session: Session, count: int) -> list[str]:
    """So many of them, no two the same, with one question for each round of draws."""
    found: list[str] = []
    for draw in range(_SHORT_DRAWS + _LONG_DRAWS):
        length = references.LENGTH if draw < _SHORT_DRAWS else references.LENGTH + 1
        drawn = {references.draw(secrets.randbelow, length=length) for _ in range(count - len(found))}
        found += sorted(drawn - _taken(session, drawn) - set(found))
        if len(found) == count:
            return found
    raise NoReference("no free reference was drawn")


def _taken(session: Session, drawn: set[str]) -> set[str]:
    columns = (each.reference for each in _NAMED)
    return set(session.scalars(union_all(*(select(each).where(each.in_(drawn)) for each in columns))))
