"""Signing in: the password, then a code of the telephone; at the first time the telephone is enrolled in between.

Whatever is wrong, the answer is the same None, so that nobody learns which names exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gateway.records.officer import Officer
from gateway.trust import accounts, audit, recovery, sessions, throttle, totp
from gateway.trust.audit import Action
from gateway.trust.sessions import Browser
from gateway.trust.throttle import Subject


@dataclass(frozen=True)
class Enrolled:
    """The token of the session and the recovery codes, both to be handed over once."""

    token: str
    recovery_codes: list[str]


def admit(session: Session, counted: Sequence[Subject], *, now: datetime) -> bool:
    """Whether a password may be tried now; it counts as a failure until it was right."""
    return throttle.admit(session, counted, now=now)


def password_was_right(
    session: Session, officer_id: str, *, counted: Sequence[Subject], new_hash: str | None, now: datetime
) -> str | None:
    """The token of a session that waits for the code; None if it no longer opens the door."""
    officer = _locked(session, officer_id)
    if not accounts.opens_the_door(officer, now=now):
        return None
    if officer.must_change_password:
        officer.password_expires_at = None  # it has opened the door: whoever else has it finds it closed
    if new_hash:
        officer.password_hash = new_hash
    if not officer.is_totp_confirmed and officer.totp_seed is None:
        officer.totp_seed = totp.new_seed()
    # The account's own count stays until the code was right too.
    throttle.uncount(session, [s for s in counted if s.kind in ("address", "everybody")], now=now)
    return sessions.begin(session, officer, is_pending=True, now=now)


def failed(session: Session, officer: Officer | None, *, now: datetime) -> None:
    """Leaves a trace of a failed attempt."""
    audit.record(session, Action.SIGN_IN_FAILED, officer=None, now=now, subject=officer)


def try_code(session: Session, browser: Browser, code: str, *, counted: Sequence[Subject], now: datetime) -> str | None:
    """The token of a full session if the code, or a recovery code, was right."""
    officer = _locked(session, browser.officer.id)
    if not throttle.admit(session, counted, now=now) or not _accepts(session, officer, code, now=now):
        failed(session, officer, now=now)
        return None
    return _enter(session, browser, officer, counted=counted, now=now)


def try_enrolment(
    session: Session, browser: Browser, code: str, *, counted: Sequence[Subject], now: datetime
) -> Enrolled | None:
    """Confirms the new telephone with its first code and enters."""
    officer = _locked(session, browser.officer.id)
    if officer.is_totp_confirmed or not throttle.admit(session, counted, now=now):
        failed(session, officer, now=now)
        return None
    if not _is_code_right(officer, code, now=now):
        failed(session, officer, now=now)
        return None
    officer.is_totp_confirmed = True
    codes = recovery.renew(officer)
    audit.record(session, Action.SECOND_FACTOR_SET, officer=officer, now=now, subject=officer)
    return Enrolled(_enter(session, browser, officer, counted=counted, now=now), codes)


def leave(session: Session, browser: Browser, *, now: datetime) -> None:
    """Signs out."""
    sessions.end(session, browser.session_id)
    audit.record(session, Action.SIGNED_OUT, officer=browser.officer, now=now, subject=browser.officer)


def _enter(session: Session, browser: Browser, officer: Officer, *, counted: Sequence[Subject], now: datetime) -> str:
    throttle.uncount(session, counted, now=now)
    throttle.forgive(session, counted)
    sessions.end(session, browser.session_id)
    token = sessions.begin(session, officer, is_pending=False, now=now)
    audit.record(session, Action.SIGNED_IN, officer=officer, now=now, subject=officer)
    return token


def _accepts(session: Session, officer: Officer, code: str, *, now: datetime) -> bool:
    if not officer.is_active or not officer.is_totp_confirmed:
        return False
    if _is_code_right(officer, code, now=now):
        return True
    if not recovery.spend(officer, code):
        return False
    detail = {"left": len(officer.recovery_hashes)}
    audit.record(session, Action.RECOVERY_CODE_USED, officer=officer, now=now, subject=officer, detail=detail)
    return True


def _is_code_right(officer: Officer, code: str, *, now: datetime) -> bool:
    step = totp.accepted_step(officer.totp_seed or "", code, after=officer.last_totp_step, now=now)
    if step is None:
        return False
    officer.last_totp_step = step
    return True


def _locked(session: Session, officer_id: str) -> Officer:
    # Two browsers with the same code at the same moment: the second one waits, and finds the code used.
    return session.get_one(Officer, officer_id, with_for_update=True, populate_existing=True)
