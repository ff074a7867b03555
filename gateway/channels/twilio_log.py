"""Twilio's own log: what it says was sent to us, called and recorded, and what became of our texts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from requests.exceptions import RequestException
from twilio.base import values
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException

from gateway.channels import senders, twilio_errors
from gateway.channels.contract import Inbound, LoggedRecording, LoggedText
from gateway.channels.twilio import CHANNEL, RECEIPT_STATES
from gateway.channels.twilio_client import client
from gateway.errors import ChannelError
from gateway.records.codes import MessageSource, SenderKind

VOICE_CHANNEL = "twilio_voice"
PAGE = 1000  # the most that Twilio gives at once
_NOT_FOUND = 404
_A_DAY = timedelta(days=1)  # Twilio's filters know days only


class TwilioLog:
    """Lists of the REST interface, page by page."""

    channel = CHANNEL
    voice_channel = VOICE_CHANNEL

    def __init__(self, *, sid: str, token: str, api_base: str | None, our_numbers: Sequence[str]) -> None:
        self._sid = sid
        self._client = client(sid, token, api_base)
        self._ours = tuple(our_numbers)

    def sent_to(self, number: str, *, since: datetime) -> list[LoggedText]:
        """Not asked by date: a text still in Twilio's queue has no date of sending yet."""
        with _answering():
            listed = self._client.messages.list(to=number, page_size=PAGE, limit=PAGE)
        return [
            LoggedText(
                provider_id=str(each.sid),
                our_number=each.from_ or "",
                text=each.body or "",
                created_at=created_at,
                state=RECEIPT_STATES.get(str(each.status)),
                reason=twilio_errors.reason(each.error_code),
            )
            for each in listed
            if str(each.direction).startswith("outbound") and (created_at := _moment(each.date_created)) >= since
        ]

    def messages(self, *, since: datetime) -> Iterator[Inbound]:
        """Inbound ones alone; a text whose words the log no longer has is asked for once more by its id."""
        for number in self._ours or (values.unset,):
            with _answering():
                for each in self._client.messages.stream(to=number, date_sent_after=since - _A_DAY, page_size=PAGE):
                    moment = _moment(each.date_sent or each.date_created)
                    if str(each.direction) == "inbound" and moment >= since:
                        yield self._inbound(each if each.body else each.fetch(), moment)

    def calls(self, *, since: datetime) -> Iterator[Inbound]:
        """Inbound ones alone."""
        for number in self._ours or (values.unset,):
            with _answering():
                for each in self._client.calls.stream(to=number, start_time_after=since - _A_DAY, page_size=PAGE):
                    if str(each.direction) == "inbound" and _moment(each.start_time or each.date_created) >= since:
                        yield self._called(each)

    def recordings(self, *, since: datetime) -> Iterator[LoggedRecording]:
        """Whatever was recorded in a call."""
        with _answering():
            for each in self._client.recordings.stream(date_created_after=since - _A_DAY, page_size=PAGE):
                if _moment(each.date_created) >= since:
                    yield LoggedRecording(provider_id=str(each.sid), call_id=str(each.call_sid))

    def call(self, provider_id: str) -> Inbound | None:
        """Asked by its id."""
        with _answering():
            try:
                found = self._client.calls(provider_id).fetch()
            except (TwilioRestException, TwilioServiceException) as error:
                if error.status == _NOT_FOUND:
                    return None
                raise
        return self._called(found) if str(found.direction) == "inbound" else None

    def has_message(self, provider_id: str) -> bool:
        """Asked by its id."""
        with _answering():
            try:
                self._client.messages(provider_id).fetch()
            except (TwilioRestException, TwilioServiceException) as error:
                if error.status == _NOT_FOUND:
                    return False
                raise
        return True

    def _inbound(self, logged: Any, sent_at: datetime) -> Inbound:
        is_lost = not logged.body
        flags = ["media"] if str(logged.num_media or "0") not in ("", "0") else []
        return self._arrived(
            logged,
            channel=CHANNEL,
            sender=logged.from_ or "",
            body=logged.body or "",
            flags=(*flags, "content_lost") if is_lost else tuple(flags),
            sent_at=sent_at,
            source=MessageSource.LOST if is_lost else MessageSource.RECONCILE,
        )

    def _called(self, logged: Any) -> Inbound:
        return self._arrived(
            logged,
            channel=VOICE_CHANNEL,
            sender=getattr(logged, "_from", None) or "",
            body="",
            flags=("call_lost",),
            sent_at=_moment(logged.start_time or logged.date_created),
            source=MessageSource.LOST,
        )

    def _arrived(self, logged: Any, *, sender: str, **others: Any) -> Inbound:
        """What their log says, in the shape of what their webhook hands over."""
        number = logged.to or ""
        return Inbound(
            account=logged.account_sid or self._sid,
            provider_id=str(logged.sid),
            our_number=number if senders.is_our_kind(number) else "",
            sender=sender,
            sender_kind=senders.sender_kind(sender, self._ours) or SenderKind.WITHHELD,
            **others,
        )


def _moment(at: datetime | None) -> datetime:
    """A date of theirs; without one, long ago."""
    return at.astimezone(UTC) if at else datetime.min.replace(tzinfo=UTC)


@contextmanager
def _answering() -> Iterator[None]:
    """Whatever keeps their log from answering is one error: nothing was learned, ask again later."""
    try:
        yield
    except (RequestException, TwilioException, TwilioServiceException, ValueError, KeyError, TypeError):
        raise ChannelError("log_unreachable", retryable=True) from None
