"""Personal codes: who writes, whosever the phone is. Given once and shown once; stored as a keyed fingerprint alone.

The reply to a text is the same whatever its code is worth, so that nobody learns from us which codes there are.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gateway.casework.known import Author, Known
from gateway.errors import LakanaError, Refused
from gateway.records.officer import Officer
from gateway.records.personal_code import PersonalCode
from gateway.records.reporter import Reporter
from gateway.trust import audit
from gateway.trust.keyed import fingerprint
from parsers.result import Parsed, Problem, State

SIGN = "@"
_DRAWN = 5
_DRAWS = 20
# Damm's quasigroup: the check digit notices any one wrong digit and any two swapped neighbours.
_NEXT = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


class CodeUse(StrEnum):
    """What a personal code in front of a text was worth."""

    OWN = "own"
    OTHER_PHONE = "other_phone"
    UNKNOWN = "unknown"


class NoCode(LakanaError):
    """Every code that was drawn was given before."""

    code = "no_code"


def give(session: Session, reporter: Reporter, *, officer: Officer | None, now: datetime) -> str:
    """A new code for a registered reporter, shown now and never again; the one before it ends."""
    if not reporter.is_registered:
        raise Refused(f"{reporter.pseudonym} is not registered: only people the office knows get a code")
    _end(session, reporter, now)
    for _ in range(_DRAWS):
        drawn = f"{secrets.randbelow(10**_DRAWN):0{_DRAWN}}"
        code = drawn + str(_check(drawn))
        if hand(session, reporter, SIGN + code, now=now):
            audit.record(session, audit.Action.CODE_GIVEN, officer=officer, now=now, subject=reporter)
            return SIGN + code
    raise NoCode("no free code was drawn")


def hand(session: Session, reporter: Reporter, code: str, *, now: datetime) -> bool:
    """Makes this code the reporter's; False when it was given before, to whomever."""
    index = _index(code.removeprefix(SIGN))
    try:
        with session.begin_nested():
            session.add(PersonalCode(reporter_id=reporter.id, code_index=index, given_at=now))
    except IntegrityError:
        return False
    return True


def end(session: Session, reporter: Reporter, *, officer: Officer | None, now: datetime) -> bool:
    """The reporter's code is worth nothing from now on; False when there was none."""
    ended = _end(session, reporter, now)
    if ended:
        audit.record(session, audit.Action.CODE_ENDED, officer=officer, now=now, subject=reporter)
    return ended


def holders(session: Session) -> frozenset[str]:
    """The ids of the reporters who have a code."""
    return frozenset(session.scalars(select(PersonalCode.reporter_id).where(PersonalCode.ended_at.is_(None))))


def authors(
    session: Session, reports: Sequence[Parsed], *, known: Known, reporter: Reporter | None
) -> tuple[Author, ...]:
    """Who wrote the reports of a message that have a code in front."""
    return tuple(
        _author(session, report.sender_code, part, known=known, reporter=reporter)
        for part, report in enumerate(reports, 1)
        if report.sender_code is not None
    )


def flagged(parsed: Parsed, author: Author | None) -> Parsed:
    """What the code was worth, among what is doubtful of a report."""
    if author is None:
        return parsed
    if author.code == CodeUse.UNKNOWN:
        problem = Problem("unknown_code")
        state: State = "unreadable" if parsed.state == "unreadable" else "check"
        return parsed._replace(state=state, problems=(*parsed.problems, problem))
    if author.code == CodeUse.OTHER_PHONE:
        return parsed._replace(problems=(*parsed.problems, Problem("other_phone", severity="note")))
    return parsed


def _author(session: Session, typed: str, part: int, *, known: Known, reporter: Reporter | None) -> Author:
    code = typed.removeprefix(SIGN)
    holder = session.scalar(
        select(Reporter)
        .join(PersonalCode, PersonalCode.reporter_id == Reporter.id)
        .where(PersonalCode.code_index == _index(code), PersonalCode.ended_at.is_(None), Reporter.is_registered)
    )
    if holder is None:
        # Nobody is guessed, and least of all whoever owns the phone: somebody else says they write on it.
        return Author(reporter_id=None, area=known.area, part=part, code=CodeUse.UNKNOWN.value)
    use = CodeUse.OWN if reporter is not None and holder.id == reporter.id else CodeUse.OTHER_PHONE
    return Author(reporter_id=holder.id, area=holder.area, part=part, code=use.value)


def _end(session: Session, reporter: Reporter, now: datetime) -> bool:
    standing = (PersonalCode.reporter_id == reporter.id) & PersonalCode.ended_at.is_(None)
    ended = update(PersonalCode).where(standing).values(ended_at=now).returning(PersonalCode.id)
    return bool(session.scalars(ended).all())


def _index(code: str) -> bytes:
    return fingerprint("personal code", code)


def _check(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_NEXT[interim][int(digit)])
    return interim
