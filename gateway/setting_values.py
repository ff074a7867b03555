"""What a setting may say: each kind of value, or SettingWrong naming the setting and the reason."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gateway.errors import SettingWrong

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+[A-Za-z0-9]", re.ASCII)
PHONE = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)


def database_url(text: str, home: Path) -> str:
    """The address of the database, with the driver named; a file in `home` when nothing is said."""
    if not text:
        return f"sqlite:///{home / 'lakana.sqlite'}"
    # Providers of PostgreSQL write either form; SQLAlchemy wants the driver named.
    for prefix in ("postgres://", "postgresql://"):
        if text.startswith(prefix):
            return "postgresql+psycopg://" + text[len(prefix) :]
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingWrong("DATABASE_URL", "must begin with sqlite:/// or postgresql://")
    return text


def url(given: Mapping[str, str], name: str, *schemes: str) -> str:
    """An address with one of these schemes, without a slash at its end; empty when nothing is said."""
    text = given[name].rstrip("/")
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_usable = parts.scheme in schemes and bool(parts.netloc or parts.path) and (parts.port or 1) > 0
    except ValueError:
        is_usable = False
    if not is_usable:
        raise SettingWrong(name, f"must be an address beginning with {' or '.join(s + '://' for s in schemes)}")
    return text


def panel_url(given: Mapping[str, str]) -> str:
    """Where officers find the panel: with https, unless it is this machine."""
    address = url(given, "LAKANA_PANEL_URL", "http", "https")
    if not address:
        return f"http://127.0.0.1:{given['LAKANA_PANEL_PORT']}"
    parts = urlsplit(address)
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise SettingWrong("LAKANA_PANEL_URL", "must begin with https:// unless it is this machine itself")
    return address


def secret_key(text: str) -> str:
    """A key that nobody guesses, or none."""
    if text and (len(text) < 32 or len(set(text)) < 8):
        raise SettingWrong("LAKANA_SECRET_KEY", "too easy to guess; at least 32 characters, best drawn at random")
    return text


def one_of(given: Mapping[str, str], name: str, *allowed: str) -> str:
    """One of the allowed words."""
    if given[name] not in allowed:
        raise SettingWrong(name, f"must be one of {', '.join(allowed)}")
    return given[name]


def whole(given: Mapping[str, str], name: str, *, lowest: int, highest: int) -> int:
    """A whole number within bounds."""
    text = given[name]
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise SettingWrong(name, f"must be a whole number from {lowest} to {highest}")
    return int(text)


def quiet_hours(text: str) -> tuple[time, time] | None:
    """From when to when; None for `off`."""
    if text == "off":
        return None
    try:
        start, end = (datetime.strptime(part.strip(), "%H:%M").time() for part in text.split("-"))  # noqa: DTZ007  an hour has no zone
    except ValueError:
        raise SettingWrong("LAKANA_QUIET_HOURS", "is written 21:00-06:00, or off") from None
    if start == end:
        raise SettingWrong("LAKANA_QUIET_HOURS", "begins and ends at the same time; off says that there are none")
    return start, end


def listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(one.strip() for one in given[name].split(",") if one.strip())


def several(given: Mapping[str, str], name: str, form: re.Pattern[str], told: str) -> tuple[str, ...]:
    """The same, each of this form."""
    each = listed(given, name)
    if not all(form.fullmatch(one) for one in each):
        raise SettingWrong(name, f"each must be {told}; separate them by commas")
    return each


def address(given: Mapping[str, str], name: str) -> str:
    """One e-mail address, or none."""
    if given[name] and not EMAIL.fullmatch(given[name]):
        raise SettingWrong(name, "must be an e-mail address, like lakana@example.org")
    return given[name]


def timezone(text: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingWrong("LAKANA_TIMEZONE", "no such time zone; write it like Africa/Bamako") from None


def country(text: str) -> str:
    """A country by its two letters."""
    if not (len(text) == 2 and text.isascii() and text.isupper()):
        raise SettingWrong("LAKANA_COUNTRY", "must be two capital letters, like ML")
    return text
