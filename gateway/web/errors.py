"""One table from what went wrong to what the provider is told: a status, and never a word more."""

import logging
from collections.abc import Mapping

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from gateway import log
from gateway.channels.contract import NotSigned
from gateway.errors import Invalid
from gateway.records.db import NotConnected
from gateway.web.door import WrongType, door
from gateway.web.writer import NotStored

# 503 asks the provider to come again; it is the only answer that may cost a message, and only if it does not.
STATUS: Mapping[type[Exception], int] = {
    NotSigned: 403,
    Invalid: 400,
    WrongType: 415,
    NotStored: 503,
    NotConnected: 503,
    SQLAlchemyError: 503,
}


def register(app: Flask) -> None:
    """Puts the table, and an answer for everything that is not in it, in front of the views."""
    for kind in STATUS:
        app.register_error_handler(kind, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def _known(error: Exception) -> Response:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    reason = error.reason if isinstance(error, NotSigned) else type(error).__name__
    return _refused(status, reason)


def _http(error: HTTPException) -> Response:
    answer = _refused(error.code or 500, str(error.code))
    if error.code == 405:
        answer.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return answer


def _unknown(error: Exception) -> Response:
    log.event("request_failed", level=logging.ERROR, exc_info=True, path=_path(), error=type(error).__name__)
    return _refused(500, "error")


def _refused(status: int, reason: str) -> Response:
    counter = door().metrics.failed if status >= 500 else door().metrics.rejected
    counter.labels(reason).inc()
    log.event("refused", level=logging.WARNING, status=status, reason=reason, path=_path())
    return Response(status=status)


def _path() -> str | None:
    """The route, not the address: an address is written by strangers."""
    return request.url_rule.rule if request.url_rule else None
