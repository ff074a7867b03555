"""A stop that comes at the worst moment is not missed."""

import subprocess
import sys

from tests.conventions import tree

# A signal at a random moment around the beginning of the wait, many times; a wait that misses one never ends.
STORM = """
import faulthandler, random, signal
from gateway.stop_signal import StopSignal

signal.signal(signal.SIGALRM, lambda *_: None)
faulthandler.dump_traceback_later(30, exit=True)
chance = random.Random(1)
for _ in range(3000):
    stop = StopSignal()
    signal.signal(signal.SIGALRM, signal.getsignal(signal.SIGTERM))
    signal.setitimer(signal.ITIMER_REAL, chance.uniform(1e-6, 4e-5))
    assert stop.wait()
print("none missed")
"""


def test_no_stop_is_missed():
    done = subprocess.run([sys.executable, "-c", STORM], capture_output=True, text=True, timeout=60, cwd=tree.ROOT)
    assert done.stdout == "none missed\n", done.stderr[-1000:]


def test_waiting_ends_without_a_signal():
    waited = "from gateway.stop_signal import StopSignal; print(StopSignal().wait(0.01))"
    done = subprocess.run([sys.executable, "-c", waited], capture_output=True, text=True, timeout=60, cwd=tree.ROOT)
    assert done.stdout == "False\n", done.stderr
