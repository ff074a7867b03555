"""What is to be done by one worker at a time is done by one, on either kind of database."""

import os
import signal
import subprocess
import sys

from gateway.records.alone import alone
from tests.conventions import tree

HOLDS = """
import sys
from gateway.records import db
from gateway.records.alone import alone
db.connect(sys.argv[1])
with alone("sweep") as is_alone:
    print(is_alone, flush=True)
    sys.stdin.read()
"""


def test_the_second_goes_on_without_waiting(database):
    with alone("sweep") as first, alone("sweep") as second, alone("other") as other:
        assert [first, second, other] == [True, False, True]
    with alone("sweep") as again:
        assert again


def test_whoever_dies_inside_leaves_it_free(database, migrated_database_url):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, migrated_database_url],
        env={**os.environ, "PYTHONPATH": str(tree.ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "True\n"
        with alone("sweep") as while_held:
            assert not while_held
        process.send_signal(signal.SIGKILL)
        process.wait()
    with alone("sweep") as after:
        assert after
