"""The program as a process of its own, started as a person starts it."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests import services
from tests.conventions import tree
from tests.stand_ins import twilio_webhooks as twilio

LAKANA = (sys.executable, "-c", "from gateway.cli import main; main()")


@dataclass
class Running:
    """`lakana up` on a folder; it can be stopped, killed and started again."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    intake_port: int = field(default_factory=services.free_port)
    panel_port: int = field(default_factory=services.free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the process and the commands beside it are told."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(tree.ROOT),
            "LAKANA_HOME": str(self.home),
            "LAKANA_INTAKE_PORT": str(self.intake_port),
            "LAKANA_PANEL_PORT": str(self.panel_port),
            "PUBLIC_URL": f"http://127.0.0.1:{self.intake_port}",
            **self.settings,
        }

    def start(self) -> None:
        """Starts the process, and waits until it answers or has given up."""
        with (self.home.parent / f"{self.home.name}.log").open("ab") as log:
            self.process = subprocess.Popen([*LAKANA, "up"], env=self.environment, stdout=log, stderr=log)
        services.wait_until(lambda: self.answers() or self.has_ended(), "lakana up did not answer")

    def answers(self) -> bool:
        """Whether the intake is there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.intake_port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self.process is None or self.process.poll() is not None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ends the process; its exit code."""
        assert self.process
        if not self.has_ended():
            self.process.send_signal(how)
        return self.process.wait(30)

    def lakana(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same folder."""
        environment = self.environment | settings
        return subprocess.run([*LAKANA, *arguments], env=environment, capture_output=True, text=True, timeout=60)

    def text(self, fields: dict[str, str]) -> int:
        """A signed text; the status, or 0 when nobody answered."""
        url = f"http://127.0.0.1:{self.intake_port}{twilio.SMS}"
        headers = {"X-Twilio-Signature": twilio.signature(url, fields.items())}
        try:
            with urllib.request.urlopen(
                urllib.request.Request(url, urlencode(fields).encode(), headers), timeout=15
            ) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError:
            return 0
