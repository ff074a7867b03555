"""Redis as it is configured for a deployment: our bell and our workers can do their work, and nobody can do harm."""

import subprocess
import time

import pytest
import redis

from gateway import dispatch
from gateway.dispatch import RQBell
from gateway.records.message import Message
from gateway.records.states import MessageState
from tests import services
from tests.conftest import _or_left_out
from tests.conventions import tree
from tests.gateway.conftest import bell, key_file, keyring, make_settings, make_street, open_vault
from workers import redis_queue

__all__ = ["bell", "key_file", "keyring", "make_settings", "make_street", "open_vault"]
PASSWORD = "quatre-baobabs-sous-la-pluie"


@pytest.fixture
def server(tmp_path):
    """A Redis with our configuration, on a socket of this test."""
    socket = tmp_path / "redis.sock"
    written = (tree.ROOT / "deploy" / "redis" / "lakana.conf").read_text()
    config = tmp_path / "redis.conf"
    for old, new in (("/run/redis-lakana/redis.sock", str(socket)), ("CHANGE-ME", PASSWORD)):
        assert old in written
        written = written.replace(old, new)
    config.write_text(f"{written}dir {tmp_path}\n")
    with _or_left_out():
        program = services.find_program("redis-server")
    process = subprocess.Popen([program, str(config)], stdout=subprocess.DEVNULL)
    try:
        services.wait_until(socket.exists, "Redis did not open its socket")
        yield f"unix://lakana:{PASSWORD}@{socket}?db=0"
    finally:
        process.terminate()
        process.wait(10)


def test_a_text_is_rung_for_and_read_through_it(server, make_street):
    street = make_street(REDIS_URL=server)
    dispatch.use(RQBell(server))
    street.post("ENF REC 3G ANSONGO 14/11")
    worker = redis_queue.worker(server)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        worker.work(burst=True, logging_level="ERROR")
        if [message.state for message in street.all(Message)] == [MessageState.DONE]:
            return
    pytest.fail("nobody read the message")


@pytest.mark.parametrize(
    "command",
    [
        ("FLUSHALL",),
        ("CONFIG", "GET", "*"),
        ("KEYS", "*"),
        ("SHUTDOWN",),
        ("SAVE",),
        ("ACL", "LIST"),
        ("GET", "somebody:else"),
        ("SET", "somebody:else", "x"),
        ("SCRIPT", "FLUSH"),
        ("CLIENT", "KILL", "ID", "1"),
        ("PUBLISH", "elsewhere", "x"),
    ],
)
def test_what_could_do_harm_is_refused(server, command):
    with redis.Redis.from_url(server) as connection, pytest.raises(redis.exceptions.NoPermissionError):
        connection.execute_command(*command)


def test_nobody_without_a_name_gets_in(server):
    path = server.rpartition("@")[2]
    with redis.Redis.from_url(f"unix://{path}") as connection, pytest.raises(redis.exceptions.AuthenticationError):
        connection.ping()


def test_it_keeps_nothing_and_listens_to_no_network():
    lines = (tree.ROOT / "deploy" / "redis" / "lakana.conf").read_text().splitlines()
    assert {"port 0", 'save ""', "appendonly no", "user default off", "maxmemory-policy noeviction"} <= set(lines)
