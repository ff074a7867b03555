"""Slows down guessing: a wait that grows with each failure, kept in the database, and never a lock.

A failure counts against the account, against the /24 (IPv6: /48) it came from, and against everybody. A browser from
which this account was signed in before has a count of its own, so that a flood of guesses cannot keep an officer out.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from gateway.records.sign_in_attempt import SignInAttempt
from gateway.trust.keyed import fingerprint

REMEMBERED_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Rule:
    """So many failures are free; then the wait doubles with each one more (or each `step` more), up to a limit."""

    free: int
    step: int
    longest: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """How long the next attempt waits after so many failures."""
        if failures < self.free:
            return timedelta(0)
        doublings = min((failures - self.free) // self.step, 20)
        return min(timedelta(seconds=2**doublings), self.longest)


RULES = {
    "account": Rule(free=5, step=1, longest=timedelta(minutes=15)),
    "device": Rule(free=5, step=1, longest=timedelta(minutes=15)),
    "address": Rule(free=20, step=4, longest=timedelta(minutes=15)),
    "everybody": Rule(free=300, step=100, longest=timedelta(seconds=4)),
}


@dataclass(frozen=True)
class Subject:
    """What a failure counts against: a kind with a rule, and a fingerprint."""

    kind: str
    mark: bytes


def subjects(*, account: str, address: str, device: str | None) -> tuple[Subject, ...]:
    """What an attempt on this account from there counts against; a known device counts for itself alone."""
    if device is not None:
        return (_subject("device", f"{account}|{device}"),)
    return (_subject("account", account), _subject("address", network_of(address)), _subject("everybody", ""))


def network_of(address: str) -> str:
    """The neighbourhood of an address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network(f"{parsed}/{24 if parsed.version == 4 else 48}", strict=False))


def admit(session: Session, counted: Sequence[Subject], *, now: datetime) -> bool:
    """Whether an attempt may be made now; if so it counts as failed until it is taken back.

    Counting first and taking back later leaves no gap in which many attempts at once pass as one.
    """
    if any(_is_waiting(session, subject, now) for subject in counted):
        return False
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - REMEMBERED_FOR))
    session.add_all(SignInAttempt(subject=subject.mark, at=now) for subject in counted)
    return True


def uncount(session: Session, counted: Sequence[Subject], *, now: datetime) -> None:
    """Takes back what `admit` counted at this moment: the attempt was no guess."""
    for subject in counted:
        this = (SignInAttempt.subject == subject.mark, SignInAttempt.at == now)
        one = select(SignInAttempt.id).where(*this).limit(1).scalar_subquery()
        session.execute(delete(SignInAttempt).where(SignInAttempt.id == one))


def forgive(session: Session, counted: Sequence[Subject]) -> None:
    """After a full sign-in the account's failures are forgotten; the neighbourhood's are not."""
    theirs = [subject.mark for subject in counted if subject.kind in ("account", "device")]
    session.execute(delete(SignInAttempt).where(SignInAttempt.subject.in_(theirs)))


def _is_waiting(session: Session, subject: Subject, now: datetime) -> bool:
    recent = (SignInAttempt.subject == subject.mark, SignInAttempt.at > now - REMEMBERED_FOR)
    last = session.scalar(select(func.max(SignInAttempt.at)).where(*recent))
    failures = session.scalar(select(func.count()).where(*recent)) or 0
    wait = RULES[subject.kind].wait_after(failures)
    return last is not None and wait > timedelta(0) and now < last + wait


def _subject(kind: str, of: str) -> Subject:
    return Subject(kind, fingerprint("throttle", f"{kind}|{of}"))
