"""Scale mode: RQ workers, one queue each, and beside them the schedule; `lakana worker` starts it."""

import logging
import os
import signal
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
from workers import redis_queue, rounds, schedule, suspect
from workers.shop import open_shop

_CHILD = (sys.executable, "-m", "workers", "child")
CHILD_SECONDS = 75  # longer than a job may take


def main(*, is_child: bool = False) -> int:
    """One worker process; the number of processes is the business of whoever starts them."""
    log.start()
    try:
        compiled.check()
        settings = load(os.environ)
        _open(settings)
    except LakanaError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    stopping = threading.Event()
    schedule.keep(stopping)
    rounds.keep(stopping, settings)
    suspect.warm(settings.codebook)
    if is_child:
        threading.Thread(target=_end_with, args=(os.getppid(), stopping), daemon=True).start()
    redis_queue.listen(settings.redis_url or "")
    stopping.set()
    suspect.cool()
    db.disconnect()
    return 0


def start_many(processes: int) -> int:
    """Several worker processes, ended together; one that falls is started again."""
    log.start()
    stop = StopSignal()
    running = [subprocess.Popen(_CHILD) for _ in range(processes)]
    while not stop.wait(1):
        if any(child.poll() == 2 for child in running):
            break
        running = [child if child.poll() is None else _again(child) for child in running]
    for child in running:
        child.terminate()
    codes = [child.wait(CHILD_SECONDS) for child in running]
    return 2 if 2 in codes else 0


def _again(fallen: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    log.event("worker_fell", level=logging.WARNING, id=fallen.pid, status=fallen.returncode)
    return subprocess.Popen(_CHILD)


def _end_with(parent: int, stopping: threading.Event) -> None:
    """Whoever started this process was killed: it would never be told to end."""
    while not stopping.wait(1):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return


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
    sys.exit(main(is_child=sys.argv[1:] == ["child"]))
