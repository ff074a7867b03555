"""The audit: who did or read what, each entry chained to the one before, so that no change goes unseen."""

import hmac
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Table, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gateway.records import bulk
from gateway.records.audit_entry import AuditEntry, AuditHead
from gateway.records.ids import new_id
from gateway.records.officer import Officer
from gateway.records.record import Record
from gateway.vault.current import current

HEAD_ID = "head"
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=datetime.isoformat).encode
_ENTRIES: Table = AuditEntry.metadata.tables["audit_entries"]
BEFORE_THE_FIRST = bytes(32)
_COLUMNS = (
    AuditEntry.id,
    AuditEntry.number,
    AuditEntry.at,
    AuditEntry.officer_id,
    AuditEntry.action,
    AuditEntry.subject_kind,
    AuditEntry.subject_id,
    AuditEntry.detail,
    AuditEntry.link,
)


class Action(StrEnum):
    """Everything that leaves a trace; a code is never reused for something else."""

    # At the door
    SIGNED_IN = "officer.signed_in"
    SIGN_IN_FAILED = "officer.sign_in_failed"
    SIGNED_OUT = "officer.signed_out"
    SESSION_ENDED = "officer.session_ended"
    PASSWORD_CHANGED = "officer.password_changed"  # noqa: S105 - the name of an action
    SECOND_FACTOR_SET = "officer.second_factor_set"
    RECOVERY_CODE_USED = "officer.recovery_code_used"
    RECOVERY_CODES_RENEWED = "officer.recovery_codes_renewed"
    FORM_REFUSED = "officer.form_refused"
    # Administration
    OFFICER_ADDED = "officer.added"
    OFFICER_CHANGED = "officer.changed"
    OFFICER_DISABLED = "officer.disabled"
    OFFICER_ENABLED = "officer.enabled"
    SECOND_FACTOR_RESET = "officer.second_factor_reset"
    PASSWORD_RESET = "officer.password_reset"  # noqa: S105 - the name of an action
    AUDIT_READ = "audit.read"
    # The desk
    SEARCHED = "desk.searched"
    LISTED = "desk.listed"
    REFUSED = "desk.refused"
    ALERT_READ = "alert.read"
    ALERT_CLAIMED = "alert.claimed"
    ALERT_RELEASED = "alert.released"
    ALERT_CORRECTED = "alert.corrected"
    ALERT_MOVED = "alert.moved"
    ALERT_ATTACHED = "alert.attached"
    ALERT_DETACHED = "alert.detached"
    ALERT_HANDED_OVER = "alert.handed_over"
    ANSWER_ACCEPTED = "answer.accepted"
    ANSWER_SET_ASIDE = "answer.set_aside"
    READING_ACCEPTED = "reading.accepted"
    READING_SET_ASIDE = "reading.set_aside"
    INCIDENT_OPENED = "incident.opened"
    INCIDENT_READ = "incident.read"
    INCIDENT_CHANGED = "incident.changed"
    VIOLATION_ADDED = "violation.added"
    VIOLATION_CHANGED = "violation.changed"
    VIOLATION_DECIDED = "violation.decided"
    SOURCE_ADDED = "source.added"
    SOURCE_CHANGED = "source.changed"
    VICTIM_ADDED = "victim.added"
    VICTIM_CHANGED = "victim.changed"
    FEEDBACK_READ = "feedback.read"
    FEEDBACK_MOVED = "feedback.moved"
    RESPONSE_READ = "response.read"
    PROJECT_READ = "project.read"
    PROJECT_CHANGED = "project.changed"
    # The machine and its keepers
    MESSAGE_READ = "message.read"
    MESSAGE_REREAD = "message.reread"
    REREAD_STARTED = "message.reread_started"
    MESSAGE_REPLAYED = "message.replayed"
    MESSAGE_DOUBTED = "message.doubted"
    RECONCILED = "message.reconciled"
    SELF_TEST_TAKEN_OUT = "message.self_test_taken_out"
    BACKUP_MADE = "backup.made"
    BACKUP_RESTORED = "backup.restored"
    REPORTER_IMPORTED = "reporter.imported"
    REPORTER_REVEALED = "reporter.revealed"
    CODE_GIVEN = "reporter.code_given"
    CODE_ENDED = "reporter.code_ended"
    SIMULATED = "simulator.sent"


