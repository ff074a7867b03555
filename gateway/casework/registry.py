"""The reporters that the office knows, as a list: pseudonyms and what is set for them, never a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import personal_codes
from gateway.errors import NotFound
from gateway.records.reporter import Reporter


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered reporter."""

    pseudonym: str
    area: str | None
    language: str | None
    is_training: bool
    has_code: bool


def listed(session: Session) -> Sequence[Entry]:
    """Everybody who is registered, by pseudonym."""
    holders = personal_codes.holders(session)
    known = session.scalars(select(Reporter).where(Reporter.is_registered).order_by(Reporter.pseudonym))
    return [Entry(each.pseudonym, each.area, each.language, each.is_training, each.id in holders) for each in known]


def by_pseudonym(session: Session, pseudonym: str) -> Reporter:
    """The reporter of this pseudonym, held until the transaction ends; NotFound if there is none."""
    named = select(Reporter).where(Reporter.pseudonym == pseudonym)
    found = session.scalar(named.with_for_update(key_share=True))
    if found is None:
        raise NotFound(f"there is no reporter {pseudonym!r}")
    return found
