"""One table from what went wrong to what the officer is told."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Flask, g, render_template, request
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import HTTPException

from admin import desk_words
from admin.words import REFUSALS
from gateway import log
from gateway.errors import IllegalMove, Invalid, LakanaError, NotFound, Overtaken, Refused
from gateway.vault.current import VaultLocked
from gateway.vault.field import FieldBroken


@dataclass(frozen=True)
class Answer:
    """A status, a heading and what to do about it."""

    status: int
    title: LazyString
    advice: LazyString


_NOT_FOUND = Answer(
    404,
    lazy_gettext("There is nothing here"),
    lazy_gettext("The page does not exist, or it is not for you."),
)
_TOO_OLD = Answer(
    400,
    lazy_gettext("This form can no longer be sent"),
    lazy_gettext("Go back, load the page anew and send it again."),
)
_REFUSED = Answer(
    403,
    lazy_gettext("You may not do this"),
    lazy_gettext("Your role does not open this page. If your work needs it, ask an administrator."),
)
_BROKEN = Answer(
    500,
    lazy_gettext("Something went wrong on our side"),
    lazy_gettext("Nothing of what you sent was kept. Tell the administrator the number below."),
)
ANSWERS: dict[type[LakanaError], Answer] = {
    NotFound: _NOT_FOUND,
    Refused: _REFUSED,
    Overtaken: Answer(
        409,
        lazy_gettext("Somebody else was faster"),
        lazy_gettext("The record has changed since you opened it. Look at it again before you decide."),
    ),
    IllegalMove: Answer(
        409,
        lazy_gettext("This step is not possible from here"),
        lazy_gettext("The record has moved on since. Look at it again before you decide."),
    ),
    Invalid: Answer(400, lazy_gettext("This could not be understood"), _TOO_OLD.advice),
    VaultLocked: Answer(
        503,
        lazy_gettext("The panel is locked"),
        lazy_gettext("The keys are not here, so nothing can be shown. Nothing is lost. Tell the administrator."),
    ),
    FieldBroken: Answer(
        500,
        lazy_gettext("A stored text is damaged"),
        lazy_gettext("It was changed or moved since it was stored. Tell the administrator the number below."),
    ),
}
_BY_STATUS = {
    400: _TOO_OLD,
    403: Answer(403, lazy_gettext("This was not sent from here"), _TOO_OLD.advice),
    404: _NOT_FOUND,
    405: _NOT_FOUND,
    413: Answer(413, lazy_gettext("This is too long"), lazy_gettext("Shorten the text and send it again.")),
}


def prepare(app: Flask) -> None:
    """Registers the answers."""
    for kind, answer in ANSWERS.items():
        app.register_error_handler(kind, _teller(answer))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _teller(answer: Answer) -> Callable[[LakanaError], tuple[str, int]]:
    def tell(error: LakanaError) -> tuple[str, int]:
        incident = _note(error) if answer.status >= 500 else None
        advice = REFUSALS.get(str(error)) or desk_words.REFUSALS.get(error.code)
        told = replace(answer, advice=advice) if advice and not isinstance(error, NotFound) else answer
        return page(told, incident=incident)

    return tell


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    answer = _BY_STATUS.get(error.code, _BY_STATUS[400])
    return page(answer, status=error.code)


def _unforeseen(error: Exception) -> tuple[str, int]:
    return page(_BROKEN, incident=_note(error))


def page(answer: Answer, *, status: int | None = None, incident: str | None = None) -> tuple[str, int]:
    """The error page; it repeats nothing of what was asked for."""
    g.is_error = True
    return render_template("error.html", answer=answer, incident=incident), status or answer.status


def _note(error: Exception) -> str:
    incident = secrets.token_hex(4)
    facts = {"id": incident, "error": type(error).__name__, "path": request.endpoint}
    log.event("panel_error", level=logging.ERROR, exc_info=True, **facts)
    return incident
