"""What every channel hands over and takes: plain values, whatever the provider calls them."""

from dataclasses import dataclass
from typing import Protocol

from gateway.errors import LakanaError
from gateway.records.codes import SenderKind
from gateway.records.states import ReplyState


class NotSigned(LakanaError):
    """A request that the provider did not sign, or not for this address: nothing of it is kept."""

    code = "not_signed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the provider says became of a reply; `state` is None for a word that means nothing to us."""

    channel: str
    provider_id: str
    reply_id: str | None
    state: ReplyState | None


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
