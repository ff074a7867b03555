"""Twilio's side of a webhook: the fields it sends and the signature it puts on them."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

ACCOUNT = "AC" + "5e" * 16
TOKEN = "11223344556677889900aabbccddeeff"
OUR_NUMBER = "+22370009999"
SENDER = "+22370000001"
PUBLIC_URL = "https://intake.example"
SMS = "/twilio/sms"

ENVIRONMENT = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "TWILIO_FROM": OUR_NUMBER,
    "PUBLIC_URL": PUBLIC_URL,
    # No test depends on the time of day or on how fast it runs; those about pace and quiet say so.
    "LAKANA_QUIET_HOURS": "off",
    "LAKANA_TEXTS_PER_SECOND": "0",
}


class Repeated:
    """Names and values with repeats, in the shape Twilio's own signer takes."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)

    def __iter__(self) -> Any:
        return iter(dict(self._pairs))

    def getlist(self, name: str) -> list[str]:
        return [value for each, value in self._pairs if each == name]


def message_sid() -> str:
    """A fresh id, as Twilio writes them."""
    return "SM" + secrets.token_hex(16)


def fields(body: str = "ENF REC 3G ANSONGO 14/11", sender: str = SENDER, **changes: str) -> dict[str, str]:
    """The fields of one message."""
    usual = {"MessageSid": message_sid(), "AccountSid": ACCOUNT, "From": sender, "To": OUR_NUMBER, "Body": body}
    return usual | {"NumSegments": "1", "NumMedia": "0", "ApiVersion": "2010-04-01"} | changes


def signature(url: str, pairs: Iterable[tuple[str, str]], token: str = TOKEN) -> str:
    """What Twilio's own library computes."""
    return RequestValidator(token).compute_signature(url, Repeated(pairs))


def post(
    client: FlaskClient,
    sent: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    path: str = SMS,
    url: str | None = None,
    signed_with: str | None = TOKEN,
    raw: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> TestResponse:
    """Sends the fields, signed for `url`; with `raw`, those bytes in their place; without a secret, unsigned."""
    pairs = tuple(sent.items()) if isinstance(sent, Mapping) else tuple(sent)
    signed = {"X-Twilio-Signature": signature(url or PUBLIC_URL + path, pairs, signed_with)} if signed_with else {}
    return client.post(
        path,
        data=raw if raw is not None else urlencode(pairs).encode(),
        content_type="application/x-www-form-urlencoded",
        headers={**signed, **(headers or {})},
    )
