"""Builds project answers as the reading leaves them, and later messages about them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gateway.casework import response_fields
from gateway.records.answer import Answer
from gateway.records.codes import AnswerKind
from gateway.records.response import Response
from tests.make import alert as make_alert
from tests.make.alert import NOW

TEXT = "RVC GAO-22-014 OUI note 4"
FIELDS: dict[str, Any] = {"project": "GAO-22-014", "functional": "yes", "rating": 4}


def response(
    session: Session, *, text: str = TEXT, fields: dict[str, Any] | None = None, problems: tuple[Any, ...] = ()
) -> Response:
    """What somebody said of the project GAO-22-014: it works, and is worth a four."""
    made = Response(
        message_id=make_alert.message(session, text=text).id, reference=make_alert.reference(), received_at=NOW
    )
    made.parsed = {
        "text": text,
        "kind": "project",
        "language": "fr",
        "state": "check" if problems else "complete",
        "fields": FIELDS if fields is None else fields,
        "problems": list(problems),
        "spans": {},
    }
    session.add(made)
    response_fields.recount(session, made)
    session.flush()
    return made


def answer(session: Session, about: Response, text: str, *, at: datetime = NOW) -> Answer:
    """A later message that names it, as the reading leaves it when nobody knew the form; `{}` is the reference."""
    words = text.format(about.reference)
    is_correction = words.startswith("MOD ")
    fields: dict[str, Any] = {"ref": about.reference}
    if is_correction:
        number, value = words.split()[2:4]
        fields |= {"command": "correct", "field": number, "value": value}
    made = Answer(
        message_id=make_alert.message(session, text=words, at=at).id,
        reference=about.reference,
        kind=AnswerKind.CORRECTION if is_correction else AnswerKind.COMPLETION,
        received_at=at,
    )
    made.parsed = {"text": words, "kind": "answer", "fields": fields, "problems": []}
    about.has_answer_waiting = True
    session.add(made)
    session.flush()
    return made
