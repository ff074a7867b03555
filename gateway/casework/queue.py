"""The queue: the alerts of an officer's regions, filtered, newest or oldest first, a page at a time, never counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import Session, defer

from gateway.casework.cursor import Cursor
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind
from gateway.records.columns import names_code
from gateway.records.officer import Officer
from gateway.records.states import ALERT_OPEN, AlertStatus
from gateway.trust import access, audit

ROWS = 50
TRAY = (AlertKind.UNKNOWN, AlertKind.UNPROCESSED)
UNDERSTOOD = (AlertKind.INCIDENT, AlertKind.ALERT, AlertKind.RELEASE)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer wants to see; None is no wish, and no status means those still open."""

    kinds: tuple[AlertKind, ...] = UNDERSTOOD
    statuses: tuple[AlertStatus, ...] = ALERT_OPEN
    region: str | None = None
    type: str | None = None
    language: str | None = None
    channel: str | None = None
    is_urgent: bool = False
    needs_check: bool = False
    has_answer: bool = False
    has_reading: bool = False
    is_mine: bool = False
    is_unclaimed: bool = False
    is_oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An alert in the queue, and the name of who works on it now."""

    alert: Alert
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next ones begin, if there are any."""

    rows: tuple[Row, ...]
    following: Cursor | None
    newest: Cursor | None


def page(session: Session, filters: Filters, *, officer: Officer, now: datetime, after: Cursor | None = None) -> Page:
    """The rows after a cursor, with a constant number of queries; that they were listed is audited."""
    conditions = _conditions(filters, officer, now)
    if after is not None:
        conditions.append(_following(filters, after))
    ids = list(session.scalars(_ids(conditions, filters, limit=ROWS + 1)))
    found = _rows(session, ids[:ROWS], now)
    last = found[-1].alert if found and len(ids) > ROWS else None
    newest = found[0].alert if found and not filters.is_oldest_first else None
    detail = {"page": "tray" if filters.kinds == TRAY else "queue", "shown": len(found)}
    audit.record(session, audit.Action.LISTED, officer=officer, now=now, detail=detail)
    return Page(tuple(found), _cursor(last), _cursor(newest))


def newer(session: Session, filters: Filters, seen: Cursor | None, *, officer: Officer, now: datetime) -> int:
    """How many alerts came after the newest one on the page; counts no further than a page."""
    conditions = _conditions(filters, officer, now)
    if seen is not None:
        conditions.append(seen.newer_than(Alert.received_at, Alert.id))
    return len(session.scalars(_ids(conditions, filters, limit=ROWS + 1)).all())


def _rows(session: Session, ids: list[str], now: datetime) -> list[Row]:
    found = session.execute(
        select(Alert, Officer.display_name)
        .outerjoin(Officer, and_(Officer.id == Alert.claimed_by_id, Alert.claimed_until > now))
        .where(Alert.id.in_(ids))
        .options(defer(Alert.parsed_sealed))
    )
    rows = {alert.id: Row(alert, name) for alert, name in found}
    return [rows[alert_id] for alert_id in ids]


def _cursor(alert: Alert | None) -> Cursor | None:
    return Cursor(alert.received_at, alert.id) if alert else None


def _ids(conditions: list[ColumnElement[bool]], filters: Filters, *, limit: int) -> Select[Any]:
    """One short walk along the index for each status, then the best of them."""
    order = (Alert.received_at, Alert.id) if filters.is_oldest_first else (Alert.received_at.desc(), Alert.id.desc())
    walk = select(Alert.id, Alert.received_at).where(*conditions).order_by(*order).limit(limit)
    is_few = filters.has_answer or filters.has_reading
    walks = [walk] if is_few else [walk.where(Alert.status == status) for status in filters.statuses]
    found = union_all(*(select(each.subquery()) for each in walks)).subquery()
    columns = (found.c.received_at, found.c.id)
    best = columns if filters.is_oldest_first else tuple(column.desc() for column in columns)
    return select(found.c.id).order_by(*best).limit(limit)


def _following(filters: Filters, after: Cursor) -> ColumnElement[bool]:
    comes = after.newer_than if filters.is_oldest_first else after.older_than
    return comes(Alert.received_at, Alert.id)


def _conditions(filters: Filters, officer: Officer, now: datetime) -> list[ColumnElement[bool]]:
    wanted: list[tuple[object, ColumnElement[bool]]] = [
        (filters.region, Alert.region == filters.region),
        (filters.type, names_code(Alert.types, filters.type or "")),
        (filters.language, Alert.language == filters.language),
        (filters.channel, Alert.channel == filters.channel),
        (filters.is_urgent, Alert.is_urgent.is_(True)),
        (filters.needs_check, Alert.needs_check.is_(True)),
        (filters.has_answer, Alert.has_answer_waiting.is_(True)),
        (filters.has_reading, Alert.has_reading_waiting.is_(True)),
        (filters.is_mine, and_(Alert.claimed_by_id == officer.id, Alert.claimed_until > now)),
        (filters.is_unclaimed, or_(Alert.claimed_by_id.is_(None), Alert.claimed_until <= now)),
    ]
    chosen = [condition for wish, condition in wanted if wish]
    return [access.alerts_seen_by(officer), Alert.kind.in_(filters.kinds), *chosen]
