"""What a deployment has decided, as far as reading and answering depend on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from gateway.casework.quiet import QuietHours
from gateway.channels.registry import rates
from gateway.codebook import ready
from gateway.settings import Settings
from parsers.codebook.book import Codebook
from parsers.codebook.edition import edition


@dataclass(frozen=True, kw_only=True)
class Office:
    """The codebook, the clock on the wall, and how strangers are answered."""

    codebook: Codebook
    codebook_folder: Path | None
    edition: str
    timezone: ZoneInfo
    answers_strangers: bool
    conduct_number: str
    quiet: QuietHours | None
    rates: Mapping[str, float]
    """Texts a second, for each channel that has a limit."""


def office(settings: Settings) -> Office:
    """Read from the settings once, at the start of a worker."""
    return Office(
        codebook=ready(settings.codebook),
        codebook_folder=settings.codebook,
        edition=edition(settings.codebook),
        timezone=settings.timezone,
        answers_strangers=settings.unknown_senders == "neutral",
        conduct_number=settings.conduct_number,
        quiet=QuietHours(*settings.quiet_hours) if settings.quiet_hours else None,
        rates=rates(settings),
    )
