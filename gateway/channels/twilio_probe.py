"""A text of our own, signed as Twilio signs, to the address that Twilio calls: the whole way but its network."""

import secrets
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from twilio.request_validator import RequestValidator

from gateway.errors import ChannelError

TIMEOUT_SECONDS = 15
_PATH = "/twilio/sms"


class TwilioProbe:
    """Sends to one of our numbers."""

    channel = "twilio"

    def __init__(self, *, sid: str, token: str, our_number: str, public_url: str) -> None:
        self.our_number = our_number
        self._sid = sid
        self._validator = RequestValidator(token)
        self._url = public_url + _PATH

    def new_id(self) -> str:
        """The id under which the message will be known."""
        return "SM" + secrets.token_hex(16)

    def send(self, provider_id: str, *, sender: str, text: str) -> None:
        """One signed request; ChannelError when it was not taken."""
        fields = {"MessageSid": provider_id, "AccountSid": self._sid, "From": sender, "To": self.our_number}
        fields |= {"Body": text, "NumSegments": "1", "NumMedia": "0"}
        signature = self._validator.compute_signature(self._url, fields)
        request = Request(self._url, urlencode(fields).encode(), {"X-Twilio-Signature": signature})  # noqa: S310
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310 - the address of the settings
                return
        except HTTPError as error:
            error.close()
            raise ChannelError(f"status_{error.code}", retryable=False) from None
        except (URLError, OSError):
            raise ChannelError("unreachable", retryable=True) from None
