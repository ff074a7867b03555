"""Signed-in browsers: a token of 256 bits in the cookie, its hash in the database, two time limits."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from gateway.records.officer import Officer
from gateway.records.officer_session import OfficerSession

PENDING_FOR = timedelta(minutes=10)
# An activity is noted at most this often, so that reading pages does not mean writing rows.
NOTED_EVERY = timedelta(seconds=30)


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without activity, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class Browser:
    """Who is at the browser; `is_pending` while only the password was right."""

    session_id: str
    officer: Officer
    is_pending: bool
    seen_at: datetime


def begin(session: Session, officer: Officer, *, is_pending: bool, now: datetime) -> str:
    """A new session for this officer; returns its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        OfficerSession(
            token_hash=_hash(token),
            officer_id=None if is_pending else officer.id,
            pending_officer_id=officer.id if is_pending else None,
            created_at=now,
            last_seen_at=now,
        )
    )
    return token


def find(session: Session, token: str, *, limits: Limits, now: datetime) -> Browser | None:
    """The browser with this token, if it is within its limits and its officer still active."""
    owner = or_(Officer.id == OfficerSession.officer_id, Officer.id == OfficerSession.pending_officer_id)
    found = session.execute(
        select(OfficerSession, Officer).join(Officer, owner).where(OfficerSession.token_hash == _hash(token))
    ).one_or_none()
    if found is None:
        return None
    row, officer = found
    is_pending = row.officer_id is None
    lasts = PENDING_FOR if is_pending else limits.absolute
    if not officer.is_active or now - row.created_at >= lasts or now - row.last_seen_at >= limits.idle:
        return None
    return Browser(row.id, officer, is_pending, row.last_seen_at)


def note_activity(session: Session, browser: Browser, *, now: datetime) -> None:
    """Moves the idle limit; a session that was ended meanwhile stays ended."""
    session.execute(update(OfficerSession).where(OfficerSession.id == browser.session_id).values(last_seen_at=now))


def end(session: Session, session_id: str) -> None:
    """Ends one session."""
    session.execute(delete(OfficerSession).where(OfficerSession.id == session_id))


def end_all(session: Session, officer_id: str, *, but: str | None = None) -> int:
    """Ends every session of an officer, but the one named; returns how many."""
    theirs = or_(OfficerSession.officer_id == officer_id, OfficerSession.pending_officer_id == officer_id)
    chosen = delete(OfficerSession).where(theirs, OfficerSession.id != (but or ""))
    return cast(CursorResult[Any], session.execute(chosen)).rowcount


def rotate(session: Session, session_id: str) -> str:
    """A new token for the same session; the old one is worth nothing any more."""
    token = secrets.token_urlsafe(32)
    session.execute(update(OfficerSession).where(OfficerSession.id == session_id).values(token_hash=_hash(token)))
    return token


def of(session: Session, officer_id: str, *, limits: Limits, now: datetime) -> list[OfficerSession]:
    """The officer's living sessions, the last used first."""
    living = select(OfficerSession).where(
        OfficerSession.officer_id == officer_id,
        OfficerSession.created_at > now - limits.absolute,
        OfficerSession.last_seen_at > now - limits.idle,
    )
    return list(session.scalars(living.order_by(OfficerSession.last_seen_at.desc())))


def sweep(session: Session, *, limits: Limits, now: datetime) -> None:
    """Takes out what is past its limits; done at each sign-in, so that nothing else has to remember."""
    session.execute(
        delete(OfficerSession).where(
            or_(OfficerSession.created_at <= now - limits.absolute, OfficerSession.last_seen_at <= now - limits.idle)
        )
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
