"""The filters of the audit page, as they stand in its address."""

from datetime import date, datetime, time, timedelta

from flask import current_app, request
from werkzeug.exceptions import BadRequest

from gateway.settings import Settings
from gateway.trust.audit import Action
from gateway.trust.trail import Filter

NAMES = ("action", "officer", "subject", "since", "until", "below")


def read_filter() -> tuple[Filter, dict[str, str]]:
    """The filter, and what was typed to show it again; anything else in the address is refused."""
    if set(request.args) - set(NAMES) or any(len(request.args.getlist(name)) > 1 for name in request.args):
        raise BadRequest
    typed = {name: request.args.get(name, "").strip() for name in NAMES}
    try:
        wanted = Filter(
            action=Action(typed["action"]) if typed["action"] else None,
            officer_id=_id(typed["officer"]),
            subject_id=_id(typed["subject"]),
            since=_midnight(typed["since"], later_by=0),
            until=_midnight(typed["until"], later_by=1),
            below=_number(typed["below"]),
        )
    except ValueError:
        raise BadRequest from None
    return wanted, typed


def _id(typed: str) -> str | None:
    if len(typed) > 80 or not typed.isprintable():
        raise ValueError("not an id")
    return typed or None


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 16):
        raise ValueError("not a number")
    return int(typed)


def _midnight(typed: str, *, later_by: int) -> datetime | None:
    if not typed:
        return None
    settings: Settings = current_app.config["SETTINGS"]
    day = date.fromisoformat(typed)
    if not 1970 < day.year < 2200:
        raise ValueError("not in our time")
    return datetime.combine(day + timedelta(days=later_by), time.min, settings.timezone)
