"""Officers' accounts: who there is, with what roles and regions, and who may change that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gateway import codebook
from gateway.errors import Invalid, NotFound, Overtaken, Refused
from gateway.records.codes import Role
from gateway.records.officer import Officer
from gateway.trust import audit, names, passwords, sessions
from gateway.trust.audit import Action

FIRST_ADMINISTRATOR = "responsable"
LANGUAGES = ("fr", "en")
ONE_TIME_LASTS = timedelta(minutes=30)


class Reason(StrEnum):
    """Why an account was touched: a code, since the audit holds no free text, which might quote a case."""

    LOST_TELEPHONE = "lost_telephone"
    FORGOTTEN_PASSWORD = "forgotten_password"  # noqa: S105 - a reason
    LEFT = "left"
    AWAY = "away"
    RETURNED = "returned"
    SUSPICION = "suspicion"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class NewOfficer:
    """What an administrator says of a new officer."""

    name: str
    display_name: str
    roles: tuple[Role, ...]
    regions: tuple[str, ...] = ()
    language: str = "fr"


@dataclass(frozen=True, kw_only=True)
class Duties:
    """Roles and regions an officer shall have; `version_seen` is what the administrator had before their eyes."""

    roles: tuple[Role, ...]
    regions: tuple[str, ...]
    version_seen: int


def by_name(session: Session, name: str) -> Officer | None:
    """The officer who signs in with this name."""
    return session.scalars(select(Officer).where(Officer.name_key == names.key_of(name))).one_or_none()


def find(session: Session, officer_id: str) -> Officer:
    """The officer with this id, as they stand now; NotFound if there is none."""
    officer = session.get(Officer, officer_id, populate_existing=True)
    if officer is None:
        raise NotFound("no such officer")
    return officer


def everybody(session: Session) -> list[Officer]:
    """All officers, by their shown name."""
    return list(session.scalars(select(Officer).order_by(Officer.is_active.desc(), Officer.display_name, Officer.id)))


def add(session: Session, new: NewOfficer, *, by: Officer | None, now: datetime) -> tuple[Officer, str]:
    """A new officer, and the one-time password to hand over; `by` is None on the command line."""
    name = names.checked(new.name)
    password = passwords.one_time()
    officer = Officer(
        name=name,
        name_key=names.key_of(name),
        display_name=_shown(new.display_name or name),
        roles=_roles(new.roles),
        regions=_regions(new.regions),
        language=new.language if new.language in LANGUAGES else LANGUAGES[0],
        password_hash=passwords.hash_of(password),
        must_change_password=True,
        password_expires_at=now + ONE_TIME_LASTS,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(officer)
    except IntegrityError:
        raise Invalid("name", "taken") from None
    detail = {"roles": officer.roles, "regions": officer.regions}
    audit.record(session, Action.OFFICER_ADDED, officer=by, now=now, subject=officer, detail=detail)
    return officer, password


def add_first_administrator(session: Session, *, now: datetime) -> tuple[Officer, str] | None:
    """On an empty list of officers: an administrator and the one-time password; else None.

    As long as nobody else is there and that password was never used in time, each start gives another: without it
    nobody could get in.
    """
    known = list(session.scalars(select(Officer).limit(2)))
    if known:
        return _let_in_again(session, known[0], now=now) if len(known) == 1 else None
    first = NewOfficer(name=FIRST_ADMINISTRATOR, display_name="Responsable", roles=(Role.ADMINISTRATOR,))
    return add(session, first, by=None, now=now)


def _let_in_again(session: Session, first: Officer, *, now: datetime) -> tuple[Officer, str] | None:
    if first.is_totp_confirmed or not first.must_change_password or opens_the_door(first, now=now):
        return None
    password = _one_time(first, now=now)
    _changed(session, first)
    detail = {"reason": Reason.FORGOTTEN_PASSWORD.value}
    audit.record(session, Action.PASSWORD_RESET, officer=None, now=now, subject=first, detail=detail)
    return first, password


def change_duties(session: Session, officer_id: str, duties: Duties, *, by: Officer | None, now: datetime) -> Officer:
    """Gives an officer other roles and regions, and signs them out everywhere."""
    officer = _somebody_else(session, officer_id, by)
    if officer.version != duties.version_seen:
        raise Overtaken("somebody else has changed this officer meanwhile")
    roles, regions = _roles(duties.roles), _regions(duties.regions)
    if Role.ADMINISTRATOR.value not in roles:
        _keep_one_administrator(session, officer)
    detail = {"before": [officer.roles, officer.regions], "after": [roles, regions]}
    officer.roles, officer.regions = roles, regions
    _changed(session, officer)
    audit.record(session, Action.OFFICER_CHANGED, officer=by, now=now, subject=officer, detail=detail)
    return officer


def disable(session: Session, officer_id: str, *, reason: Reason, by: Officer | None, now: datetime) -> Officer:
    """Takes an officer's access away at once; the account stays, for what was decided with it."""
    officer = _somebody_else(session, officer_id, by)
    _keep_one_administrator(session, officer)
    officer.is_active = False
    _changed(session, officer)
    audit.record(
        session, Action.OFFICER_DISABLED, officer=by, now=now, subject=officer, detail={"reason": reason.value}
    )
    return officer


