"""A case: one opened and parsed message with all that its outcome depends on."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from gateway.casework.known import Author, Known
from gateway.casework.office import Office
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from gateway.texts.catalogue import catalogues
from parsers.result import Parsed


@dataclass(frozen=True, kw_only=True)
class Case:
    """`reporter` is behind the number, None for a sender that is no telephone; `part` is which report it is.

    The body is that of the whole message; the words of this report alone are in the parse. `reference` is for this
    report, should it need one, and `further` are for the others of the message; `said` are the kinds and times of the
    last hour's replies.
    """

    message: Message
    reporter: Reporter | None
    parsed: Parsed
    body: str
    known: Known
    reference: str
    said: tuple[tuple[str, datetime], ...]
    office: Office
    now: datetime
    part: int = 1
    further: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language it was written in, as far as that can be told."""
        return self.parsed.language or self.known.language or "fr"

    @property
    def reply_language(self) -> str:
        """The language the sender chose, else the one it was written in, if we have answers in it."""
        chosen = self.reporter.language if self.reporter else None
        spoken = catalogues(self.office.codebook_folder)
        return next((each for each in (chosen, self.parsed.language) if each and each in spoken), "fr")

    @property
    def author(self) -> Author:
        """Who wrote this report: the reporter behind the number, unless a personal code says something else."""
        behind = Author(reporter_id=self.reporter.id if self.reporter else None, area=self.known.area)
        return self.known.author_of(self.part) or behind

    @property
    def area(self) -> str | None:
        """The place that whoever wrote this was known to write from."""
        return self.author.area

    @cached_property
    def shown(self) -> dict[str, Any]:
        """The parse object of the contract, as it is kept."""
        return self.parsed.as_dict()

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the parse object, in plain values."""
        return dict(self.shown["fields"])
