"""The embedded worker: one of several processes works, takes what was left behind, and is not held up by one text."""

import threading
import time

from gateway.dispatch import Job, LocalBell
from gateway.records.alert import Alert
from gateway.records.message import Message
from gateway.records.states import MessageState
from tests import services
from workers import in_process
from workers.in_process import InProcess

BODY = "ENF REC 3G ANSONGO 14/11"


def _is_done(street):
    return lambda: [message.state for message in street.all(Message)] == [MessageState.DONE]


def test_a_text_is_read_within_a_second(street, tmp_path):
    worker = InProcess(street.bell, tmp_path / "worker.lock")
    worker.start()
    try:
        street.post(BODY)
        services.wait_until(_is_done(street), "the text was not read", seconds=5)
    finally:
        worker.stop()


def test_it_takes_what_was_left_behind_without_a_ring(street, tmp_path):
    street.post(BODY)
    street.rung()
    worker = InProcess(street.bell, tmp_path / "worker.lock")
    worker.start()
    try:
        services.wait_until(_is_done(street), "the text was not found", seconds=5)
    finally:
        worker.stop()


def test_of_two_only_one_works_and_the_other_takes_over(street, tmp_path, monkeypatch):
    monkeypatch.setattr(in_process, "ELECTION_SECONDS", 0.1)
    first, second = (InProcess(LocalBell(), tmp_path / "worker.lock") for _ in range(2))
    first.start()
    services.wait_until(lambda: bool(first.threads), "nobody was elected")
    second.start()
    time.sleep(0.3)
    assert second.threads == {}
    first.stop()
    services.wait_until(lambda: bool(second.threads), "nobody took over")
    second.stop()


def test_a_text_that_holds_its_reader_does_not_hold_up_the_others(street, tmp_path, monkeypatch):
    release, done = threading.Event(), []

    def job(_job, _stopping):
        if not done:
            done.append("stuck")
            release.wait(20)
        done.append("next")

    monkeypatch.setattr(in_process, "STUCK_SECONDS", 0.2)
    monkeypatch.setattr(in_process, "SWEEP_SECONDS", 0.1)
    worker = InProcess(street.bell, tmp_path / "worker.lock", run=job)
    street.bell.ring(Job.READ)
    worker.start()
    try:
        services.wait_until(lambda: "stuck" in done, "the first was not taken up", seconds=5)
        street.bell.ring(Job.READ)
        services.wait_until(lambda: "next" in done, "the next was held up", seconds=5)
    finally:
        release.set()
        worker.stop()
    assert street.all(Alert) == []
