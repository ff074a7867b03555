"""Signing in to a demonstration: its password and seeds are drawn anew each time and exist in its folder alone."""

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyotp

from gateway.cli.demo import folder as folders
from gateway.cli.demo.desk import Desk
from gateway.errors import NotFound
from gateway.records import db
from gateway.records.officer import Officer
from gateway.trust import accounts, totp
from gateway.vault import current
from gateway.vault.keyring import load_keyring


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to sign in as."""

    name: str
    roles: tuple[str, ...]
    regions: tuple[str, ...]
    secret: str


def code_of(folder: Path, name: str, *, now: datetime) -> str:
    """The code that this officer's telephone would show; opens nothing but the folder of a demonstration."""
    if not folders.is_demo(folder):
        raise folders.NotForDemo(f"{folder}: there is no demonstration here")
    settings = folders.settings({}, folder)
    current.unlock(load_keyring(settings.keys))
    db.connect(settings.database_url)
    try:
        with db.reading() as session:
            officer = accounts.by_name(session, name)
            if officer is None or not officer.totp_seed or not officer.is_totp_confirmed:
                raise NotFound(f"{name}: nobody in this demonstration signs in with that name")
            return _code(officer, officer.totp_seed, now)
    finally:
        current.lock()
        db.disconnect()


def _code(officer: Officer, seed: str, now: datetime) -> str:
    # A code is taken once only: whoever has just used this one gets the next, which is taken half a minute early.
    step = int(now.timestamp()) // totp.STEP_SECONDS
    return pyotp.TOTP(seed).generate_otp(max(step, officer.last_totp_step + 1))


def people(desk: Desk) -> list[Person]:
    """Everybody, while the vault is open."""
    return [
        Person(each.name, tuple(each.roles), tuple(each.regions), each.totp_seed or "")
        for each in desk.officers.values()
    ]


def table(everybody: list[Person], password: str, folder: Path) -> str:
    """Who can sign in, for the person at the terminal."""
    lines = ["Everybody signs in with the same password:", "", f"    {password}", ""]
    lines += [
        f"  {each.name:<11} {', '.join(each.roles):<15} {' '.join(each.regions):<26} {each.secret}"
        for each in everybody
    ]
    named = "" if folder == folders.DEFAULT else f" --folder {folder}"
    lines += ["", "Then a code is asked. Put the secret of the last column into a phone app, or run in another window:"]
    return "\n".join([*lines, f"    {sys.argv[0]} demo{named} --code NAME", ""])
