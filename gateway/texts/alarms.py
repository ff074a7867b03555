"""The words of alarms: fixed sentences with one name and one figure, for an e-mail and for one text message."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from gateway import codebook
from gateway.records.alarm import Alarm
from gateway.records.codes import AlarmKind
from gateway.texts import gsm

LANGUAGES = ("fr", "en")


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).parent / "duty" / "alarms.toml").read_text(encoding="utf-8"))


def sentence(alarm: Alarm, language: str) -> str:
    """What is, or was, the matter."""
    words = _words()[language]
    plain = words[alarm.kind.value].format(subject=_named(alarm), figure=alarm.figure)
    return words["over"].format(sentence=plain) if alarm.closed_at else plain


def short(alarms: Sequence[Alarm], language: str) -> str:
    """One text message for all of them, in letters that every network carries."""
    one = sentence(alarms[0], language)
    several = _words()[language]["many"].format(count=len(alarms))
    return gsm.fold(f"Lakana: {one if len(alarms) == 1 else several}")


def letter(alarms: Sequence[Alarm], language: str, panel_url: str) -> tuple[str, str]:
    """Subject and body of one e-mail for all of them."""
    lines = [sentence(alarm, language) for alarm in alarms]
    several = _words()[language]["many"].format(count=len(alarms))
    return f"[Lakana] {lines[0] if len(lines) == 1 else several}", "\n".join([*lines, "", f"{panel_url}/health", ""])


def _named(alarm: Alarm) -> str:
    place = codebook.places().get(alarm.subject) if alarm.kind is AlarmKind.SILENT_REGION else None
    return place.name if place else alarm.subject
