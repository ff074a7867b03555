"""Starts the product and the floor as they are started in service: same server, same processes, same threads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from gateway.errors import LakanaError

START_SECONDS = 30.0
_PRODUCT = "from gateway.cli import main; main()"
_FLOOR = """
import sys
from granian.constants import Interfaces
from granian.server import Server
Server("gateway.cli.bench.floor:create_floor", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI,
       workers=int(sys.argv[2]), blocking_threads=int(sys.argv[3]), factory=True, log_access=False).serve()
"""


class BenchFailed(LakanaError):
    """A figure that cannot be trusted is not printed."""

    code = "bench_failed"


def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def product(port: int, settings: Mapping[str, str], role: str = "intake") -> Iterator[None]:
    """`lakana intake`, or everything in one process, with these settings and no others."""
    with _running([sys.executable, "-c", _PRODUCT, role], {**settings, "LAKANA_INTAKE_PORT": str(port)}, port):
        yield


@contextmanager
def floor(port: int, settings: Mapping[str, str], *, processes: int, threads: int) -> Iterator[None]:
    """The naive view, on the same server."""
    with _running([sys.executable, "-c", _FLOOR, str(port), str(processes), str(threads)], settings, port):
        yield


@contextmanager
def workers(processes: int, settings: Mapping[str, str]) -> Iterator[None]:
    """`lakana worker`, which has no port to wait for."""
    with _running([sys.executable, "-c", _PRODUCT, "worker", "--processes", str(processes)], settings, None):
        yield


@contextmanager
def _running(command: list[str], settings: Mapping[str, str], port: int | None) -> Iterator[None]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}
    process = subprocess.Popen(command, env={**kept, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if port is not None:
            _wait(process, port)
        yield
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise BenchFailed(f"a server did not start on port {port}; `lakana doctor` may say why")
