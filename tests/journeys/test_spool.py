"""REL-4 with processes of its own: the database is killed while phones text, and afterwards all is there once."""

import signal
import subprocess

import pytest
from sqlalchemy import create_engine, text

from gateway.casework import spool
from tests import services
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.running import LAKANA, Running


@pytest.fixture
def server():
    """A PostgreSQL of our own, to be killed."""
    with services.postgres() as server:
        yield server


def _stored(url):
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT provider_id, source FROM messages")).all()
    finally:
        engine.dispose()


def test_what_an_intake_acknowledged_while_the_database_was_killed_is_there_afterwards_once(tmp_path, server):
    running = Running(tmp_path / "home", {**twilio.ENVIRONMENT, "DATABASE_URL": server.url()})
    running.settings["PUBLIC_URL"] = f"http://127.0.0.1:{running.intake_port}"
    assert running.lakana("db", "upgrade").returncode == 0
    with (tmp_path / "intake.log").open("ab") as log:
        process = subprocess.Popen([*LAKANA, "intake"], env=running.environment, stdout=log, stderr=log)
    try:
        services.wait_until(running.answers, "the intake did not answer")
        sent = [twilio.fields(sender=f"+2237000{number:04}") for number in range(12)]
        assert [running.text(fields) for fields in sent[:3]] == [200] * 3
        server.stop(signal.SIGQUIT)
        assert [running.text(fields) for fields in sent[:9]] == [200] * 9
        assert spool.count(running.home / "spool") == 9
        server.start()
        assert [running.text(fields) for fields in sent] == [200] * 12
        folder = running.home / "spool"
        services.wait_until(lambda: spool.count(folder) == 0, "the spool was not drained", seconds=20)
    finally:
        process.terminate()
        process.wait(60)
    stored = _stored(server.url())
    assert sorted(sid for sid, _ in stored) == sorted(fields["MessageSid"] for fields in sent)
    assert {source for _, source in stored} == {"provider", "spool"}
