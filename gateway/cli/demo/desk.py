"""The officers of the demonstration: added, enrolled and given their password as any officer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy.orm import Session

from gateway.cli.demo.people import OFFICERS, DemoOfficer
from gateway.errors import LakanaError
from gateway.records.codes import Role
from gateway.records.officer import Officer
from gateway.trust import accounts, own_account, passwords, sessions, sign_in
from gateway.trust.accounts import NewOfficer

_LIMITS = sessions.Limits(idle=timedelta(minutes=10), absolute=timedelta(hours=1))


class NotEnrolled(LakanaError):
    """An invented officer could not sign in the first time."""

    code = "not_enrolled"


@dataclass(frozen=True)
class Desk:
    """The officers by their sign-in name."""

    officers: Mapping[str, Officer]

    def regional(self, region: str) -> Officer:
        """Whoever works on the reports of this region first."""
        return next(
            officer
            for officer in self.officers.values()
            if officer.has_role(Role.REGIONAL) and region in officer.regions
        )

    def other(self, role: Role, than: Officer | None = None) -> Officer:
        """Somebody with this role, and not the one named."""
        return next(
            officer
            for officer in self.officers.values()
            if officer.has_role(role) and (than is None or officer.id != than.id)
        )


def enrol(session: Session, password: str, *, now: datetime) -> Desk:
    """Adds everybody; one password for all, hashed once, since the slow hash is what takes the time here."""
    new_hash = passwords.hash_of(password)
    by: Officer | None = None
    officers = {}
    for person in sorted(OFFICERS, key=lambda person: Role.ADMINISTRATOR not in person.roles):
        officers[person.name] = _enrol(session, person, new_hash, by=by, now=now)
        by = by or officers[person.name]
    return Desk(officers)


def _enrol(session: Session, person: DemoOfficer, new_hash: str, *, by: Officer | None, now: datetime) -> Officer:
    new = NewOfficer(
        name=person.name,
        display_name=person.display_name,
        roles=person.roles,
        regions=person.regions,
        language=person.language,
    )
    officer, _ = accounts.add(session, new, by=by, now=now)
    waiting = _browser(
        session, sign_in.password_was_right(session, officer.id, counted=(), new_hash=None, now=now), now
    )
    code = pyotp.TOTP(officer.totp_seed or "").at(now)
    enrolled = sign_in.try_enrolment(session, waiting, code, counted=(), now=now)
    entered = _browser(session, enrolled.token if enrolled else None, now)
    own_account.set_password(session, entered, new_hash, now=now)
    sign_in.leave(session, entered, now=now)
    return officer


def _browser(session: Session, token: str | None, now: datetime) -> sessions.Browser:
    browser = sessions.find(session, token or "", limits=_LIMITS, now=now)
    if browser is None:
        raise NotEnrolled("an invented officer could not sign in")
    return browser
