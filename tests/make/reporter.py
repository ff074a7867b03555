"""Builds reporters."""

from itertools import count

from sqlalchemy.orm import Session

from gateway import clock
from gateway.casework import reporters
from gateway.records.codes import ReplyMode
from gateway.records.reporter import Reporter

_numbers = count(1)


def reporter(
    session: Session,
    *,
    number: str | None = None,
    area: str | None = None,
    language: str | None = None,
    mode: ReplyMode = ReplyMode.NEUTRAL,
    project: str | None = None,
    is_registered: bool = True,
    is_training: bool = False,
) -> Reporter:
    """Somebody the office knows."""
    made = reporters.find_or_create(session, number or f"+2237000{next(_numbers):04}", now=clock.now())
    made.area, made.language, made.mode, made.project = area, language, mode, project
    made.is_registered, made.is_training = is_registered, is_training
    session.flush()
    return made
