"""Who sends and who is believed, in each mode."""

import stat

import pytest

from gateway.channels import development, registry
from gateway.channels.simulator import SimulatorSender
from gateway.channels.twilio_rest import TwilioSender
from gateway.errors import SettingWrong
from tests.stand_ins import twilio_webhooks as twilio

NO_ACCOUNT = {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}


def test_a_secret_without_its_account_stops_the_start(make_settings):
    with pytest.raises(SettingWrong, match="TWILIO_ACCOUNT_SID"):
        registry.twilio_account(make_settings(TWILIO_ACCOUNT_SID=""))


def test_in_production_nothing_is_made_up(make_settings):
    settings = make_settings(**NO_ACCOUNT)
    development.make(settings)
    assert not development.path(settings).exists()
    assert registry.twilio_account(settings) is None
    assert registry.senders(settings) == {}


def test_in_development_an_account_is_invented_once_and_kept_private(make_settings):
    settings = make_settings(LAKANA_MODE="development", **NO_ACCOUNT)
    development.make(settings)
    first = registry.twilio_account(settings)
    development.make(settings)
    assert registry.twilio_account(settings).tokens == first.tokens
    assert stat.S_IMODE(development.path(settings).stat().st_mode) == 0o600
    assert isinstance(registry.senders(settings)["twilio"], SimulatorSender)


def test_a_real_account_comes_before_the_invented_one(make_settings):
    development.make(make_settings(LAKANA_MODE="development", **NO_ACCOUNT))
    settings = make_settings(LAKANA_MODE="development")
    assert registry.twilio_account(settings).tokens == (twilio.TOKEN,)
    assert isinstance(registry.senders(settings)["twilio"], TwilioSender)
