"""`lakana reconcile`: exit codes that a script can act on, and lines that a person can."""

import json
from datetime import timedelta

import pytest

from gateway import clock
from gateway.records import db
from gateway.records.codes import SenderKind
from gateway.records.message import Message
from tests.stand_ins import twilio_api
from tests.stand_ins import twilio_webhooks as twilio

HOUR = timedelta(hours=1)
SID = "SM" + "a" * 32


@pytest.fixture
def api(monkeypatch):
    with twilio_api.running() as api:
        for name, value in {**twilio.ENVIRONMENT, "TWILIO_API_BASE": api.url}.items():
            monkeypatch.setenv(name, value)
        yield api


def _forge(url):
    db.connect(url)
    with db.transaction() as session:
        session.add(
            Message(
                channel="twilio", account=twilio.ACCOUNT, provider_id="SM" + "f" * 32, our_number=twilio.OUR_NUMBER,
                sender_kind=SenderKind.PHONE, sealed=b"x", digest=bytes(32), received_at=clock.now() - HOUR,
            )
        )  # fmt: skip
    db.disconnect()


def test_each_finding_has_its_exit_code(office, api, migrated_database_url):
    def code(*options):
        result = office("reconcile", "--since", "48h", "--json", *options)
        told = json.loads(result.output)
        assert told["exit"] == result.exit_code
        return result.exit_code, told["result"]

    assert code() == (0, "equal")
    api.log.text(SID, "ENF REC 3G ANSONGO 14/11", ago=HOUR)
    assert code() == code() == (3, "missing")
    assert code("--insert") == (3, "missing")
    assert code("--insert") == (0, "equal")
    _forge(migrated_database_url)
    assert code() == (4, "extra")
    api.log.text("SM" + "b" * 32, "AIDE", ago=HOUR)
    assert code() == (4, "extra")
    api.log.status = 500
    assert code("--insert") == (5, "unreachable")


def test_a_person_reads_what_was_found_and_what_to_do(office, api, migrated_database_url):
    api.log.text(SID, "ENF REC 3G ANSONGO 14/11", ago=HOUR)
    _forge(migrated_database_url)
    told = office("reconcile", "--since", "2d").output
    assert "messages          1 in the log, 1 of them not here" in told
    assert "--insert takes in what is missing" in told
    assert f"missing  {SID}" in told
    assert "ALARM" in told
    assert f"unknown  SM{'f' * 32}" in told
    assert "ANSONGO" not in told
    assert "+223" not in told
    assert "1 taken in, 0 of them without their content" in office("reconcile", "--since", "2d", "--insert").output
    api.log.status = 500
    assert "did not answer" in office("reconcile", "--since", "2d").output


@pytest.mark.parametrize("since", ["90m", "2026-11-20", "2026-11-20T08:00"])
def test_how_far_back_is_written_in_several_ways(office, api, since):
    assert office("reconcile", "--since", since).exit_code == 0


@pytest.mark.parametrize("since", ["yesterday", "-1h", "48", "0h", "99999h"])
def test_what_is_no_time_is_refused_with_an_example(office, api, since):
    result = office("reconcile", "--since", since)
    assert result.exit_code == 2
    assert "48h" in result.output


def test_without_an_account_it_says_which_setting_is_missing(office):
    result = office("reconcile", "--since", "48h")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "TWILIO_AUTH_TOKEN" in result.output
