"""Twilio's own client against a server that speaks like Twilio."""

import base64

import pytest

from gateway.channels import twilio_client, twilio_rest
from gateway.channels.contract import Outgoing
from gateway.errors import ChannelError
from tests import services
from tests.stand_ins import twilio_api
from tests.stand_ins import twilio_webhooks as twilio

TEXT = Outgoing(reply_id="abcdefghijklmnop", our_number="+22370009999", to="+22370000001", text="K7Q28 recu. Merci.")


@pytest.fixture
def api():
    with twilio_api.running() as api:
        yield api


def _sender(url):
    return twilio_rest.TwilioSender(
        sid=twilio.ACCOUNT, token=twilio.TOKEN, api_base=url, public_url="https://intake.example"
    )


def _refusal(url):
    with pytest.raises(ChannelError) as caught:
        _sender(url).send(TEXT)
    return caught.value.reason, caught.value.retryable, caught.value.outcome_known


def test_a_text_is_handed_over_once_with_an_address_for_its_receipt(api):
    sent = _sender(api.url).send(TEXT)
    [taken] = api.taken
    assert taken["path"] == f"/2010-04-01/Accounts/{twilio.ACCOUNT}/Messages.json"
    assert (taken["To"], taken["From"], taken["Body"]) == (TEXT.to, TEXT.our_number, TEXT.text)
    assert taken["StatusCallback"] == "https://intake.example/twilio/status?reply=abcdefghijklmnop"
    assert base64.b64decode(taken["auth"].split()[1]).decode() == f"{twilio.ACCOUNT}:{twilio.TOKEN}"
    assert (sent.provider_id, sent.is_delivered) == (f"SM{1:032x}", False)


REFUSALS = [
    (429, 20429, ("busy", True, True)),
    (400, 21211, ("bad_number", False, True)),
    (400, 21610, ("opted_out", False, True)),
    (401, 20003, ("not_authorized", True, True)),
    (503, None, ("unavailable", True, True)),
    (400, 99999, ("refused_99999", False, True)),
    (500, 20500, ("status_500", False, False)),
]


@pytest.mark.parametrize(("status", "code", "told"), REFUSALS)
def test_a_refusal_says_whether_to_try_again(api, status, code, told):
    api.status, api.code = status, code
    assert _refusal(api.url) == told
    assert len(api.taken) == 1


def test_silence_leaves_the_outcome_unknown(api, monkeypatch):
    monkeypatch.setattr(twilio_client, "TIMEOUT_SECONDS", 0.2)
    api.seconds = 1.0
    assert _refusal(api.url) == ("no_answer", False, False)


def test_a_connection_cut_after_the_request_leaves_the_outcome_unknown(api):
    api.is_broken = True
    assert _refusal(api.url) == ("no_answer", False, False)


def test_where_nobody_listens_nothing_was_sent():
    assert _refusal(f"http://127.0.0.1:{services.free_port()}") == ("unreachable", True, True)


def test_neither_text_nor_number_reaches_a_log(api, caplog):
    caplog.set_level(0)
    _sender(api.url).send(TEXT)
    assert TEXT.to not in caplog.text
    assert TEXT.text not in caplog.text
