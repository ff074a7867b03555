"""A signed webhook, shaped like Twilio's, sent to the running intake; and the reply that the sender gets."""

import json
import os
import secrets
import time
from dataclasses import replace
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import click

from gateway.cli.opening import opened
from gateway.errors import LakanaError
from gateway.settings import Settings, load

_PATH = "/twilio/sms"
_TO = "+22370009999"
_ASK_SECONDS = 0.1


class NotDelivered(LakanaError):
    """The intake did not take the message."""

    code = "not_delivered"


@click.command()
@click.argument("text")
@click.option("--from", "sender", required=True, help="The number it comes from, like +22370000001.")
@click.option("--to", "our_number", help="The number it is sent to; the first of TWILIO_FROM if not given.")
@click.option("--sid", help="The provider's id of the message; drawn if not given. The same id again is a repeat.")
@click.option("--wait", default=10.0, show_default=True, help="Seconds to wait for the reply.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def simulate(text: str, sender: str, our_number: str | None, sid: str | None, wait: float, as_json: bool) -> None:
    """Send TEXT to the running intake as a provider would, and print the reply."""
    settings = load(os.environ)
    given = sid or "SM" + secrets.token_hex(16)
    to = our_number or (settings.twilio_from[0] if settings.twilio_from else _TO)
    status = _post(settings, {"From": sender, "To": to, "Body": text, "MessageSid": given})
    reply = _reply_to(settings, given, wait)
    if as_json:
        click.echo(json.dumps({"status": status, "provider_id": given, **reply}))
    else:
        click.echo(reply["reply"] or f"(no reply: {reply['reason']})")


def _post(settings: Settings, fields: dict[str, str]) -> int:
    from twilio.request_validator import RequestValidator

    from gateway.channels.registry import twilio_account

    # The invented account also signs for whoever did not say LAKANA_MODE in this terminal; a real one comes first.
    account = twilio_account(settings) or twilio_account(replace(settings, mode="development"))
    if account is None:
        raise NotDelivered("there is no TWILIO_AUTH_TOKEN to sign with; in development `lakana up` makes one up")
    fields |= {"AccountSid": account.sid, "NumSegments": "1", "NumMedia": "0"}
    signature = RequestValidator(account.tokens[0]).compute_signature(settings.public_url + _PATH, fields)
    request = Request(
        f"http://{settings.bind}:{settings.intake_port}{_PATH}",
        data=urlencode(fields, errors="surrogatepass").encode(),
        headers={"X-Twilio-Signature": signature},
    )
    try:
        with urlopen(request, timeout=15) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        raise NotDelivered(f"the intake answered {error.code}") from None
    except URLError as error:
        raise NotDelivered(f"no intake on port {settings.intake_port} ({error.reason}); start it: lakana up") from None


def _reply_to(settings: Settings, provider_id: str, seconds: float) -> dict[str, str | None]:
    """Looks into the database until the message is read and its reply has left."""
    from gateway.casework.inbox import reply_to
    from gateway.casework.office import office
    from gateway.records import db

    end, here = time.monotonic() + seconds, office(settings)
    with opened():
        while True:
            with db.reading() as session:
                said = reply_to(session, provider_id, here)
            if said.is_settled or time.monotonic() > end:
                return {"state": said.state, "reference": said.reference, "reply": said.text, "reason": said.reason}
            time.sleep(_ASK_SECONDS)
