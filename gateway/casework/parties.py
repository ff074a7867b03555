"""Parties to the conflict: the registry of the codebook, kept as records so that a violation can name them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway import codebook
from gateway.errors import Invalid
from gateway.records.party import Party
from parsers.codebook import sources

# The rest are armed groups; a force that a government commands or invited is not.
_CATEGORIES = {"fama": "armed_force", "international_force": "other", "wagner": "other", "unidentified": "unknown"}


def seed(session: Session) -> int:
    """Writes the parties of the codebook that are not there yet; how many were new."""
    known = set(session.scalars(select(Party.code)))
    rows = list(labels().values())
    new = [_party(row) for row in rows if row["code"] not in known]
    session.add_all(new)
    session.flush()
    return len(new)


def labels() -> Mapping[str, Mapping[str, Any]]:
    """The names of the parties by code and language, for pages."""
    return _rows(codebook.folder())


@cache
def _rows(folder: Path | None) -> Mapping[str, Mapping[str, Any]]:
    """Put together as for the parser: a party that texts can name is one that a violation can."""
    own, _ = sources.own(folder)
    return {row["code"]: row for row in sources.merged(sources.PARTIES, own)["party"]}


def valid_on(session: Session, day: date | None) -> list[Party]:
    """The parties that existed on this day, by code; all of them when no day is known."""
    parties = _all(session)
    if day is None:
        return parties
    return [
        party
        for party in parties
        if (party.valid_from is None or party.valid_from <= day) and (party.valid_to is None or day <= party.valid_to)
    ]


def named(session: Session, codes: Iterable[str]) -> list[Party]:
    """The parties with these codes; Invalid names the field when one does not exist."""
    wanted = set(codes)
    found = [party for party in _all(session) if party.code in wanted]
    if len(found) != len(wanted):
        raise Invalid("party", "choose")
    return found


def _all(session: Session) -> list[Party]:
    every = select(Party).order_by(Party.code)
    found = list(session.scalars(every))
    if found:
        return found
    seed(session)
    return list(session.scalars(every))


def _party(row: Mapping[str, Any]) -> Party:
    return Party(
        code=row["code"],
        name_fr=row["fr"],
        name_en=row["en"],
        category=row.get("category") or _CATEGORIES.get(row["code"], "armed_group"),
        parent=row.get("parent"),
        aliases=list(row.get("names", ())),
        valid_from=_first_day(row.get("from")),
        valid_to=_first_day(row.get("to")),
    )


def _first_day(month: str | None) -> date | None:
    """The registry says year and month, or a whole date."""
    return date.fromisoformat(month if len(month) > 7 else f"{month}-01") if month else None
