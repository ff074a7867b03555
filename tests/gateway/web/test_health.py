"""Alive, ready, and what was counted."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.records import db
from gateway.records.message import Message
from gateway.vault.keyring import make_keyring, public_path
from gateway.web import health
from tests.stand_ins import twilio_webhooks as twilio


def test_it_is_alive_whatever_is_broken(make_street):
    street = make_street()
    db.disconnect()
    assert street.client.get("/healthz").status_code == 200


def test_it_is_ready_when_every_part_is(street):
    answer = street.client.get("/readyz")
    assert (answer.status_code, answer.json["ready"]) == (200, True)
    assert set(answer.json) == {"ready", *health.CHECKS}


def _disconnect(street, monkeypatch):
    db.disconnect()


def _fill_disk(street, monkeypatch):
    monkeypatch.setattr(health, "LEAST_DISK_FREE", 10**18)


def _leave_unread(street, monkeypatch):
    street.post("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Message).values(received_at=clock.now() - timedelta(minutes=6)))


def _newer_schema(street, monkeypatch):
    with db.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


BROKEN = {"database": _disconnect, "disk": _fill_disk, "backlog": _leave_unread, "schema": _newer_schema}


@pytest.mark.parametrize(("part", "breaking"), BROKEN.items())
def test_a_broken_part_is_named(make_street, monkeypatch, part, breaking):
    street = make_street()
    breaking(street, monkeypatch)
    answer = street.client.get("/readyz")
    assert (answer.status_code, answer.json[part]) == (503, "failed")


def test_without_its_public_key_it_is_not_ready(make_street, tmp_path):
    keys = tmp_path / "own" / "lakana.keys"
    make_keyring(keys)
    street = make_street(LAKANA_KEYS=str(keys))
    public_path(keys).unlink()
    assert street.client.get("/readyz").json["keys"] == "failed"


def test_figures_are_for_this_machine_or_whoever_has_the_token(make_street):
    street = make_street(LAKANA_METRICS_TOKEN="sesame-sesame")
    street.text("ENF REC 3G ANSONGO 14/11")
    text = street.client.get("/metrics").text
    assert 'lakana_messages{state="done"} 1.0' in text
    assert "ANSONGO" not in text
    assert twilio.SENDER not in text
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.5"}}
    assert street.client.get("/metrics", **elsewhere).status_code == 403
    assert street.client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 403
    for token, status in (("sesame-sesame", 200), ("wrong", 403), ("caf\u00e9", 403)):
        headers = {"Authorization": f"Bearer {token}"}
        assert street.client.get("/metrics", headers=headers, **elsewhere).status_code == status
