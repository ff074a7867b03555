"""The two kinds of office under siege: one process with its file, or PostgreSQL, Redis and processes for each role."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests import services
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.running import LAKANA, Running
from tests.stand_ins.twilio_api import TwilioApi

ROLES = (("intake",), ("worker", "--processes", "2"))
FELL = b'"worker_fell"'


@dataclass
class Embedded:
    """Everything in one process."""

    home: Path
    api: TwilioApi
    failpoint: str
    database_url: str = ""

    def __post_init__(self) -> None:
        self.database_url = f"sqlite:///{self.home}/lakana.sqlite"
        settings = {"LAKANA_MODE": "development", "TWILIO_API_BASE": self.api.url, **twilio.ENVIRONMENT}
        self.running = Running(self.home, settings)
        settings = {"PUBLIC_URL": f"http://127.0.0.1:{self.running.intake_port}", "LAKANA_FAILPOINT": self.failpoint}
        self.running.settings |= settings

    def start(self) -> None:
        """Opens."""
        self.running.start()

    def revive(self) -> int:
        """Whoever runs this for a living starts it again when it falls; how many had fallen."""
        if not self.running.has_ended():
            return 0
        assert self.running.process
        assert self.running.process.returncode == -signal.SIGKILL
        self.running.start()
        return 1

    def stop(self) -> None:
        """Closes."""
        self.running.stop()


@dataclass
class Scale:
    """An intake and two workers, on servers of their own; `nemesis` does something to them every now and then."""

    home: Path
    api: TwilioApi
    failpoint: str
    database_url: str
    redis: services.Redis
    nemesis: Callable[["Scale"], int] | None = None
    roles: dict[tuple[str, ...], subprocess.Popen[bytes]] = field(default_factory=dict)
    fallen: int = 0
    struck_at: float = 0.0

    def __post_init__(self) -> None:
        self.running = Running(self.home, {**twilio.ENVIRONMENT, "DATABASE_URL": self.database_url})
        own = {"REDIS_URL": self.redis.url, "TWILIO_API_BASE": self.api.url, "LAKANA_MODE": "development"}
        self.running.settings |= own | {"PUBLIC_URL": f"http://127.0.0.1:{self.running.intake_port}"}
        assert self.running.lakana("db", "upgrade").returncode == 0
        self.running.settings["LAKANA_FAILPOINT"] = self.failpoint

    def start(self) -> None:
        """Opens."""
        for role in ROLES:
            self._start(role)
        services.wait_until(self.running.answers, "the intake did not answer", seconds=60)

    def revive(self) -> int:
        """Roles are started again here; workers by the one that started them, who says so in its log."""
        if self.nemesis and time.monotonic() > self.struck_at + 2:
            self.struck_at = time.monotonic()
            return self.nemesis(self)
        fallen = [role for role, process in self.roles.items() if process.poll() is not None]
        for role in fallen:
            self._start(role)
        told = sum(log.read_bytes().count(FELL) for log in self.home.glob("worker.log"))
        new, self.fallen = told - self.fallen, told
        return len(fallen) + new

    def stop(self) -> None:
        """Closes."""
        for process in self.roles.values():
            process.send_signal(signal.SIGTERM)
        for process in self.roles.values():
            process.wait(90)

    def _start(self, role: tuple[str, ...]) -> None:
        with (self.home / f"{role[0]}.log").open("ab") as log:
            self.roles[role] = subprocess.Popen([*LAKANA, *role], env=self.running.environment, stdout=log, stderr=log)


def strike(office: Scale) -> int:
    """The parent of the workers alone, one or all of its children, or everything in Redis; how many were killed."""
    parent = office.roles[ROLES[1]]
    children = _children(parent.pid)
    whom = random.choice(("parent", "child", "all", "flush", "redis"))
    if whom == "flush":
        office.redis.empty()
    elif whom == "redis":
        office.redis.stop()
        time.sleep(1)
        office.redis.start()
    killed = {"parent": [parent.pid], "child": children[:1], "all": [*children, parent.pid]}.get(whom, [])
    for process in killed:
        os.kill(process, signal.SIGKILL)
    return len(killed)


def _children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(each) for each in listed.read_text().split()] if listed.exists() else []
