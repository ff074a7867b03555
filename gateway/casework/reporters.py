"""Reporters: found again by a number that is stored nowhere in the clear, known by a pseudonym."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gateway.errors import LakanaError
from gateway.records.codes import ReplyMode
from gateway.records.reporter import Reporter
from gateway.vault.blind import blind_index
from gateway.vault.current import current
from parsers.references import ALPHABET

_LETTERS = 5
_DRAWS = 8
_COLUMNS = (
    Reporter.id,
    Reporter.pseudonym,
    Reporter.number_sealed,
    Reporter.number_index,
    Reporter.first_seen_at,
)
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class NoPseudonym(LakanaError):
    """Every pseudonym that was drawn is taken."""

    code = "no_pseudonym"


def find(session: Session, number: str) -> Reporter | None:
    """The reporter behind this number, if it ever wrote."""
    return find_many(session, [number]).get(number)


def find_many(session: Session, numbers: Sequence[str]) -> dict[str, Reporter]:
    """The reporters behind these numbers, those that ever wrote."""
    if not numbers:
        return {}
    return _behind(session, _indexes(numbers), _all(numbers))


def find_or_create(session: Session, number: str, *, now: datetime) -> Reporter:
    """The reporter behind this number, held until the transaction ends: what one phone sends is settled in turn."""
    return find_or_create_many(session, [number], now=now)[number]


def find_or_create_many(session: Session, numbers: Sequence[str], *, now: datetime) -> dict[str, Reporter]:
    """The reporters behind these numbers, held; two workers who meet a new number at once end with the same one."""
    if not numbers:
        return {}
    indexes = _indexes(numbers)
    # In the same order by everybody, so that no two wait for one another.
    held = _all(numbers).order_by(Reporter.number_index).with_for_update(key_share=True)
    found = _behind(session, indexes, held)
    for _ in range(_DRAWS):
        if len(found) == len(indexes):
            return found
        _create(session, {index: number for index, number in indexes.items() if number not in found}, now)
        found = _behind(session, indexes, held)
    raise NoPseudonym("no free pseudonym was drawn")


def _indexes(numbers: Sequence[str]) -> dict[bytes, str]:
    return {blind_index(current(), number): number for number in numbers}


def _all(numbers: Sequence[str]) -> Select[Reporter]:
    return select(Reporter).where(Reporter.number_index.in_(list(_indexes(numbers))))


def _behind(session: Session, indexes: Mapping[bytes, str], wanted: Select[Reporter]) -> dict[str, Reporter]:
    return {indexes[each.number_index]: each for each in session.scalars(wanted) if each.number_index is not None}


def _create(session: Session, numbers: Mapping[bytes, str], now: datetime) -> None:
    """Those that somebody else made in the meantime, and those whose pseudonym is taken, are left out."""
    made = []
    for index, number in sorted(numbers.items()):
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(_LETTERS))
        reporter = Reporter(pseudonym=f"Relais-{drawn}", number_index=index, first_seen_at=now)
        reporter.number = number
        values = {column.key: getattr(reporter, column.key) for column in _COLUMNS}
        made.append(values | {"is_registered": False, "is_training": False, "mode": ReplyMode.NEUTRAL})
    insert = _INSERTS[session.get_bind().dialect.name](Reporter).on_conflict_do_nothing()
    session.execute(insert.execution_options(synchronize_session=False), made)
