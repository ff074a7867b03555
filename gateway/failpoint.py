"""Places where a test may kill this process as a power cut would; asleep unless one is armed, refused in production."""

import os
import random
import signal

from gateway.errors import SettingWrong

POINTS = (
    "before_begin",
    "in_txn",
    "before_commit",
    "after_commit",
    "after_enqueue",
    "after_claim",
    "mid_case",
    "case_before_commit",
    "case_after_commit",
    "outbox_after_api_before_mark",
)
_armed: tuple[str, float] | None = None


def arm(text: str, *, mode: str) -> None:
    """Takes `name:probability` from LAKANA_FAILPOINT; an empty text disarms."""
    global _armed
    _armed = None
    if not text:
        return
    name, _, chance = text.partition(":")
    if mode == "production":
        raise SettingWrong("LAKANA_FAILPOINT", "kills the process on purpose; never in production")
    if name not in POINTS or not chance.replace(".", "", 1).isdecimal():
        raise SettingWrong("LAKANA_FAILPOINT", "is written name:probability, as in after_claim:0.03")
    _armed = name, float(chance)


def hit(name: str) -> None:
    """Dies here, now and without a word, if this point is armed and the dice say so."""
    if _armed is not None and _armed[0] == name and random.random() < _armed[1]:  # noqa: S311  dice, no secret
        os.kill(os.getpid(), signal.SIGKILL)
