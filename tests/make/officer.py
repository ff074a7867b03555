"""Builds officers, and signs them in without the door."""

from functools import cache
from itertools import count

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from gateway import clock
from gateway.records.codes import Role
from gateway.records.officer import Officer
from gateway.trust import accounts, names, sessions, totp

PASSWORD = "quatre baobabs sous la pluie"
_numbers = count(1)


def officer(
    session: Session,
    *,
    name: str | None = None,
    display_name: str = "Officer of the tests",
    roles: tuple[Role, ...] = (Role.REGIONAL,),
    regions: tuple[str, ...] = (),
    language: str = "en",
    password: str = PASSWORD,
    must_change_password: bool = False,
    is_enrolled: bool = True,
    is_active: bool = True,
) -> Officer:
    """An officer who chose a password and connected a telephone long ago."""
    name = name or f"tester-x{next(_numbers)}x"
    made = Officer(
        name=name,
        name_key=names.key_of(name),
        display_name=display_name,
        roles=[role.value for role in roles],
        regions=list(regions),
        language=language,
        password_hash=_hash_of(password),
        must_change_password=must_change_password,
        password_expires_at=clock.now() + accounts.ONE_TIME_LASTS if must_change_password else None,
        is_totp_confirmed=is_enrolled,
        is_active=is_active,
        created_at=clock.now(),
    )
    made.totp_seed = totp.new_seed() if is_enrolled else None
    session.add(made)
    session.flush()
    return made


def session_token(session: Session, of: Officer) -> str:
    """The cookie of a browser in which this officer is signed in."""
    return sessions.begin(session, of, is_pending=False, now=clock.now())


@cache
def _hash_of(password: str) -> str:
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(password)
