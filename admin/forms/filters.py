"""The filters of lists as they stand in an address: only known names, each once, only known values; else 400."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from flask import request
from werkzeug.exceptions import BadRequest

from gateway.casework import incident_list, places, queue
from gateway.casework.cursor import Cursor
from gateway.errors import Invalid
from gateway.records.codes import AlertKind, ViolationType
from gateway.records.states import ALERT_OPEN, AlertStatus, IncidentStatus, VerificationStatus

_Code = TypeVar("_Code", bound=StrEnum)
QUEUE = ("kind", "status", "region", "type", "language", "channel", "urgent", "check", "who", "order", "after")
INCIDENTS = ("status", "region", "type", "verification", "after")
THREATS = ("attack", "displacement", "recruitment_drive", "movement", "explosive", "community_tension")
LANGUAGES = ("fr", "en", "bm")
CHANNELS = ("twilio", "twilio_voice", "kannel", "android", "africastalking", "simulator")
WHO = ("mine", "unclaimed")
OPEN, ANSWERED, REREAD = "open", "answered", "reread"


def typed(names: Iterable[str]) -> dict[str, str]:
    """What the address says for each name."""
    known = set(names)
    if set(request.args) - known or any(len(request.args.getlist(name)) > 1 for name in request.args):
        raise BadRequest
    return {name: request.args.get(name, "") for name in known}


def is_chosen(given: Mapping[str, str]) -> bool:
    """Whether the list is another one than the page shows by itself; where it begins is no choice."""
    return any(value for name, value in given.items() if name != "after" and (name, value) != ("status", OPEN))


def cursor(given: Mapping[str, str], name: str = "after") -> Cursor | None:
    """Where the page begins."""
    try:
        return Cursor.read(given[name]) if given[name] else None
    except Invalid:
        raise BadRequest from None


def queue_filters(given: Mapping[str, str], kinds: tuple[AlertKind, ...]) -> queue.Filters:
    """What the queue shall show."""
    kind = _code(given["kind"], AlertKind)
    if kind is not None and kind not in kinds:
        raise BadRequest
    who = _one_of(given["who"], WHO)
    return queue.Filters(
        kinds=(kind,) if kind else kinds,
        statuses=_statuses(given["status"]),
        region=_one_of(given["region"], places.regions()),
        type=_one_of(given["type"], (*ViolationType, *THREATS)),
        language=_one_of(given["language"], LANGUAGES),
        channel=_one_of(given["channel"], CHANNELS),
        is_urgent=_one_of(given["urgent"], ("1",)) is not None,
        needs_check=_one_of(given["check"], ("1",)) is not None,
        has_answer=given["status"] == ANSWERED,
        has_reading=given["status"] == REREAD,
        is_mine=who == "mine",
        is_unclaimed=who == "unclaimed",
        is_oldest_first=_one_of(given["order"], ("oldest",)) is not None,
    )


def incident_filters(given: Mapping[str, str]) -> incident_list.Filters:
    """What the list of incidents shall show; without a wish, the open ones."""
    status = given["status"] or IncidentStatus.OPEN.value
    return incident_list.Filters(
        status=None if status == "all" else _code(status, IncidentStatus),
        region=_one_of(given["region"], places.regions()),
        type=_code(given["type"], ViolationType),
        verification=_code(given["verification"], VerificationStatus),
    )


def _statuses(written: str) -> tuple[AlertStatus, ...]:
    if written in ("", OPEN):
        return ALERT_OPEN
    if written in (ANSWERED, REREAD):
        return tuple(AlertStatus)
    status = _code(written, AlertStatus)
    return (status,) if status else ALERT_OPEN


def _code(written: str, kind: type[_Code]) -> _Code | None:
    if not written:
        return None
    try:
        return kind(written)
    except ValueError:
        raise BadRequest from None


def _one_of(written: str, known: Iterable[str]) -> str | None:
    if not written:
        return None
    if written not in set(known):
        raise BadRequest
    return written
