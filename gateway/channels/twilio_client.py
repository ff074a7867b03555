"""Twilio's own REST client, quiet and impatient."""

import logging

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

TIMEOUT_SECONDS = 10


def client(sid: str, token: str, api_base: str | None) -> Client:
    """A client of one account; with another base, of a stand-in."""
    # Their client writes requests to its log; ours must hold neither texts nor numbers.
    quiet = logging.getLogger("lakana.twilio")
    quiet.setLevel(logging.ERROR)
    made = Client(sid, token, http_client=TwilioHttpClient(timeout=TIMEOUT_SECONDS, logger=quiet))
    if api_base:
        made.api.base_url = api_base
    return made
