"""The points of death sleep unless armed, and production never arms one."""

import signal
import subprocess
import sys

import pytest

from gateway import failpoint
from gateway.errors import SettingWrong
from tests.conventions import tree


@pytest.mark.parametrize("text", ["elsewhere:0.5", "in_txn", "in_txn:", "in_txn:often", "in_txn:-1"])
def test_a_point_that_is_none_is_refused(text):
    with pytest.raises(SettingWrong):
        failpoint.arm(text, mode="development")


def test_production_is_never_armed():
    with pytest.raises(SettingWrong):
        failpoint.arm("in_txn:0.5", mode="production")
    failpoint.arm("", mode="production")


def test_every_point_is_passed_somewhere():
    text = "".join(path.read_text() for path in tree.modules("gateway", "workers"))
    assert [point for point in failpoint.POINTS if f'failpoint.hit("{point}")' not in text] == []


def test_an_armed_point_kills_and_the_others_do_not():
    code = (
        "from gateway import failpoint as f; f.arm('in_txn:1', mode='training'); f.hit('before_begin'); f.hit('in_txn')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tree.ROOT, env={"PYTHONPATH": str(tree.ROOT)})
    assert done.returncode == -signal.SIGKILL
