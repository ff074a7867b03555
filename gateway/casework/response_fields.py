"""The answers about a project as they count now: what was read first, under the later messages an officer accepted."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway import codebook
from gateway.casework import beside, said
from gateway.casework.fields import Effective, Layer, Parts, overlay
from gateway.records.answer import Answer
from gateway.records.response import Response
from gateway.records.states import AnswerStatus

FORM = "project"
SENSITIVE = "payment_asked"


def names() -> tuple[str, ...]:
    """The questions of the card, without the project itself and the note."""
    fields = codebook.book().forms[FORM].fields
    return tuple(each.name for each in fields if each.reader not in ("projects", "note"))


def effective(response: Response, later: Iterable[Answer]) -> Effective:
    """The values that count, and which of them a later message gave."""
    layers = [
        Layer(each.decided_at, said_of(response, each), is_answer=True)
        for each in later
        if each.status is AnswerStatus.ACCEPTED and each.decided_at is not None
    ]
    return overlay(first_reading(response), layers, _parts())


def first_reading(response: Response) -> dict[str, Any]:
    """What the machine read in the first message."""
    parsed = response.parsed or {}
    return _asked_for(parsed.get("fields") or {})


def said_of(response: Response, answer: Answer) -> dict[str, Any]:
    """What a later message says of the questions of the card."""
    return _asked_for(said.of(answer, FORM, (response.parsed or {}).get("language")))


def recount(session: Session, response: Response) -> Effective:
    """Writes the codes that count anew; what was once for the conduct unit stays with it."""
    now_counts = effective(response, session.scalars(select(Answer).where(beside.of(response))))
    values = now_counts.values
    response.project = values.get("project")
    response.answers = {name: values[name] for name in names() if name in values}
    response.is_sensitive = bool(response.is_sensitive) or names_money(values)
    problems = (response.parsed or {}).get("problems") or ()
    doubted = {each.get("field") for each in problems if each.get("severity") == "check"}
    response.needs_check = bool(doubted - now_counts.changed_by.keys())
    return now_counts


def names_money(values: Mapping[str, Any]) -> bool:
    """Whether somebody asked for money: that is for the conduct unit."""
    return SENSITIVE in (values.get("problem") or ())


def _parts() -> dict[str, Parts]:
    return {name: (name,) for name in ("project", *names())}


def _asked_for(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _parts() if name in values}
