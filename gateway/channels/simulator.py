"""A phone in the browser, for training: what we send is there at once, and nothing leaves this machine."""

from gateway.channels import senders
from gateway.channels.contract import Inbound, Outgoing, Sent
from gateway.errors import Invalid
from gateway.records.codes import SenderKind
from gateway.records.ids import new_id

CHANNEL = "simulator"
ACCOUNT = "simulator"
OUR_NUMBER = "36000"
LONGEST = 1600


class SimulatorSender:
    """Puts the text on the simulated phone: it is read there from the reply itself."""

    def send(self, outgoing: Outgoing) -> Sent:
        """Always delivered."""
        return Sent(provider_id=f"sim-{outgoing.reply_id}", is_delivered=True)


def inbound(sender: str, text: str) -> Inbound:
    """A message typed on the simulated phone."""
    if not senders.PHONE.fullmatch(sender):
        raise Invalid("from", "a number with its country code, like +22370000001")
    if len(text) > LONGEST:
        raise Invalid("text", f"at most {LONGEST} characters")
    return Inbound(
        channel=CHANNEL,
        account=ACCOUNT,
        provider_id=new_id(),
        our_number=OUR_NUMBER,
        sender=sender,
        sender_kind=SenderKind.PHONE,
        body=text,
    )
