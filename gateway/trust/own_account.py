"""What officers do with their own account; each change signs out every other browser."""

from datetime import datetime

from sqlalchemy.orm import Session

from gateway.errors import NotFound
from gateway.records.officer import Officer
from gateway.records.officer_session import OfficerSession
from gateway.trust import audit, recovery, sessions, totp
from gateway.trust.audit import Action
from gateway.trust.sessions import Browser


def set_password(session: Session, browser: Browser, new_hash: str, *, now: datetime) -> str:
    """Stores the new password; returns the new token of this browser, the only one that stays signed in."""
    officer = session.get_one(Officer, browser.officer.id, with_for_update=True, populate_existing=True)
    officer.password_hash = new_hash
    officer.must_change_password, officer.password_expires_at = False, None
    officer.version += 1
    session.flush()
    sessions.end_all(session, officer.id, but=browser.session_id)
    token = sessions.rotate(session, browser.session_id)
    audit.record(session, Action.PASSWORD_CHANGED, officer=officer, now=now, subject=officer)
    return token


def replace_second_factor(session: Session, browser: Browser, *, now: datetime) -> str:
    """Forgets the telephone and starts over at enrolment; returns the token of the session that waits there."""
    officer = session.get_one(Officer, browser.officer.id, with_for_update=True, populate_existing=True)
    officer.totp_seed = totp.new_seed()
    officer.is_totp_confirmed = False
    officer.recovery_hashes = []
    officer.version += 1
    session.flush()
    sessions.end_all(session, officer.id)
    audit.record(session, Action.SECOND_FACTOR_RESET, officer=officer, now=now, subject=officer)
    return sessions.begin(session, officer, is_pending=True, now=now)


def renew_recovery_codes(session: Session, browser: Browser, *, now: datetime) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing any more."""
    officer = session.get_one(Officer, browser.officer.id, with_for_update=True, populate_existing=True)
    codes = recovery.renew(officer)
    audit.record(session, Action.RECOVERY_CODES_RENEWED, officer=officer, now=now, subject=officer)
    return codes


def end_session(session: Session, browser: Browser, session_id: str, *, now: datetime) -> None:
    """Signs out another browser of the same officer."""
    row = session.get(OfficerSession, session_id)
    if row is None or row.officer_id != browser.officer.id:
        raise NotFound("no such session")
    sessions.end(session, session_id)
    audit.record(session, Action.SESSION_ENDED, officer=browser.officer, now=now, subject=browser.officer)


def set_language(session: Session, officer_id: str, language: str) -> None:
    """The language the officer reads the panel in."""
    session.get_one(Officer, officer_id).language = language
