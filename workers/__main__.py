"""Scale mode: RQ workers, one queue each, and beside them the schedule; `lakana worker` starts it."""

import os
import subprocess
import sys
import threading

from gateway import codebook, compiled, dispatch, failpoint, log
from gateway.errors import LakanaError, SettingWrong
from gateway.records import db
from gateway.settings import Settings, load
from gateway.stop_signal import StopSignal
from gateway.vault import current
from gateway.vault.keyring import load_keyring
from workers import redis_queue, rounds, schedule
from workers.shop import open_shop

CHILD_SECONDS = 75  # longer than a job may take


def main() -> int:
    """One worker process; the number of processes is the business of whoever starts them."""
    log.start()
    try:
        compiled.check()
        settings = load(os.environ)
        _open(settings)
        worker = redis_queue.worker(settings.redis_url or "")
    except LakanaError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    stopping = threading.Event()
    schedule.keep(stopping)
    rounds.keep(stopping, settings)
    worker.work(with_scheduler=False, logging_level="WARNING")
    stopping.set()
    db.disconnect()
    return 0


def start_many(processes: int) -> int:
    """Several worker processes, ended together; one that falls is started again."""
    command = [sys.executable, "-m", "workers"]
    stop = StopSignal()
    running = [subprocess.Popen(command) for _ in range(processes)]
    while not stop.wait(1):
        if any(child.poll() == 2 for child in running):
            break
        running = [child if child.poll() is None else subprocess.Popen(command) for child in running]
    for child in running:
        child.terminate()
    codes = [child.wait(CHILD_SECONDS) for child in running]
    return 2 if 2 in codes else 0


def _open(settings: Settings) -> None:
    if not settings.redis_url:
        raise SettingWrong("REDIS_URL", "must be set for workers of their own; without it `lakana up` does their work")
    codebook.ready(settings.codebook)
    failpoint.arm(os.environ.get("LAKANA_FAILPOINT", ""), mode=settings.mode)
    current.unlock(load_keyring(settings.keys))
    db.connect(settings.database_url)
    dispatch.choose(settings)
    open_shop(settings)


if __name__ == "__main__":
    sys.exit(main())
