"""A whole office for a browser: `lakana up` in a process of its own, and officers who sign in as people do."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from gateway.records import db
from gateway.records.codes import Role
from gateway.vault import current
from gateway.vault.keyring import load_keyring
from tests import services
from tests.make import officer as make_officer

COMMAND = [sys.executable, "-c", "from gateway.cli import main; main()"]
ROOT = Path(__file__).parents[2]


@dataclass
class Office:
    """A running Lakana: its folder and its two ports."""

    home: Path
    intake_port: int = field(default_factory=services.free_port)
    panel_port: int = field(default_factory=services.free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def panel(self) -> str:
        """The officers' address."""
        return f"http://127.0.0.1:{self.panel_port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told, and nothing else."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {
            "LAKANA_HOME": str(self.home),
            "LAKANA_MODE": "development",
            "LAKANA_INTAKE_PORT": str(self.intake_port),
            "LAKANA_PANEL_PORT": str(self.panel_port),
            "PYTHONPATH": str(ROOT),
        }

    def start(self) -> None:
        """As `make run` does."""
        with (self.home / "output").open("wb") as output:
            self.process = subprocess.Popen([*COMMAND, "up"], env=self.environment, stdout=output, stderr=output)
        services.wait_until(lambda: b"Lakana is running" in (self.home / "output").read_bytes(), "lakana up is not up")

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process:
            self.process.terminate()
            self.process.wait(services.START_SECONDS)

    def lakana(self, *arguments: str) -> str:
        """What a command of ours prints."""
        done = subprocess.run([*COMMAND, *arguments], env=self.environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for the tests of a file; this process sees its database too."""
    with opened(Office(tmp_path_factory.mktemp("office"))) as running:
        yield running


@contextmanager
def opened(running: Office) -> Iterator[Office]:
    """A running office whose database and keys this process has too."""
    running.start()
    db.connect(f"sqlite:///{running.home / 'lakana.sqlite'}")
    current.unlock(load_keyring(running.home / "keys" / "lakana.keys"))
    try:
        yield running
    finally:
        db.disconnect()
        current.lock()
        running.stop()


@dataclass
class Desk:
    """An officer at a browser of their own, with everything their page complained of."""

    context: BrowserContext
    page: Page
    complaints: list[str]


@pytest.fixture
def sign_in(office: Office, browser: Browser) -> Iterator[Callable[..., Desk]]:
    """sign_in(name, role, ..., regions=(...)): through the door, with password and code."""
    contexts: list[BrowserContext] = []

    def through_the_door(name: str, *roles: Role, regions: tuple[str, ...] = (), language: str = "fr") -> Desk:
        with db.transaction() as session:
            made = make_officer.officer(
                session, name=name, display_name=name.title(), roles=roles, regions=regions, language=language
            )
            seed = made.totp_seed or ""
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{office.panel}/sign-in")
        page.fill("input[name=name]", name)
        page.fill("input[name=password]", make_officer.PASSWORD)
        page.click("main form button.button")
        page.fill("input[name=code]", pyotp.TOTP(seed).now())
        page.click("main form button.button")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return Desk(contexts[-1], page, complaints)

    yield through_the_door
    for context in contexts:
        context.close()
