"""Before each change: did this form come from a page of ours, in this browser?"""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import BadRequest, Forbidden

from admin import cookies

FIELD = "form_token"
HEADER = "X-Form-Token"
_ONLY_READ = ("GET", "HEAD", "OPTIONS")


class FormTooOld(BadRequest):
    """The form was made for another session, or for one that has ended."""


def guard() -> None:
    """Refuses a change that another site sent, or that carries no token of this session."""
    if request.method in _ONLY_READ or request.endpoint is None:
        return
    if not _is_ours():
        raise Forbidden
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not cookies.is_form_token(sent):
        raise FormTooOld


def _is_ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        return True  # not a browser of today; the token decides
    return _plain(origin) == _plain(current_app.config["PANEL_URL"])


def _plain(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ("", "")
    return (parts.scheme.lower(), parts.netloc.lower())
