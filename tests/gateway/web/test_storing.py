"""REL-4: whatever happens to PostgreSQL, what was answered 2xx is there, once, when it is back."""

import errno
import os
import resource
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from gateway.casework import spool
from gateway.records import db, schema
from gateway.records.message import Message
from gateway.vault.keyring import load_inbox_keys
from gateway.web import draining, storing
from gateway.web.app import create_intake
from tests import services
from tests.stand_ins import proxy
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.street import open_street


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL of our own, to be killed."""
    with services.postgres() as server:
        yield server


@pytest.fixture
def office(server, open_vault, make_settings, bell, monkeypatch):
    """A street on that server, through a proxy."""
    monkeypatch.setattr(storing, "PAUSE", storing.PAUSE * 0)
    with server.database() as name, proxy.running(server.port) as between:
        engine = db.open_engine(server.url(name))
        schema.upgrade(engine)
        engine.dispose()
        chosen = make_settings(DATABASE_URL=server.url(name).replace(str(server.port), str(between.port)))
        db.connect(chosen.database_url)
        street = open_street(create_intake(chosen), chosen, bell)
        street.proxy, street.spool, street.keys = between, chosen.spool, load_inbox_keys(chosen.keys)
        yield street
        db.disconnect()


@contextmanager
def _stopped(server):
    server.stop(signal.SIGQUIT)
    try:
        yield
    finally:
        server.start()


def _sids(street):
    return sorted(message.provider_id for message in street.all(Message))


def _drain(street):
    return draining.drain(street.spool, street.keys)


def test_while_postgresql_is_down_messages_are_spooled_and_later_stored_once(office, server):
    sent = [twilio.fields(f"ENF REC {number}G ANSONGO 14/11") for number in range(1, 6)]
    assert twilio.post(office.client, sent[0]).status_code == 200
    with _stopped(server):
        for fields in sent:
            answer = twilio.post(office.client, fields)
            assert (answer.status_code, answer.content_type) == (200, "text/xml")
        assert twilio.post(office.client, sent[1]).status_code == 200
        assert spool.count(office.spool) == 5
    # The writer finds the server again by itself: its old connection is a dead one.
    assert twilio.post(office.client, twilio.fields(MessageSid="SM" + "ab" * 16)).status_code == 200
    assert spool.count(office.spool) == 5
    assert _drain(office) == 5
    assert _sids(office) == sorted([*(fields["MessageSid"] for fields in sent), "SM" + "ab" * 16])
    assert spool.count(office.spool) == 0
    assert set(office.rung()) == {"read"}


def test_a_crowd_at_the_door_of_a_dead_database_is_spooled_to_the_last(office, server):
    sent = [twilio.fields(f"ENF REC {number}G ANSONGO 14/11", f"+2237000{number:04}") for number in range(24)]
    with _stopped(server), ThreadPoolExecutor(12) as crowd:
        statuses = list(crowd.map(lambda fields: twilio.post(office.client, fields).status_code, sent))
    assert statuses == [200] * 24
    _drain(office)
    assert _sids(office) == sorted(fields["MessageSid"] for fields in sent)


def test_an_immediate_restart_between_two_messages_costs_nothing(office, server):
    for _ in range(3):
        assert office.post("ENF REC 3G ANSONGO 14/11").status_code == 200
        with _stopped(server):
            pass
    assert office.post("ENF REC 3G ANSONGO 14/11").status_code == 200
    assert (len(office.all(Message)), spool.count(office.spool)) == (4, 0)


def test_a_cut_between_commit_and_its_answer_is_answered_2xx_and_stored_once(office):
    office.proxy.cuts = 1
    fields = twilio.fields()
    assert twilio.post(office.client, fields).status_code == 200
    assert office.proxy.cut == 1
    assert spool.count(office.spool) == 1
    assert _sids(office) == [fields["MessageSid"]]
    _drain(office)
    assert twilio.post(office.client, fields).status_code == 200
    assert (_sids(office), spool.count(office.spool)) == ([fields["MessageSid"]], 0)


def test_a_server_that_falls_silent_is_given_up_in_time_for_the_provider(office, monkeypatch):
    office.post("ENF REC 3G ANSONGO 14/11")
    office.proxy.is_silent = True
    began = time.monotonic()
    assert office.post("ENF REC 4G ANSONGO 14/11").status_code == 200
    assert time.monotonic() - began < 12
    office.proxy.is_silent = False
    assert _drain(office) == 1
    assert len(office.all(Message)) == 2


def _full_disk(_street, monkeypatch):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _broken_disk(_street, monkeypatch):
    def fails(_descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    return monkeypatch.undo


def _no_folder(street, _monkeypatch):
    street.spool.parent.joinpath("spool").write_text("a file, where the folder should be")
    return street.spool.unlink


@pytest.mark.parametrize("breaking", [_full_disk, _broken_disk, _no_folder])
def test_when_both_are_gone_the_provider_is_asked_to_come_again(office, server, monkeypatch, breaking):
    fields = twilio.fields()
    with _stopped(server):
        mend = breaking(office, monkeypatch)
        refused = twilio.post(office.client, fields)
        mend()
        assert (refused.status_code, refused.data) == (503, b"")
        assert twilio.post(office.client, fields).status_code == 200
    _drain(office)
    assert _sids(office) == [fields["MessageSid"]]


def test_on_sqlite_there_is_no_spool_since_it_would_lie_on_the_same_disk(make_street):
    street = make_street()
    with db.engine().begin() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO away")
    assert street.post("ENF REC 3G ANSONGO 14/11").status_code == 503
    with db.engine().begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO messages")
    assert street.post("ENF REC 3G ANSONGO 14/11").status_code == 200


def test_after_a_failure_the_database_is_left_alone_for_a_moment(office, server, monkeypatch):
    monkeypatch.undo()
    with _stopped(server):
        office.post("ENF REC 3G ANSONGO 14/11")
    office.post("ENF REC 4G ANSONGO 14/11")
    assert (spool.count(office.spool), office.all(Message)) == (2, [])
    assert 'webhook_spooled_total{channel="twilio"} 2.0' in office.client.get("/metrics").text
    assert "lakana_spool_size 2.0" in office.client.get("/metrics").text
