"""The self-test through a real intake on a real socket, signed as the provider signs."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from waitress.server import create_server

from gateway import clock
from gateway.casework import alarms
from gateway.records import db
from gateway.records.message import Message
from gateway.records.self_test import SelfTest
from tests.stand_ins import mail_server
from tests.stand_ins import twilio_webhooks as twilio
from workers import self_test


@contextmanager
def _served(app, port):
    server = create_server(app, host="127.0.0.1", port=port, threads=2, clear_untrusted_proxy_headers=False)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(10)


@pytest.fixture
def office(make_street, free_port):
    """A street with an intake that listens, and its address."""
    return make_street(PUBLIC_URL=f"http://127.0.0.1:{free_port}"), free_port


def _tests():
    with db.reading() as session:
        return session.scalars(select(SelfTest)).all()


def test_a_text_for_each_number_arrives_and_is_taken_out(office, make_settings):
    street, port = office
    settings = make_settings(PUBLIC_URL=f"http://127.0.0.1:{port}")
    with _served(street.app, port):
        self_test.send(settings)
    street.work()
    self_test.gather(settings)
    (test,) = _tests()
    assert (test.our_number, test.arrived_at is not None, test.refusal) == (twilio.OUR_NUMBER, True, None)
    assert street.all(Message) == []
    assert street.carrier.sent == []


def test_an_intake_with_another_secret_takes_nothing(office, make_settings):
    street, port = office
    with _served(street.app, port):
        self_test.send(make_settings(PUBLIC_URL=f"http://127.0.0.1:{port}", TWILIO_AUTH_TOKEN="b" * 32))
    assert [test.refusal for test in _tests()] == ["status_403"]


def test_an_intake_that_does_not_answer_is_told_to_those_on_duty(office, make_settings):
    _street, port = office
    with mail_server.running() as server, time_machine.travel(clock.now(), tick=False) as time:
        duty = {"LAKANA_ALARM_EMAILS": "awa@example.org", "LAKANA_SMTP_FROM": "lakana@example.org"}
        settings = make_settings(
            **duty, LAKANA_SMTP_URL=server.url, PUBLIC_URL=f"http://127.0.0.1:{port}", LAKANA_ALARM_LANGUAGE="en"
        )
        self_test.send(settings)
        time.shift(timedelta(minutes=6))
        self_test.gather(settings)
    assert [test.refusal for test in _tests()] == ["unreachable"]
    (letter,) = server.letters
    assert letter["Subject"] == f"[Lakana] A test text to {twilio.OUR_NUMBER} was not read within 6 minutes."
    with db.reading() as session:
        assert len(alarms.opened(session)) == 1


def test_without_an_account_there_is_nothing_to_test(sqlite_database, make_settings):
    self_test.send(make_settings(TWILIO_AUTH_TOKEN="", TWILIO_ACCOUNT_SID=""))
    assert _tests() == []
