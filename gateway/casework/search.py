"""Search by reference, exactly and within the officer's scope; what was looked for leaves only a keyed hash behind."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.records.alert import Alert
from gateway.records.feedback import Feedback
from gateway.records.incident import Incident
from gateway.records.officer import Officer
from gateway.records.response import Response
from gateway.trust import access, audit
from gateway.vault.current import current
from parsers import references

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A record with this reference: which kind, its id, and since when it is there."""

    kind: str
    row_id: str
    reference: str
    at: datetime


def by_reference(session: Session, typed: str, *, officer: Officer, now: datetime) -> list[Hit]:
    """What this officer may see under a reference; a letter read as a digit is put right when only one fits."""
    reference = _meant(typed)
    hits = _hits(session, reference, officer) if reference else []
    detail = {"term": _hashed(typed), "found": len(hits)}
    audit.record(session, audit.Action.SEARCHED, officer=officer, now=now, detail=detail)
    return hits


def _meant(typed: str) -> str | None:
    if len(typed) > LONGEST:
        return None
    return references.normalise(typed) if references.is_reference(typed) else references.repair(typed)


def _hits(session: Session, reference: str, officer: Officer) -> list[Hit]:
    places = (
        ("incident", Incident, Incident.opened_at, access.incidents_seen_by(officer)),
        ("alert", Alert, Alert.received_at, access.alerts_seen_by(officer)),
        ("feedback", Feedback, Feedback.received_at, access.feedback_seen_by(officer)),
        ("response", Response, Response.received_at, access.responses_seen_by(officer)),
    )
    hits = []
    for kind, record, at, seen in places:
        found = session.execute(select(record.id, at).where(record.reference == reference, seen)).one_or_none()
        if found is not None:
            hits.append(Hit(kind, found[0], reference, found[1]))
    return hits


def _hashed(typed: str) -> str:
    return hmac.digest(current().audit_key, typed.strip().upper().encode("utf-8", "replace"), "sha256").hex()[:16]
