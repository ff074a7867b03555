"""Scale mode with processes of its own: the same text, the same promises, and a killed worker costs nothing."""

import re
import signal
import subprocess
import urllib.request
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import create_engine, text

from tests import services
from tests.stand_ins import twilio_api
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.running import LAKANA, Running


@pytest.fixture
def office(tmp_path, postgresql_url, redis_url):
    """A folder, PostgreSQL, Redis and a provider; nothing of ours runs yet."""
    with twilio_api.running() as api:
        running = Running(tmp_path / "home", dict(twilio.ENVIRONMENT))
        own = {"DATABASE_URL": postgresql_url, "REDIS_URL": redis_url, "TWILIO_API_BASE": api.url}
        running.settings |= own | {"PUBLIC_URL": f"http://127.0.0.1:{running.intake_port}"}
        assert running.lakana("db", "upgrade").returncode == 0
        yield running, api


@contextmanager
def _role(running, *arguments):
    """One role as the Procfile starts it."""
    with (running.home / f"{arguments[0]}.log").open("ab") as log:
        process = subprocess.Popen([*LAKANA, *arguments], env=running.environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _states(running):
    engine = create_engine(running.settings["DATABASE_URL"])
    with engine.connect() as connection:
        found = connection.execute(text("SELECT state FROM messages")).scalars().all()
    engine.dispose()
    return found


def _counted(running):
    with urllib.request.urlopen(f"http://127.0.0.1:{running.intake_port}/metrics", timeout=10) as answer:
        return float(re.search(r"webhook_accepted_total\S+ (\S+)", answer.read().decode())[1])


def test_texts_are_taken_in_read_and_answered_by_processes_of_their_own(office):
    running, api = office
    with ExitStack() as stack:
        stack.enter_context(_role(running, "intake"))
        services.wait_until(running.answers, "the intake did not answer")
        for number in range(5):
            assert running.text(twilio.fields("ENF REC 3G ANSONGO 14/11", f"+2237000000{number}")) == 200
        assert _states(running) == ["received"] * 5
        assert {_counted(running) for _ in range(20)} == {5}  # whichever of its processes answers
        # Killed without a word: what it had taken is found by its lease or was never taken.
        with _role(running, "worker") as killed:
            killed.kill()
            killed.wait()
        stack.enter_context(_role(running, "worker", "--processes", "2"))
        services.wait_until(lambda: _states(running) == ["done"] * 5, "not everything was read", seconds=60)
        services.wait_until(lambda: len(api.taken) == 5, "not everything was answered", seconds=60)
    assert len({taken["To"] for taken in api.taken}) == 5
    promises = running.lakana("audit", "invariants")
    assert promises.returncode == 0, promises.stdout


ROLES = ["intake", "panel", "worker"]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_without_its_keys_refuses_in_one_line(tmp_path, migrated_sqlite_url, redis_url, role):
    running = Running(tmp_path / "home", {"DATABASE_URL": migrated_sqlite_url, "REDIS_URL": redis_url})
    done = running.lakana(role)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_a_worker_without_redis_says_who_does_its_work(tmp_path):
    done = Running(tmp_path / "home").lakana("worker", "--processes", "2")
    assert done.returncode == 2
    assert "REDIS_URL" in done.stderr
