"""Builds alerts as the reading leaves them on the desk."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from gateway.casework import readings
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import AlertKind, AnswerKind, SenderKind
from gateway.records.message import Message
from gateway.records.reading import Reading
from gateway.records.states import AlertStatus, AnswerStatus, MessageState, ReadingStatus
from parsers.codebook import gazetteer
from parsers.references import complete

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TEXT = "ENF REC 3G1F Ansongo 14/11 CMA VU"
FIELDS: dict[str, Any] = {
    "violation": ["recruitment"],
    "boys": 3,
    "girls": 1,
    "place": {"pcode": "ML0701", "name": "Ansongo", "level": "cercle"},
    "date_from": "2026-11-14",
    "date_to": "2026-11-14",
    "party": ["cma"],
    "source": "witness",
}
SPANS = {"violation": [[4, 7]], "children": [[8, 12]], "place": [[13, 20]], "date": [[21, 26]], "source": [[31, 33]]}
_numbers = count(1)
_DIGITS = "23456789"


def reference() -> str:
    """Another reference each time."""
    number = next(_numbers)
    letters = "ACDEFGHJKMNPQRSTVWXYZ"
    return complete(letters[number // 64 % 21] + _DIGITS[number // 8 % 8] + _DIGITS[number % 8] + letters[number % 21])


def message(session: Session, *, text: str = TEXT, at: datetime = NOW, channel: str = "twilio") -> Message:
    """A message that was read."""
    number = next(_numbers)
    made = Message(
        channel=channel,
        account="AC",
        provider_id=f"SM{number}",
        our_number="+22370009999",
        sender_kind=SenderKind.PHONE,
        digest=number.to_bytes(32, "big"),
        received_at=at,
        state=MessageState.DONE,
    )
    made.body = text
    session.add(made)
    session.flush()
    return made


def alert(
    session: Session,
    *,
    text: str = TEXT,
    fields: dict[str, Any] | None = None,
    problems: tuple[dict[str, Any], ...] = (),
    spans: dict[str, Any] | None = None,
    kind: AlertKind = AlertKind.INCIDENT,
    status: AlertStatus = AlertStatus.NEW,
    received_at: datetime = NOW,
    channel: str = "twilio",
    **columns: Any,
) -> Alert:
    """An alert of Ansongo, in the region of Gao, about four children recruited."""
    said = FIELDS if fields is None else fields
    place = gazetteer.load().get((said.get("place") or {}).get("pcode") or "")
    made = Alert(
        message_id=message(session, text=text, at=received_at, channel=channel).id,
        reference=reference(),
        kind=kind,
        status=status,
        received_at=received_at,
        language=columns.pop("language", "fr"),
        channel=channel,
        region=columns.pop("region", place.region if place else None),
        place=place.pcode if place else None,
        happened_from=date.fromisoformat(said["date_from"]) if said.get("date_from") else None,
        happened_to=date.fromisoformat(said["date_to"]) if said.get("date_to") else None,
        types=list(said.get("violation") or ()),
        missing=columns.pop("missing", []),
        children=sum(said.get(sex) or 0 for sex in ("boys", "girls", "unknown")) or None,
        is_urgent=columns.pop("is_urgent", False),
        needs_check=columns.pop("needs_check", False),
        version=1,
    )
    for name, value in columns.items():
        setattr(made, name, value)
    made.parsed = {
        "text": text,
        "kind": kind.value,
        "language": "fr",
        "state": "complete",
        "fields": said,
        "note": "",
        "problems": list(problems),
        "spans": SPANS if spans is None else spans,
    }
    session.add(made)
    session.flush()
    return made


def answer(session: Session, alert: Alert, *, fields: dict[str, Any], text: str = "", at: datetime = NOW) -> Answer:
    """A later message about the alert."""
    kinds = {"correct": AnswerKind.CORRECTION, "cancel": AnswerKind.CANCELLATION}
    made = Answer(
        message_id=message(session, text=text, at=at).id,
        alert_id=alert.id,
        reference=alert.reference,
        kind=kinds.get(fields.get("command", ""), AnswerKind.COMPLETION),
        status=AnswerStatus.WAITING,
        received_at=at,
    )
    made.parsed = {"text": text, "kind": "answer", "fields": {"ref": alert.reference, **fields}, "problems": []}
    alert.has_answer_waiting = True
    session.add(made)
    session.flush()
    return made


def reading(
    session: Session,
    alert: Alert,
    *,
    fields: dict[str, Any],
    kind: str = "incident",
    state: str = "complete",
    missing: list[str] | None = None,
    status: ReadingStatus = ReadingStatus.WAITING,
) -> Reading:
    """A newer reading of the alert's message, waiting for an officer."""
    assert alert.message_id is not None
    made = Reading(
        message_id=alert.message_id,
        alert_id=alert.id,
        number=readings.next_number(session, alert.message_id),
        at=NOW,
        edition="b" * 16,
        kind_before=alert.parsed["kind"],
        kind=kind,
        missing=missing or [],
        status=status,
    )
    made.before = alert.parsed
    made.after = alert.parsed | {"kind": kind, "state": state, "fields": fields}
    alert.has_reading_waiting = status is ReadingStatus.WAITING
    session.add(made)
    session.flush()
    return made
