"""What is due by the clock goes on being done, whatever happens to it once."""

import threading

from sqlalchemy.exc import OperationalError

from gateway.vault.current import VaultLocked
from tests import services
from workers import schedule


def test_a_task_that_fails_is_done_again(sqlite_database):
    errors = iter([OperationalError("SELECT", None, Exception()), VaultLocked("locked"), OSError(28, "full")])
    done = threading.Event()

    def task():
        for error in errors:
            raise error
        done.set()

    stopping = threading.Event()
    threads = schedule.keep(stopping, {"task": (0.01, task)})
    services.wait_until(done.is_set, "the task was given up", seconds=5)
    stopping.set()
    for thread in threads:
        thread.join(5)
    assert not any(thread.is_alive() for thread in threads)


def test_what_embedded_mode_does_is_part_of_it():
    assert schedule.EMBEDDED.items() <= schedule.EVERY.items()
