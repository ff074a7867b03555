"""The plan of the demonstration: who writes what and when over eighteen months, and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from gateway.cli.demo import writing
from gateway.cli.demo.people import Phones, Sender
from gateway.cli.demo.writing import Facts

DAYS = 548
_RECENT_DAYS, _LATEST_DAYS = 35, 3
# Out of a hundred messages; the echo of a report is a story of its own.
KINDS = {
    "incident": 50,
    "several": 2,
    "project": 14,
    "alert": 9,
    "unknown": 7,
    "release": 5,
    "complaint": 5,
    "training": 3,
    "command": 3,
    "network": 2,
}


class Course(StrEnum):
    """What the desk makes of a message, at the end."""

    LEFT = "left"
    TRIAGED = "triaged"
    HANDLED = "handled"
    NOT_MRM = "not_mrm"
    REFERRED_OUT = "referred_out"
    DUPLICATE = "duplicate"
    ATTACHED = "attached"
    OPENED = "opened"
    ASSESSED = "assessed"
    SENT_BACK = "sent_back"
    AGREED = "agreed"
    VERIFIED = "verified"
    VERIFIED_LATE = "verified_late"
    REOPENED = "reopened"
    NOT_VERIFIED = "not_verified"
    DID_NOT_OCCUR = "did_not_occur"
    FINAL_NOT_MRM = "final_not_mrm"


_C = Course
INCIDENT_COURSES = (_C.OPENED, _C.ASSESSED, _C.SENT_BACK, _C.AGREED, _C.VERIFIED, _C.VERIFIED_LATE, _C.REOPENED)
ENDED_COURSES = (_C.NOT_VERIFIED, _C.DID_NOT_OCCUR, _C.FINAL_NOT_MRM)
# By age in days: how often each course is taken by a report of an incident.
_OLD = {
    _C.VERIFIED: 30, _C.VERIFIED_LATE: 13, _C.NOT_VERIFIED: 10, _C.DID_NOT_OCCUR: 5, _C.FINAL_NOT_MRM: 4,
    _C.REOPENED: 6, _C.AGREED: 5, _C.ASSESSED: 5, _C.OPENED: 5, _C.NOT_MRM: 8, _C.REFERRED_OUT: 6, _C.TRIAGED: 3,
}  # fmt: skip
_MIDDLE = {
    _C.VERIFIED: 18, _C.AGREED: 14, _C.ASSESSED: 14, _C.SENT_BACK: 6, _C.OPENED: 18, _C.NOT_VERIFIED: 4,
    _C.NOT_MRM: 8, _C.REFERRED_OUT: 6, _C.TRIAGED: 8, _C.LEFT: 4,
}  # fmt: skip
_FRESH = {_C.LEFT: 58, _C.TRIAGED: 18, _C.OPENED: 16, _C.ASSESSED: 4, _C.REFERRED_OUT: 2, _C.NOT_MRM: 2}


@dataclass(frozen=True, slots=True)
class Story:
    """One message to come, and what becomes of it."""

    at: datetime
    sender: Sender
    kind: str
    text: str
    facts: Facts
    course: Course
    follow_up: str | None = None
    """A later text by the same phone: complete, correct, cancel, repeat, or again (the same text at once)."""
    echo_of: int | None = None
    """The place in the plan of the report that this one tells once more."""


def plan(rng: Random, phones: Phones, *, size: int, now: datetime) -> list[Story]:
    """So many stories, the oldest first; the last days before `now` are the busiest."""
    moments = sorted(_moment(rng, now) for _ in range(size))
    kinds = _kinds(rng, size)
    told = [_story(rng, phones, kinds[at], moment, now) for at, moment in enumerate(moments)]
    return _with_echoes(rng, phones, told, now)


def _kinds(rng: Random, size: int) -> list[str]:
    """Every kind in its share, so that even a small plan holds each of them."""
    kinds = list(KINDS)
    for kind, share in KINDS.items():
        kinds += [kind] * (size * share // 100)
    kinds += ["incident"] * (size - len(kinds))
    kinds = kinds[:size]
    rng.shuffle(kinds)
    return kinds


def _moment(rng: Random, now: datetime) -> datetime:
    when = rng.random()
    if when < 0.1:
        days = rng.uniform(0, _LATEST_DAYS)
    elif when < 0.32:
        days = rng.uniform(0, _RECENT_DAYS)
    else:
        days = rng.uniform(0, 1) ** 1.3 * DAYS
    moment = now - timedelta(days=days)
    # People write by day, and mostly in the evening when the network is back.
    hour = rng.choice((6, 7, 8, 9, 11, 13, 16, 17, 18, 19, 19, 20, 21))
    daytime = moment.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)
    return daytime if daytime < now else daytime - timedelta(days=1)


def _story(rng: Random, phones: Phones, kind: str, moment: datetime, now: datetime) -> Story:
    sender = _sender(rng, phones, kind)
    seen = writing.facts(rng, sender.region, moment.date() - timedelta(days=_delay(rng)))
    if kind == "release":
        seen = replace(seen, violation="recruitment")
    is_loose = rng.random() < (0.22 if sender.is_registered else 0.45)
    text = writing.write(rng, kind, seen, on=moment.date(), language=sender.language, is_loose=is_loose)
    if kind not in ("network", "command"):
        text = writing.as_typed(rng, text, sender.language)
    return Story(
        at=moment,
        sender=sender,
        kind=kind,
        text=text,
        facts=seen,
        course=_course(rng, kind, (now - moment).days),
        follow_up=_follow_up(rng, kind, is_loose=is_loose),
    )


def _sender(rng: Random, phones: Phones, kind: str) -> Sender:
    if kind == "project":
        return rng.choice(phones.beneficiaries)
    if kind == "training":
        return rng.choice(phones.trainees)
    if kind in ("unknown", "complaint", "network") or rng.random() < 0.12:
        return rng.choice(phones.strangers)
    return rng.choice(phones.relays)


def _delay(rng: Random) -> int:
    """How many days after the event somebody writes."""
    return rng.choices((0, 1, 2, 3, 4, 6, 9, 14), (12, 26, 20, 14, 10, 8, 6, 4))[0]


def _course(rng: Random, kind: str, age: int) -> Course:
    if kind == "incident":
        courses = _OLD if age > 120 else _MIDDLE if age > 12 else _FRESH
        return rng.choices(list(courses), list(courses.values()))[0]
    if kind in ("alert", "release", "complaint", "several"):
        return Course.HANDLED if age > 3 and rng.random() < 0.9 else Course.LEFT
    if kind == "unknown":
        return rng.choice((Course.HANDLED, Course.NOT_MRM, Course.REFERRED_OUT, Course.TRIAGED, Course.LEFT))
    return Course.LEFT


def _follow_up(rng: Random, kind: str, *, is_loose: bool) -> str | None:
    if kind != "incident":
        return "again" if kind == "project" and rng.random() < 0.06 else None
    if is_loose and rng.random() < 0.5:
        return "complete"
    drawn = rng.random()
    return "correct" if drawn < 0.07 else "cancel" if drawn < 0.10 else "again" if drawn < 0.16 else None


def _with_echoes(rng: Random, phones: Phones, told: list[Story], now: datetime) -> list[Story]:
    """Some reports are told once more by somebody else; the desk joins the two, or names one a duplicate."""
    echoes = []
    for at, story in enumerate(told):
        if story.kind != "incident" or story.course in (Course.LEFT, Course.NOT_MRM, Course.REFERRED_OUT):
            continue
        later = story.at + timedelta(hours=rng.randint(3, 40))
        if rng.random() < 0.16 and later < now - timedelta(days=2):
            echoes.append(_echo(rng, phones, story, at, later))
    return told + echoes


def _echo(rng: Random, phones: Phones, story: Story, at: int, later: datetime) -> Story:
    sender = replace(rng.choice(phones.relays), language="fr")
    text = writing.write(rng, "incident", story.facts, on=later.date())
    joins = story.course in INCIDENT_COURSES + ENDED_COURSES and rng.random() < 0.5
    return Story(
        at=later,
        sender=sender,
        kind="incident",
        text=writing.as_typed(rng, text),
        facts=story.facts,
        course=Course.ATTACHED if joins else Course.DUPLICATE,
        echo_of=at,
    )
