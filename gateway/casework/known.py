"""What was known when a message was read: the day, and of its sender what the parser may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from gateway.casework import asking
from gateway.casework.asking import Question
from gateway.casework.office import Office
from gateway.records.codes import MessageSource
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from parsers.result import ReporterContext

_SPOKEN: Mapping[str, Literal["fr", "en"]] = {"fr": "fr", "en": "en"}


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who wrote the report with this number; `code` is what the personal code in front of it was worth."""

    reporter_id: str | None
    area: str | None
    part: int = 1
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Known:
    """The same words, with the same knowledge, are read the same way later on."""

    received_on: date
    language: str | None = None
    area: str | None = None
    project: str | None = None
    asked_form: str | None = None
    asked_field: str | None = None
    asked_reference: str | None = None
    is_training: bool = False
    authors: tuple[Author, ...] = ()
    """Of the reports with a personal code in front, in their order."""

    @property
    def context(self) -> ReporterContext:
        """What the parser is told."""
        is_asked = self.asked_form is not None and self.asked_field is not None
        return ReporterContext(
            language=_SPOKEN.get(self.language or ""),
            area=self.area,
            project=self.project,
            asked=(self.asked_form or "", self.asked_field or "") if is_asked else None,
        )

    def author_of(self, part: int) -> Author | None:
        """Who the personal code says wrote this report: it holds for those behind it, up to the next one."""
        return next((each for each in reversed(self.authors) if each.part <= part), None)

    def as_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return vars(self) | {
            "received_on": self.received_on.isoformat(),
            "authors": [vars(each) for each in self.authors],
        }


def kept(written: Mapping[str, Any]) -> Known:
    """What was kept with a message."""
    authors = tuple(Author(**each) for each in written.get("authors", ()))
    return Known(**{**written, "received_on": date.fromisoformat(written["received_on"]), "authors": authors})


def _came_at(message: Message) -> datetime:
    """What was fetched later from the provider's log came when the provider says: "yesterday" was the day before."""
    is_fetched = message.source in (MessageSource.RECONCILE, MessageSource.LOST)
    return message.sent_at if is_fetched and message.sent_at else message.received_at


def of(session: Session, message: Message, reporter: Reporter | None, office: Office) -> Known:
    """What is known of this sender now, and the question that stood open when the message came."""
    return of_many(session, [(message, reporter)], office)[0]


def of_many(session: Session, about: Sequence[tuple[Message, Reporter | None]], office: Office) -> list[Known]:
    """The same for the senders of several messages."""
    asked = asking.last_questions(session, [(each, message.received_at) for message, each in about if each])
    return [_known(message, reporter, asked, office) for message, reporter in about]


def _known(message: Message, reporter: Reporter | None, questions: Mapping[str, Question], office: Office) -> Known:
    received_on = _came_at(message).astimezone(office.timezone).date()
    if reporter is None:
        return Known(received_on=received_on)
    asked = questions.get(reporter.id)
    return Known(
        received_on=received_on,
        language=reporter.language,
        area=reporter.area,
        project=reporter.project,
        asked_form=asked.form if asked else None,
        asked_field=asked.field if asked else None,
        asked_reference=asked.reference if asked and asked.field else None,
        is_training=reporter.is_training,
    )
