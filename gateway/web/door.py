"""What the views of the public application share: made once at the start, found through the application."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app, request

from gateway.channels import form
from gateway.channels.form import Form
from gateway.channels.twilio import Account
from gateway.settings import Settings
from gateway.vault.keyring import InboxKeys
from gateway.web.metrics import Metrics
from gateway.web.writer import Writer

FORM_TYPE = "application/x-www-form-urlencoded"
_EXTENSION = "lakana.door"


@dataclass
class Away:
    """Until when (by the monotonic clock) the database is left alone."""

    until: float = 0.0


@dataclass(frozen=True, kw_only=True, repr=False)
class Door:
    """The settings, the public keys, the provider's account and the one who writes."""

    settings: Settings
    keys: InboxKeys
    twilio: Account | None
    writer: Writer
    metrics: Metrics
    spool: Path | None = None
    away: Away = field(default_factory=Away)


class WrongType(Exception):
    """Not a plain form: another type, or packed."""


def hang(door: Door, extensions: dict[str, object]) -> None:
    """Puts the door where the views find it."""
    extensions[_EXTENSION] = door


def door() -> Door:
    """The door of this application."""
    found: Door = current_app.extensions[_EXTENSION]
    return found


def signed_address(path: str) -> str:
    """The address the provider called: ours as configured, with the query of the request, which is signed too."""
    query = request.query_string.decode("latin-1")
    return f"{door().settings.public_url}{path}{'?' if query else ''}{query}"


def form_sent() -> Form:
    """The fields of the request; anything but a plain form is refused before its body is read."""
    if request.mimetype != FORM_TYPE or request.headers.get("Content-Encoding", "identity") != "identity":
        raise WrongType
    return form.read(request.get_data(cache=False))
