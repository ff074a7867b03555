"""Redis may be lost, and whoever writes into it can make noise, not run code."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from redis import Redis
from redis.exceptions import ResponseError
from rq import Queue
from rq.job import Job as QueuedJob
from rq.serializers import JSONSerializer, PickleSerializer

from gateway import dispatch
from gateway.dispatch import QUEUE, Job, RQBell
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.message import Message
from gateway.records.states import MessageState
from tests import services
from tests.conventions import tree
from workers import redis_queue, schedule
from workers.run import run_job
from workers.sweep import sweep

BODY = "ENF REC 3G ANSONGO 14/11"


@pytest.fixture
def scaled(street, redis_url):
    """The street with Redis as its bell."""
    dispatch.use(RQBell(redis_url))
    return street


def _work(redis_url):
    redis_queue.worker(redis_url).work(burst=True, with_scheduler=False, logging_level="ERROR")


def test_a_text_is_read_and_answered_through_redis(scaled, redis_url):
    scaled.post(BODY)
    _work(redis_url)
    [message] = scaled.all(Message)
    assert message.state is MessageState.DONE
    assert scaled.answered(message).startswith(message.reference)


def test_nothing_but_ids_stands_in_redis(scaled, redis_url):
    scaled.post(BODY)
    with Redis.from_url(redis_url) as redis:
        stored = b"".join(
            json.dumps({k.decode(): v.decode("latin-1") for k, v in redis.hgetall(key).items()}).encode()
            for key in redis.scan_iter("rq:job:*")
        )
    assert stored
    assert b"ANSONGO" not in stored
    assert b"+223" not in stored


# As docs/running.md has it.
COMMANDS = [
    "+@all",
    "-@dangerous",
    "-@scripting",
    "+info",
    "+eval",
    "+evalsha",
    "+script|load",
    "+client|setname",
    "+client|list",
]

FOREIGN = [
    ("os.system", ["touch {marker}"], JSONSerializer),
    ("builtins.exec", ["open('{marker}', 'w')"], JSONSerializer),
    ("workers.redis_queue.worker", ["redis://x"], JSONSerializer),
    ("os.system", ["touch {marker}"], PickleSerializer),
]


@pytest.mark.parametrize(("function", "arguments", "serializer"), FOREIGN)
def test_foreign_jobs_are_not_run_and_the_worker_goes_on(scaled, redis_url, tmp_path, function, arguments, serializer):
    marker = tmp_path / "marker"
    with Redis.from_url(redis_url) as redis:
        queue = Queue(QUEUE, connection=redis, serializer=serializer)
        queue.enqueue_call(function, args=[argument.format(marker=marker) for argument in arguments])
        redis.hset("rq:job:rubbish", "data", b"\x80rubbish")
        redis.rpush(f"rq:queue:{QUEUE}", "rubbish", "no-such-job")
    scaled.post(BODY)
    _work(redis_url)
    assert not marker.exists()
    assert len(scaled.all(Alert)) == 1


def test_callbacks_and_addresses_in_a_job_are_left_out(scaled, redis_url, tmp_path):
    marker = tmp_path / "marker"
    scaled.post(BODY)
    with Redis.from_url(redis_url) as redis:
        [key] = [key for key in redis.scan_iter("rq:job:*") if redis.type(key) == b"hash"]
        redis.hset(key, "success_callback_name", "os.system")
        redis.hset(key, "failure_callback_name", "os.system")
        job = redis_queue.OurJob.fetch(key.decode().rsplit(":", 1)[1], connection=redis, serializer=JSONSerializer)
        assert (job.success_callback, job.failure_callback, job.stopped_callback, job.webhooks) == (None,) * 3 + ([],)
        assert QueuedJob.fetch(job.id, connection=redis, serializer=JSONSerializer)._success_callback_name
    _work(redis_url)
    assert not marker.exists()
    assert len(scaled.all(Alert)) == 1


def test_a_job_runs_our_runner_and_nothing_else(redis_url):
    with Redis.from_url(redis_url) as redis:
        job = redis_queue.OurJob.create(dispatch.RUNNER, args=("read",), connection=redis, serializer=JSONSerializer)
        assert job.func is run_job
        job.func_name = "os.system"
        with pytest.raises(redis_queue.NotOurs):
            _ = job.func


def test_without_redis_a_message_is_taken_in_at_once_and_found_by_the_sweep(street):
    with services.redis_server() as server:
        bell = RQBell(server.url)
        dispatch.use(bell)
        server.stop()
        started = time.monotonic()
        for number in range(5):
            assert street.post(f"ENF REC {number + 1}G ANSONGO 14/11").status_code == 200
        assert time.monotonic() - started < 2
    dispatch.use(street.bell)
    assert sweep().rung == 1
    street.work()
    assert {message.state for message in street.all(Message)} == {MessageState.DONE}


def test_a_flushed_redis_loses_nothing(scaled, redis_url):
    scaled.post(BODY)
    with Redis.from_url(redis_url) as redis:
        redis.flushall()
    assert sweep().rung == 1
    _work(redis_url)
    assert len(scaled.all(Alert)) == 1
    with db.reading() as session:
        assert session.query(Message).one().state is MessageState.DONE


def test_however_many_messages_come_redis_holds_one_ring(scaled, redis_url):
    for number in range(40):
        scaled.post(BODY, f"+2237000{number:04}")
    with Redis.from_url(redis_url) as redis:
        assert redis.llen(f"rq:queue:{QUEUE}") == 1
        assert len(list(redis.scan_iter("rq:job:*"))) == 1
    _work(redis_url)
    assert {message.state for message in scaled.all(Message)} == {MessageState.DONE}
    assert len(scaled.all(Alert)) == 40


def test_who_comes_while_a_worker_looks_rings_anew(scaled, redis_url):
    bell, waiting = RQBell(redis_url), []
    with Redis.from_url(redis_url) as redis:
        for step in (bell.ring, bell.ring, bell.answer, bell.ring, bell.ring):
            step(Job.READ)
            waiting.append(redis.llen(f"rq:queue:{QUEUE}"))
    assert waiting == [1, 1, 1, 2, 2]


def test_a_ring_that_was_lost_with_its_mark_left_behind_is_missed_for_seconds_only(scaled, redis_url):
    bell = RQBell(redis_url)
    bell.ring(Job.READ)
    with Redis.from_url(redis_url) as redis:
        assert 0 < redis.ttl(f"rq:{QUEUE}:rung:read") <= dispatch.RUNG_SECONDS


def test_a_redis_that_hangs_holds_nobody_up(street):
    with services.redis_server() as server:
        dispatch.use(RQBell(server.url))
        server.process.send_signal(signal.SIGSTOP)
        try:
            started = time.monotonic()
            for number in range(5):
                assert street.post(f"ENF REC {number + 1}G ANSONGO 14/11").status_code == 200
                assert time.monotonic() - started < 1
        finally:
            server.process.send_signal(signal.SIGCONT)
    dispatch.use(street.bell)
    assert sweep().rung == 1


def test_a_redis_that_is_full_loses_the_ring_and_nothing_else(street):
    with services.redis_server() as server:
        with Redis.from_url(server.url) as redis:
            redis.config_set("maxmemory", "1")
        dispatch.use(RQBell(server.url))
        assert street.post(BODY).status_code == 200
    dispatch.use(street.bell)
    assert sweep().rung == 1


def test_redis_by_a_unix_socket_and_with_a_user_that_may_do_little(street):
    """The two ways that the documentation asks for, together."""
    with services.redis_server() as server:
        with Redis.from_url(server.url) as redis:
            redis.acl_setuser("lakana", enabled=True, nopass=True, keys=["rq:*"], channels=["rq:*"], commands=COMMANDS)
        url = f"unix://lakana:any@{server.folder}/redis.sock"
        dispatch.use(RQBell(url))
        street.post(BODY)
        _work(url)
        with Redis.from_url(url) as redis, pytest.raises(ResponseError):
            redis.flushall()
    dispatch.use(street.bell)
    assert [message.state for message in street.all(Message)] == [MessageState.DONE]


def test_without_its_bell_a_worker_does_by_itself_what_it_would_have_rung_for(street):
    with services.redis_server() as server:
        dispatch.use(RQBell(server.url))
        server.stop()
        street.post(BODY)
        for _ in range(2):
            schedule.sweep_or_do()
    dispatch.use(street.bell)
    [message] = street.all(Message)
    assert message.state is MessageState.DONE
    assert street.answered(message)


def test_a_worker_outlives_a_redis_that_goes_and_comes_back(tmp_path, street, make_settings):
    with services.redis_server() as server:
        environment = {
            **os.environ,
            "PYTHONPATH": str(tree.ROOT),
            "REDIS_URL": server.url,
            "LAKANA_HOME": str(tmp_path),
        }
        environment |= {"DATABASE_URL": db.engine().url.render_as_string(hide_password=False)}
        environment |= {"LAKANA_KEYS": str(make_settings().keys)}
        dispatch.use(RQBell(server.url))
        with subprocess.Popen([sys.executable, "-m", "workers"], env=environment, stderr=subprocess.DEVNULL) as worker:
            street.post(BODY)
            services.wait_until(lambda: _done(street) == 1, "the first was not read", seconds=60)
            server.stop()
            time.sleep(1)
            server.start()
            street.post(BODY, "+22370000002")
            services.wait_until(lambda: _done(street) == 2, "the second was not read", seconds=90)
            assert worker.poll() is None
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(60) == 0
    dispatch.use(street.bell)


def _done(street):
    return sum(message.state is MessageState.DONE for message in street.all(Message))