@dataclass(frozen=True)
class Deed:
    """What an entry tells, without its place in the chain; `subject` is the table and the id of what it is about."""

    action: Action
    officer_id: str | None = None
    subject: tuple[str, str] | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


def record(  # noqa: PLR0913 - what every entry has; nobody would find it easier in two objects
    session: Session,
    action: Action,
    *,
    officer: Officer | None,
    now: datetime,
    subject: Record | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Appends an entry in the caller's transaction: no entry, no deed.

    From here on every other writer of the audit waits for this commit, so call it last.
    """
    about = (subject.__tablename__, subject.id) if subject else None
    record_all(session, [Deed(action, officer.id if officer else None, about, detail or {})], now=now)


def record_all(session: Session, deeds: Sequence[Deed], *, now: datetime) -> None:
    """Appends many at once: the end of the chain is held and moved once, each entry is chained as if alone."""
    number, link = _locked_head(session)
    entries = []
    for deed in deeds:
        number += 1
        values = _entry(deed, number, now.astimezone(UTC))
        values["link"] = link = _link(link, values)
        entries.append(values)
    if not entries:
        return
    bulk.insert_rows(session, _ENTRIES, entries)
    session.execute(update(AuditHead).where(AuditHead.id == HEAD_ID).values(number=number, link=link))


def _entry(deed: Deed, number: int, at: datetime) -> dict[str, Any]:
    kind, subject_id = deed.subject or (None, None)
    return {
        "id": new_id(),
        "number": number,
        "at": at,
        "officer_id": deed.officer_id,
        "action": deed.action.value,
        "subject_kind": kind,
        "subject_id": subject_id,
        "detail": json.loads(json.dumps(dict(deed.detail))),
    }


def verify(session: Session, *, at_a_time: int = 1000) -> int | None:
    """Walks the whole chain; the number of the first entry that is not as it was written, or None."""
    expected, link = 1, BEFORE_THE_FIRST
    chosen = select(*_COLUMNS).order_by(AuditEntry.number).execution_options(yield_per=at_a_time)
    with closing(session.execute(chosen)) as rows:
        try:
            for row in rows:
                if row.number != expected or not hmac.compare_digest(row.link, _link(link, _values(row))):
                    return min(expected, int(row.number))
                expected, link = expected + 1, row.link
        except (ValueError, TypeError):
            # A time or a detail that cannot even be read was not written by us; one at a time says which.
            return expected if at_a_time == 1 else verify(session, at_a_time=1)
    head = session.execute(select(AuditHead.number, AuditHead.link).where(AuditHead.id == HEAD_ID)).one_or_none()
    is_whole = (head.number, head.link) == (expected - 1, link) if head else expected == 1
    return None if is_whole else expected


def length(session: Session) -> int:
    """How many entries the chain should have."""
    return session.scalar(select(AuditHead.number).where(AuditHead.id == HEAD_ID)) or 0


def _locked_head(session: Session) -> tuple[int, bytes]:
    locked = select(AuditHead.number, AuditHead.link).where(AuditHead.id == HEAD_ID).with_for_update()
    head = session.execute(locked).one_or_none()
    if head is None:
        try:
            with session.begin_nested():
                session.add(AuditHead(id=HEAD_ID, number=0, link=BEFORE_THE_FIRST))
        except IntegrityError:
            pass  # somebody else wrote the very first entry at the same moment
        head = session.execute(locked).one()
    return head.number, head.link


def _values(row: Row[Any]) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in _COLUMNS}


def _link(before: bytes, values: Mapping[str, Any]) -> bytes:
    fields = [values[column.key] for column in _COLUMNS if column.key != "link"]
    return hmac.digest(current().audit_key, before + _canonical(fields).encode("ascii"), "sha256")
