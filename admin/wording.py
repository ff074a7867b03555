"""How codes, times and texts are shown: the filters of the templates."""

import unicodedata
from datetime import UTC, date, datetime
from enum import StrEnum

from flask_babel import format_date, format_datetime, format_timedelta, gettext

from admin.words import WORDS
from gateway import clock
from gateway.records import codes
from gateway.records.officer import Officer
from gateway.trust.audit import Action
from parsers.codebook import gazetteer

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def label(code: StrEnum) -> str:
    """The words for a code, in the language of the page."""
    return str(WORDS[type(code)].get(code.value, code.value))


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Every code of a list with its words, for a form."""
    return [(code.value, label(code)) for code in kind]


def action_label(action: str) -> str:
    """The words for an action of the audit; one of another release is shown as it is."""
    return str(WORDS[Action].get(action, action))


def scope_words(officer: Officer) -> str:
    """Where an officer sees something, as access.py decides it."""
    if officer.regions:
        return region_names(officer.regions)
    sees_all = officer.has_role(codes.Role.FOCAL_POINT, codes.Role.TECHNICAL, codes.Role.FINAL)
    return gettext("the whole country") if sees_all else gettext("no region")


def role_labels(roles: list[str]) -> str:
    """The roles of an officer in words."""
    return ", ".join(label(codes.Role(role)) for role in roles) or gettext("no role")


def region_names(regions: list[str]) -> str:
    """The names of the regions an officer is given."""
    places = gazetteer.load()
    named = (places.get(code) for code in regions)
    return ", ".join(place.name for place in named if place) or gettext("no region")


def visible(text: str | None) -> str:
    """A text with its hidden characters made visible, so that what is shown is what was sent."""
    return "".join(_shown(character) for character in text or "")


def moment(at: datetime | None) -> str:
    """Day and time, in the zone of the settings."""
    return format_datetime(at, "d MMM y HH:mm") if at else "–"


def day(on: date | None) -> str:
    """A day."""
    return format_date(on, "d MMM y") if on else "–"


def ago(at: datetime | None) -> str:
    """How long ago, in words."""
    return format_timedelta(at.astimezone(UTC) - clock.now(), add_direction=True, granularity="minute") if at else "–"


def _shown(character: str) -> str:
    if character in "\n\t" or (character.isprintable() and character not in _BIDI):
        return character
    number = ord(character)
    if number < 0x20:
        return chr(0x2400 + number)
    if unicodedata.category(character) in ("Zs", "Zl", "Zp"):
        return " "
    # Joiners are part of ordinary words in N'Ko and Arabic; alone they would only be noise here.
    return "" if number == 0x200D else f"⟨U+{number:04X}⟩"


FILTERS = {
    "label": label,
    "action_label": action_label,
    "scope_words": scope_words,
    "role_labels": role_labels,
    "region_names": region_names,
    "visible": visible,
    "moment": moment,
    "day": day,
    "ago": ago,
}
