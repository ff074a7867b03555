"""What every channel hands over and takes: plain values, whatever the provider calls them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gateway.errors import LakanaError
from gateway.records.codes import MessageSource, SenderKind
from gateway.records.states import ReplyState


class NotSigned(LakanaError):
    """A request that the provider did not sign, or not for this address: nothing of it is kept."""

    code = "not_signed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which piece of a long text this is; `reference` is the phone's own number for it: small, and soon used again."""

    reference: str
    number: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One message as the provider handed it over; `quarantine` says why it must not be read by the machine.

    An empty `provider_id` means that the provider's own was unusable: the inbox then names the row by its content.
    """

    channel: str
    account: str
    provider_id: str
    our_number: str
    sender: str
    sender_kind: SenderKind
    body: str
    fields: tuple[tuple[str, str], ...] = ()
    segments: int = 1
    flags: tuple[str, ...] = ()
    quarantine: str | None = None
    sent_at: datetime | None = None
    """When it was sent, as far as the channel tells: by the clock of a phone or of a network."""
    source: MessageSource = MessageSource.PROVIDER
    part: Part | None = None
    is_unjoined: bool = False
    """This channel hands over the pieces of long texts one by one, and does not say that they are pieces."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the provider says became of a reply; `state` is None for a word that means nothing to us."""

    channel: str
    provider_id: str
    reply_id: str | None
    state: ReplyState | None
    reason: str | None = None
    """Why it failed, in a word."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One text to one phone; `reply_id` lets the provider's receipt find its way back."""

    reply_id: str
    our_number: str
    to: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The provider took it; a phone in the browser has it already."""

    provider_id: str
    is_delivered: bool = False


@dataclass(frozen=True, kw_only=True)
class LoggedText:
    """One text of ours to a phone, as the provider's own log has it; the log may have erased the words."""

    provider_id: str
    our_number: str
    text: str
    created_at: datetime
    state: ReplyState | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class LoggedRecording:
    """A recording, as the provider's own log has it."""

    provider_id: str
    call_id: str


class ProviderLog(Protocol):
    """What a provider itself wrote down of the traffic; every question raises ChannelError when it does not answer."""

    channel: str
    voice_channel: str

    def sent_to(self, number: str, *, since: datetime) -> list[LoggedText]:
        """Our texts to one phone, from a moment on."""

    def messages(self, *, since: datetime) -> Iterator[Inbound]:
        """What was sent to our numbers, from the day of a moment on."""

    def calls(self, *, since: datetime) -> Iterator[Inbound]:
        """Who called our numbers: nothing of what was said is in it."""

    def recordings(self, *, since: datetime) -> Iterator[LoggedRecording]:
        """What was recorded."""

    def call(self, provider_id: str) -> Inbound | None:
        """One call; None when the provider has no such call of ours."""

    def has_message(self, provider_id: str) -> bool:
        """Whether the provider knows this message."""


class Probe(Protocol):
    """Whatever can send us a text of our own, the way that the provider's come."""

    channel: str
    our_number: str

    def new_id(self) -> str:
        """The id under which the message will be known."""

    def send(self, provider_id: str, *, sender: str, text: str) -> None:
        """Hands it to our own intake; raises ChannelError when it was not taken."""


class Sender(Protocol):
    """Whatever can carry a text to a phone."""

    def send(self, outgoing: Outgoing) -> Sent:
        """Hands the text over once; raises ChannelError with what is known of the outcome."""
