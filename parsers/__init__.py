"""Turns the text of a message into meaning; pure: no clock, no database, no network."""

from datetime import date
from pathlib import Path

from parsers.codebook import reader
from parsers.result import Parsed, ReporterContext
from parsers.several import read_reports

__all__ = ["parse"]

NOBODY = ReporterContext()


def parse(
    text: str, *, received_on: date, reporter: ReporterContext | None = None, codebook: Path | None = None
) -> Parsed:
    """Reads any text; never raises, never drops a character. `codebook` is a deployment's own folder."""
    return read_reports(text, today=received_on, reporter=reporter or NOBODY, book=reader.load(codebook))
