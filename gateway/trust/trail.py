"""Reading the audit: the newest entries first, filtered, a page at a time, and never counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.feedback import Feedback
from gateway.records.officer import Officer
from gateway.trust.audit import Action

PAGE = 50
# That a complaint exists is known to the conduct unit alone.
_CLOSED_SUBJECTS = (Feedback.__tablename__,)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the reader wants to see; None means everything. `below` is the number above the page."""

    action: Action | None = None
    officer_id: str | None = None
    subject_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    below: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether every kind of entry is asked for."""
        return all(value is None for value in (self.action, self.officer_id, self.subject_id, self.since, self.until))


@dataclass(frozen=True)
class Page:
    """Entries, and the number below which the older ones go on."""

    entries: Sequence[AuditEntry]
    older_than: int | None


def read(session: Session, wanted: Filter, *, reader: Officer) -> Page:
    """One page of entries; a filter finds nothing about what the reader may not know."""
    chosen = select(AuditEntry).where(*_conditions(wanted, reader)).order_by(AuditEntry.number.desc())
    found = session.scalars(chosen.limit(PAGE + 1)).all()
    return Page(found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None)


def is_closed_to(reader: Officer, entry: AuditEntry) -> bool:
    """Whether an entry is shown to this reader with its number and time only."""
    return entry.subject_kind in _CLOSED_SUBJECTS and not reader.has_role(Role.CONDUCT)


def _conditions(wanted: Filter, reader: Officer) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.below is not None:
        conditions.append(AuditEntry.number < wanted.below)
    if wanted.action is not None:
        conditions.append(AuditEntry.action == wanted.action.value)
    if wanted.officer_id is not None:
        conditions.append(AuditEntry.officer_id == wanted.officer_id)
    if wanted.subject_id is not None:
        conditions.append(AuditEntry.subject_id == wanted.subject_id)
    if wanted.since is not None:
        conditions.append(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEntry.at < wanted.until)
    if not wanted.is_open and not reader.has_role(Role.CONDUCT):
        # In the whole list their numbers stand without content; among found ones even that would tell something.
        conditions.append(AuditEntry.subject_kind.is_(None) | AuditEntry.subject_kind.not_in(_CLOSED_SUBJECTS))
    return conditions
