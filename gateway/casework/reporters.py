"""Reporters: found again by a number that is stored nowhere in the clear, known by a pseudonym."""

import secrets
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gateway.errors import LakanaError
from gateway.records.reporter import Reporter
from gateway.vault.blind import blind_index
from gateway.vault.current import current
from parsers.references import ALPHABET

_LETTERS = 5
_DRAWS = 8


class NoPseudonym(LakanaError):
    """Every pseudonym that was drawn is taken."""

    code = "no_pseudonym"


def find(session: Session, number: str) -> Reporter | None:
    """The reporter behind this number, if it ever wrote."""
    return session.scalar(_behind(number))


def find_or_create(session: Session, number: str, *, now: datetime) -> Reporter:
    """The reporter behind this number, held until the transaction ends: what one phone sends is settled in turn.

    Two workers who meet a new number at once end with the same one.
    """
    for _ in range(_DRAWS):
        found = session.scalar(_behind(number).with_for_update(key_share=True)) or _create(session, number, now)
        if found is not None:
            return found
    raise NoPseudonym("no free pseudonym was drawn")


def _behind(number: str) -> Select[Reporter]:
    return select(Reporter).where(Reporter.number_index == blind_index(current(), number))


def _create(session: Session, number: str, now: datetime) -> Reporter | None:
    reporter = Reporter(
        pseudonym="Relais-" + "".join(secrets.choice(ALPHABET) for _ in range(_LETTERS)),
        number_index=blind_index(current(), number),
        first_seen_at=now,
    )
    reporter.number = number
    try:
        with session.begin_nested():
            session.add(reporter)
    except IntegrityError:  # somebody else was quicker, or the pseudonym is taken: look again
        return None
    return reporter
