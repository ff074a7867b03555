"""`lakana up` as a person meets it: it starts, tells what to do, stops cleanly, and refuses in one line."""

import json
import os
import resource
import signal
import socket
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.make import codebook as make_codebook
from tests.make.codebook import WATER
from tests.stand_ins.running import Running

DEVELOPMENT = {"LAKANA_MODE": "development"}


@pytest.fixture
def running(tmp_path):
    running = Running(tmp_path / "home", DEVELOPMENT)
    running.start()
    yield running
    running.stop()


def _log(running):
    return (running.home.parent / f"{running.home.name}.log").read_text()


def _processor_seconds(pid):
    """Work done so far: a clock on the wall would measure who else is busy on this machine."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _files(folder):
    found = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in found if not path.name.endswith("-shm")}


def test_a_simulated_text_is_answered_listed_and_kept_over_a_restart(running):
    said = running.lakana("simulate", "--from", "+22370000001", "ENF REC 3G ANSONGO 14/11", "--json")
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout)
    assert told["reply"] == f"{told['reference']} recu. Merci."
    assert running.stop() == 0
    running.start()
    assert _processor_seconds(running.process.pid) < 5
    [line] = [json.loads(line) for line in running.lakana("messages", "--json").stdout.splitlines()]
    assert {"id", "provider_id", "channel", "received_at", "state", "kind", "reference"} <= set(line)
    assert (line["state"], line["reference"], line["provider_id"]) == ("done", told["reference"], told["provider_id"])
    assert "ANSONGO" not in json.dumps(line)
    assert _log(running).count("one-time password") == 1
    assert running.lakana("unfinished").stdout == ""


def test_running_again_what_is_not_there_is_told_in_one_line(running):
    done = running.lakana("replay", "no-such-message")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "Traceback" not in done.stderr


def test_it_signs_for_who_did_not_say_the_mode(running):
    running.settings = {}
    assert running.lakana("simulate", "--from", "+22370000001", "AIDE").stdout.startswith("Merci de votre message")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(running, how):
    assert running.stop(how) == 0
    assert _log(running).rstrip().endswith("Stopped.")
    assert "Traceback" not in _log(running)


def test_it_stays_small(running):
    for number in range(1, 20):
        running.lakana("simulate", "--from", f"+223700000{number:02}", "--wait", "0", "ENF REC 3G ANSONGO 14/11")
        if number == 3:
            break
    kilobytes = int(Path(f"/proc/{running.process.pid}/statm").read_text().split()[1]) * resource.getpagesize() / 1024
    assert kilobytes < 250 * 1024


def test_nothing_that_was_said_stands_in_the_log_or_in_the_database(running):
    running.lakana("simulate", "--from", "+22370000077", "ENF REC 3G ANSONGO 14/11 // CANARI-7f3")
    running.stop()
    assert "CANARI" not in _log(running)
    assert "+22370000077" not in _log(running)
    for name, content in _files(running.home).items():
        assert b"CANARI" not in content, name
        assert b"70000077" not in content, name


def _refused(running, **settings):
    """One line and the exit code of a start that does not come about; the folder stays as it was."""
    before = _files(running.home) if running.home.exists() else {}
    done = running.lakana("up", **settings)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    after = _files(running.home) if running.home.exists() else {}
    assert after == before
    return done.returncode, done.stderr


@pytest.fixture
def stopped(tmp_path):
    """An office that has run before."""
    running = Running(tmp_path / "home", DEVELOPMENT)
    running.start()
    running.stop()
    return running


def test_a_port_in_use_is_named(stopped):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", stopped.panel_port))
        other.listen()
        code, line = _refused(stopped)
    assert (code, str(stopped.panel_port) in line) == (2, True)


def test_a_wrong_setting_is_named(stopped):
    for name, value in (
        ("LAKANA_TIMEZONE", "Nowhere"),
        ("TWILIO_AUTH_TOKEN", "x"),
        ("LAKANA_FAILPOINT", "elsewhere:1"),
    ):
        code, line = _refused(stopped, **{name: value})
        assert code == 2
        assert name.split("_")[0] in line


@pytest.mark.parametrize("role", ["up", "panel", "worker"])
def test_a_faulty_codebook_stops_every_role_that_reads_it_before_anything_is_changed(tmp_path, role):
    folder = make_codebook.folder(
        tmp_path, water=WATER.replace("number = 2", "number = 1"), replies="[fr]\nneutral = 3\n"
    )
    office = Running(tmp_path / "home", {"LAKANA_CODEBOOK": str(folder), "REDIS_URL": "redis://127.0.0.1:1/0"})
    done = office.lakana(role)
    told = [line.strip() for line in done.stderr.splitlines()[1:]]
    assert (done.returncode, office.home.exists()) == (2, False), done.stderr
    assert [line.split(": ")[0] for line in told] == ["forms/water.toml:19", "forms/water.toml:47", "replies.toml:2"]


def test_a_failpoint_is_refused_in_production(stopped):
    code, line = _refused(stopped, LAKANA_FAILPOINT="in_txn:0.5", LAKANA_MODE="production")
    assert (code, "LAKANA_FAILPOINT" in line) == (2, True)


def test_an_unusable_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    code, line = _refused(Running(tmp_path / "other"), LAKANA_HOME=str(tmp_path / "file" / "home"))
    assert (code, "LAKANA_HOME" in line) == (2, True)


def test_lost_keys_are_named_and_no_new_ones_made(stopped):
    kept = stopped.home / "keys" / "lakana.keys"
    kept.rename(stopped.home / "elsewhere")
    code, line = _refused(stopped)
    assert (code, "lakana.keys" in line, kept.exists()) == (2, True, False)


def test_a_newer_database_is_left_alone(stopped):
    engine = create_engine(f"sqlite:///{stopped.home}/lakana.sqlite")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    code, line = _refused(stopped)
    assert (code, "newer" in line) == (2, True)


def test_a_database_that_does_not_answer_is_named_without_its_password(stopped, free_port):
    code, line = _refused(stopped, DATABASE_URL=f"postgresql://lakana:sesame@127.0.0.1:{free_port}/lakana")
    assert (code, "sesame" in line) == (2, False)


def test_a_second_one_on_the_same_folder_takes_messages_in_and_leaves_the_reading_to_the_first(running):
    second = Running(running.home, DEVELOPMENT)
    second.start()
    try:
        said = second.lakana("simulate", "--from", "+22370000001", "ENF REC 3G ANSONGO 14/11")
        assert said.stdout.rstrip().endswith("recu. Merci.")
    finally:
        second.stop()
