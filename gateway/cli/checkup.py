"""What `lakana doctor` looks at: one function a subject, each saying what it found and how to mend it."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from redis import Redis, RedisError
from sqlalchemy import func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from gateway import clock, compiled
from gateway import codebook as deployment
from gateway.casework import codebook
from gateway.cli.opening import ADVICE
from gateway.errors import LakanaError, SettingWrong
from gateway.records import db, schema
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.officer import Officer
from gateway.settings import Settings
from gateway.vault.keyring import load_inbox_keys, load_keyring

ENOUGH_FREE = 0.10
LEAST_FREE_BYTES = 200 * 1024 * 1024
CLOCKS_APART = timedelta(seconds=30)
_ACCOUNT = re.compile(r"AC[0-9a-f]{32}")
_TOKEN = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,6}")


class State(StrEnum):
    """How it stands."""

    GOOD = "good"
    NOTICE = "notice"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `mend` says what to do when it is not good."""

    subject: str
    state: State
    found: str
    mend: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, in an order in which they can be mended."""
    for check in CHECKS:
        yield check(settings)


def _codebook(settings: Settings) -> Finding:
    try:
        book = codebook.ready(settings.codebook)
    except LakanaError as error:
        return Finding("codebook", State.BAD, "cannot be used", str(error))
    found = f"{settings.codebook or 'the built-in one'}: {len(book.forms)} forms, {len(book.places)} places"
    if not compiled.is_compiled():
        found += "; the parser is not compiled and reads a third as fast (`make install` where there is a C compiler)"
    return Finding("codebook", State.GOOD, found)


def _keys(settings: Settings) -> Finding:
    try:
        ring = load_keyring(settings.keys)
        if not ring.opens(load_inbox_keys(settings.keys)):
            mend = f"the file beside {settings.keys} is of other keys: put back both from one copy"
            return Finding("keys", State.BAD, "the intake seals for keys that are not here", mend)
    except LakanaError as error:
        return Finding("keys", State.BAD, error.code, str(error))
    return Finding("keys", State.GOOD, "whole and private")


def _database(settings: Settings) -> Finding:
    file = make_url(settings.database_url).database
    if settings.database_url.startswith("sqlite") and not (file and Path(file).exists()):
        return Finding("database", State.BAD, "not made yet", ADVICE[schema.SchemaState.EMPTY])  # nor made by looking
    try:
        engine = db.connect(settings.database_url)
        state = schema.state(engine)
        if state in ADVICE:
            return Finding("database", State.BAD, f"schema {state.value}", ADVICE[state])
        if found := schema.differences(engine):
            mend = "somebody changed the schema by hand; restore a backup or undo it: " + "; ".join(found)
            return Finding("database", State.BAD, "differs from the records", mend)
    except SQLAlchemyError as error:
        mend = "start the database server, or set DATABASE_URL to where it is"
        return Finding("database", State.BAD, f"does not answer ({type(error).__name__})", mend)
    return Finding("database", State.GOOD, f"{engine.dialect.name}, schema {schema.newest()}")


def _administrator(_settings: Settings) -> Finding:
    try:
        with db.reading() as session:
            active = session.scalars(select(Officer).where(Officer.is_active.is_(True))).all()
    except (SQLAlchemyError, LakanaError):
        return Finding("administrator", State.NOTICE, "not known without the database")
    if not any(officer.has_role(Role.ADMINISTRATOR) for officer in active):
        mend = "lakana officer add NAME --role administrator"
        return Finding("administrator", State.BAD, "nobody can administer the panel", mend)
    return Finding("administrator", State.GOOD, f"{len(active)} active officers")


def _redis(settings: Settings) -> Finding:
    if settings.redis_url is None:
        return Finding("queue", State.GOOD, "in this process; no Redis is used")
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2) as bell:
            bell.ping()
    except (RedisError, ValueError) as error:
        mend = "start Redis or mend REDIS_URL; messages wait in the database meanwhile, none is lost"
        return Finding("queue", State.BAD, f"Redis does not answer ({type(error).__name__})", mend)
    return Finding("queue", State.GOOD, "Redis answers")


def _clock(settings: Settings) -> Finding:
    mend = "set the clock of this machine (timedatectl set-ntp true); sign-in codes depend on it"
    now = clock.now()
    try:
        with db.reading() as session:
            newest = session.scalar(select(func.max(AuditEntry.at)))
            if db.engine().dialect.name == "postgresql":
                newest = session.scalar(text("SELECT clock_timestamp()"))
                apart = abs(now - newest) if newest else timedelta(0)
                if apart > CLOCKS_APART:
                    return Finding("clock", State.BAD, f"{apart.seconds} s apart from the database's", mend)
    except (SQLAlchemyError, LakanaError):
        newest = None
    if newest is not None and newest - now > CLOCKS_APART:
        return Finding("clock", State.BAD, "earlier than what was recorded already", mend)
    return Finding("clock", State.GOOD, f"{now:%Y-%m-%d %H:%M} UTC, shown as {settings.timezone.key}")


def _disk(settings: Settings) -> Finding:
    place = next(folder for folder in (settings.home, *settings.home.parents) if folder.exists())
    usage = shutil.disk_usage(place)
    found = f"{usage.free // 2**20} MB free at {place}"
    if usage.free < max(LEAST_FREE_BYTES, ENOUGH_FREE * usage.total * 0.5):
        return Finding("disk", State.BAD, found, "free some space: a full disk stores no message")
    if usage.free < ENOUGH_FREE * usage.total:
        return Finding("disk", State.NOTICE, found, "free some space soon")
    return Finding("disk", State.GOOD, found)


def _provider(settings: Settings) -> Finding:
    if not settings.twilio_account_sid and not settings.twilio_auth_tokens:
        if settings.mode != "production":
            return Finding("provider", State.GOOD, "none; the simulator stands in for it")
        return Finding("provider", State.NOTICE, "none", "set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM")
    wrong = [] if _ACCOUNT.fullmatch(settings.twilio_account_sid) else ["TWILIO_ACCOUNT_SID"]
    if not settings.twilio_auth_tokens or not all(map(_TOKEN.fullmatch, settings.twilio_auth_tokens)):
        wrong.append("TWILIO_AUTH_TOKEN")
    if not settings.twilio_from or not all(map(_NUMBER.fullmatch, settings.twilio_from)):
        wrong.append("TWILIO_FROM")
    if wrong:
        mend = "copy them again from the provider's console: AC and 32 digits, 32 digits, +223…"
        return Finding("provider", State.BAD, f"{', '.join(wrong)} cannot be right", mend)
    return Finding("provider", State.GOOD, f"Twilio, {len(settings.twilio_from)} number(s)")


def _addresses(settings: Settings) -> Finding:
    if settings.mode == "production" and not settings.public_url.startswith("https:"):
        mend = "set PUBLIC_URL to the https address the provider calls; its signatures are checked against it"
        return Finding("addresses", State.NOTICE, settings.public_url, mend)
    return Finding("addresses", State.GOOD, f"{settings.public_url}, {settings.panel_url}")


def _places(settings: Settings) -> Finding:
    try:
        deployment.use(settings.codebook)
    except SettingWrong as wrong:
        mend = "put back a copy of the list, or mend the line; without the folder the built-in list is used"
        return Finding("places", State.BAD, wrong.reason, mend)
    whose = f"of your own list in {settings.codebook}" if settings.codebook else "built in"
    return Finding("places", State.GOOD, f"{len(deployment.places())}, {whose}")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    _codebook,
    _keys,
    _database,
    _administrator,
    _redis,
    _clock,
    _disk,
    _provider,
    _addresses,
    _places,
)