def enable(session: Session, officer_id: str, *, reason: Reason, by: Officer | None, now: datetime) -> Officer:
    """Lets an officer in again."""
    officer = _somebody_else(session, officer_id, by)
    officer.is_active = True
    _changed(session, officer)
    audit.record(session, Action.OFFICER_ENABLED, officer=by, now=now, subject=officer, detail={"reason": reason.value})
    return officer


def reset_second_factor(session: Session, officer_id: str, *, reason: Reason, by: Officer | None, now: datetime) -> str:
    """For a lost telephone: a new one at the next sign-in, with a one-time password, which is returned.

    The password goes too, since whoever has the old one could otherwise enrol a telephone of their own.
    """
    officer = _somebody_else(session, officer_id, by)
    officer.totp_seed = None
    officer.is_totp_confirmed = False
    officer.recovery_hashes = []
    password = _one_time(officer, now=now)
    _changed(session, officer)
    audit.record(
        session, Action.SECOND_FACTOR_RESET, officer=by, now=now, subject=officer, detail={"reason": reason.value}
    )
    return password


def reset_password(session: Session, officer_id: str, *, reason: Reason, by: Officer | None, now: datetime) -> str:
    """For a forgotten password: a one-time one, which is returned; the codes of the telephone are still asked."""
    officer = _somebody_else(session, officer_id, by)
    password = _one_time(officer, now=now)
    _changed(session, officer)
    audit.record(session, Action.PASSWORD_RESET, officer=by, now=now, subject=officer, detail={"reason": reason.value})
    return password


def opens_the_door(officer: Officer, *, now: datetime) -> bool:
    """Whether the officer's password may be tried: an own one always, a one-time one in its time and once."""
    if not officer.is_active:
        return False
    return not officer.must_change_password or (officer.password_expires_at or now) > now


def _one_time(officer: Officer, *, now: datetime) -> str:
    password = passwords.one_time()
    officer.password_hash = passwords.hash_of(password)
    officer.must_change_password = True
    officer.password_expires_at = now + ONE_TIME_LASTS
    return password


def _changed(session: Session, officer: Officer) -> None:
    officer.version += 1
    session.flush()
    sessions.end_all(session, officer.id)


def _somebody_else(session: Session, officer_id: str, by: Officer | None) -> Officer:
    if by is not None and by.id == officer_id:
        raise Refused("own_account")
    everybody_now = _locked(session)
    if by is not None and not _is_administrator(everybody_now.get(by.id)):
        raise Refused("not_administrator")
    if officer_id not in everybody_now:
        raise NotFound("no such officer")
    return everybody_now[officer_id]


def _keep_one_administrator(session: Session, leaving: Officer) -> None:
    others = [officer for officer in _locked(session).values() if officer.id != leaving.id]
    if _is_administrator(leaving) and not any(_is_administrator(officer) for officer in others):
        raise Refused("last_administrator")


def _locked(session: Session) -> dict[str, Officer]:
    # All, and in one order: two administrators cannot take each other's access away at the same moment.
    chosen = select(Officer).order_by(Officer.id).with_for_update().execution_options(populate_existing=True)
    return {officer.id: officer for officer in session.scalars(chosen)}


def _is_administrator(officer: Officer | None) -> bool:
    return officer is not None and officer.is_active and officer.has_role(Role.ADMINISTRATOR)


def _shown(text: str) -> str:
    shown = text.strip()
    if not shown or len(shown) > 120 or not shown.isprintable():
        raise Invalid("display_name", "letters")
    return shown


def _roles(roles: Collection[Role]) -> list[str]:
    return sorted({role.value for role in roles})


def _regions(regions: Collection[str]) -> list[str]:
    known = {place.pcode for place in codebook.places().regions()}
    if not set(regions) <= known:
        raise Invalid("regions", "unknown")
    return sorted(set(regions))
