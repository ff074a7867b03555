"""Twilio, what goes out: one request a text, and for each refusal of theirs whether asking again can help."""

from urllib.parse import urlencode

from requests.exceptions import ConnectionError as NotConnected
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from urllib3.exceptions import NewConnectionError

from gateway.channels import twilio_errors
from gateway.channels.contract import Outgoing, Sent
from gateway.channels.twilio_client import client
from gateway.errors import ChannelError


class TwilioSender:
    """Sends through the REST interface; never twice, since a second text on a seized phone is worse than none."""

    def __init__(self, *, sid: str, token: str, api_base: str | None, public_url: str) -> None:
        self._client = client(sid, token, api_base)
        self._receipts = f"{public_url}/twilio/status"

    def send(self, outgoing: Outgoing) -> Sent:
        """One POST; what is not certainly refused and not certainly taken is of unknown outcome."""
        try:
            taken = self._client.messages.create(
                to=outgoing.to,
                from_=outgoing.our_number,
                body=outgoing.text,
                status_callback=f"{self._receipts}?{urlencode({'reply': outgoing.reply_id})}",
            )
        except (TwilioRestException, TwilioServiceException) as error:
            raise _refusal(error.status, error.code or error.status) from None
        except RequestException as error:
            raise _no_answer(error) from None
        except (TwilioException, ValueError, KeyError, TypeError):
            # They took the request and answered something that is no message: it may well have gone out.
            raise ChannelError("unreadable_answer", retryable=False, outcome_known=False) from None
        return Sent(provider_id=str(taken.sid))


def _refusal(status: int, code: int) -> ChannelError:
    if (known := twilio_errors.table().get(code)) is not None:
        return ChannelError(known.reason, retryable=known.retry)
    if status == 503:  # their answer before taking a request: documented as not processed
        return ChannelError("unavailable", retryable=True)
    if 400 <= status < 500:
        return ChannelError(f"refused_{code}", retryable=False)
    return ChannelError(f"status_{status}", retryable=False, outcome_known=False)


def _no_answer(error: RequestException) -> ChannelError:
    """No connection at all: nothing was sent. A connection that broke or fell silent: nobody knows."""
    if isinstance(error, ConnectTimeout) or (isinstance(error, NotConnected) and _never_connected(error)):
        return ChannelError("unreachable", retryable=True)
    return ChannelError("no_answer", retryable=False, outcome_known=False)


def _never_connected(error: NotConnected) -> bool:
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(cause, NewConnectionError)
