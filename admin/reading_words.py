"""What a newer reading changes, in words: field by field, what it was and what it is read as now."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from admin.desk_values import field_words, value_words
from gateway.casework.fields import PARTS
from gateway.records.reading import Reading

_ = lazy_gettext
_KINDS: Mapping[str, LazyString] = {
    "incident": _("Incident report"),
    "alert": _("Early warning"),
    "release": _("Release report"),
    "project": _("Answer about a project"),
    "complaint": _("Complaint"),
    "command": _("Word of command"),
    "answer": _("Later message"),
    "network": _("Text of the telephone company"),
    "unknown": _("Not understood"),
}


def reading_changes(reading: Reading) -> list[tuple[str, str, str]]:
    """Each field that is read differently: its name, what it was, what it is now."""
    before, after = ((each or {}).get("fields") or {} for each in (reading.before, reading.after))
    changes = []
    if reading.kind != reading.kind_before:
        changes.append((field_words("kind"), read_kind(reading.kind_before), read_kind(reading.kind)))
    for name in PARTS:
        was, is_now = value_words(name, before), value_words(name, after)
        if was != is_now:
            changes.append((field_words(name), was or "–", is_now or "–"))
    return changes


def read_kind(kind: str | None) -> str:
    """What the machine took a message for."""
    return str(_KINDS.get(kind or "", kind or "–"))


def new_doubts(reading: Reading) -> list[Mapping[str, Any]]:
    """What the machine doubts by now and did not before."""
    had = [(each["code"], each.get("field")) for each in (reading.before or {}).get("problems") or ()]
    now = (reading.after or {}).get("problems") or ()
    return [each for each in now if (each["code"], each.get("field")) not in had]


GLOBALS = {"reading_changes": reading_changes, "new_doubts": new_doubts}
