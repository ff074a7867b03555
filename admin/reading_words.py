"""What a newer reading changes, in words: field by field, what it was and what it is read as now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from admin import card_words, own_forms
from admin.desk_values import field_words
from gateway import codebook
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

_LATER = ("answer", "command")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is read differently."""

    name: str
    asked: str
    was: str
    now: str


def reading_changes(reading: Reading, form: str | None = None) -> list[Change]:
    """Each field that is read differently; `form` is the card that a later message belongs to."""
    before = _told(reading.kind_before, reading.before, form)
    after = _told(reading.kind, reading.after, form)
    changes = []
    if reading.kind != reading.kind_before:
        changes.append(Change("kind", field_words("kind"), read_kind(reading.kind_before), read_kind(reading.kind)))
    for name in dict.fromkeys([*before, *after]):
        asked, was = before.get(name, ("", ""))
        asked, is_now = after.get(name, (asked, ""))
        if was != is_now:
            changes.append(Change(name, asked, was or "–", is_now or "–"))
    return changes


def read_kind(kind: str | None) -> str:
    """What the machine took a message for."""
    if codebook.own_form(kind) is not None:
        return own_forms.title(str(kind))
    return str(_KINDS.get(kind or "", kind or "–"))


def new_doubts(reading: Reading) -> list[Mapping[str, Any]]:
    """What the machine doubts by now and did not before."""
    had = [(each["code"], each.get("field")) for each in (reading.before or {}).get("problems") or ()]
    now = (reading.after or {}).get("problems") or ()
    return [each for each in now if (each["code"], each.get("field")) not in had]


def _told(kind: str | None, parsed: Mapping[str, Any] | None, form: str | None) -> dict[str, tuple[str, str]]:
    fields = (parsed or {}).get("fields") or {}
    card = form if form and kind in _LATER else kind
    return {name: (asked, words) for name, asked, words in card_words.told(card, fields)}


GLOBALS = {"reading_changes": reading_changes, "new_doubts": new_doubts}
