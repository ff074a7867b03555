"""Turns the text of a message into meaning; pure: no clock, no database, no network."""

from datetime import date

from parsers.result import Parsed, ReporterContext

__all__ = ["parse"]


def parse(text: str, *, received_on: date, reporter: ReporterContext | None = None) -> Parsed:
    """Reads any text; never raises, never drops a character."""
    return Parsed(text=text, kind="unknown", language=None, state="unreadable")
