"""The language of a page and the way times are written: French unless the officer chose otherwise."""

from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_babel import Babel

from admin import cookies
from gateway.trust.accounts import LANGUAGES

NAMES = {"fr": "Français", "en": "English"}


def prepare(app: Flask, timezone: ZoneInfo) -> None:
    """Connects the translations."""
    app.config.update(BABEL_DEFAULT_LOCALE=LANGUAGES[0], BABEL_DEFAULT_TIMEZONE=str(timezone))
    Babel(app, locale_selector=language)


def language() -> str:
    """The language of this page."""
    browser = g.get("browser")
    wanted = browser.officer.language if browser else cookies.chosen_language()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
