"""Real servers for tests: PostgreSQL, Redis and Chromium, each started in a folder of its own and stopped again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
import redis
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql

START_SECONDS = 30

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # CI runs as root, where Chromium's own sandbox refuses to start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ProgramMissing(Exception):
    """A program the test needs is not on this machine."""


def find_program(*names: str) -> str:
    """The first of these programs that is installed; Debian keeps PostgreSQL's servers off the PATH."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    search = os.pathsep.join([os.environ.get("PATH", ""), *map(str, newest_first)])
    for name in names:
        if found := shutil.which(name, path=search):
            return found
    raise ProgramMissing(f"{' or '.join(names)} is not installed (scripts/test-programs installs it)")


def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_ready: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    """Asks again and again until the answer is yes; names what never came."""
    end = time.monotonic() + seconds
    while not is_ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} within {seconds} s")
        time.sleep(0.02)


def _server_account() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as an account that owns nothing here."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


@dataclass
class Postgres:
    """A PostgreSQL server that can be stopped, killed and started again by a test."""

    folder: Path
    port: int = field(default_factory=free_port)
    account: str | None = field(default_factory=_server_account)
    process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """Makes the cluster; whoever connects over the loopback is let in."""
        if self.account:
            shutil.chown(self.folder, self.account)
        command = [find_program("initdb"), "--pgdata", f"{self.folder}/data", "--username=lakana"]
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([*command, *options], check=True, capture_output=True, cwd=self.folder, user=self.account)

    def start(self) -> None:
        """Starts the server with the durability the product asks for."""
        chosen = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "synchronous_commit": "on",
            "max_connections": "200",
        }
        command = [find_program("postgres"), "-D", f"{self.folder}/data"]
        for name, value in chosen.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, user=self.account)
        wait_until(self._answers, f"PostgreSQL did not answer (see {self.folder}/log)")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops the server; open connections are cut, nothing committed is lost.

        SIGINT is PostgreSQL's "fast shutdown"; SIGQUIT its "immediate" one, after which it recovers as from a crash.
        """
        if self.process:
            self.process.send_signal(how)
            self.process.wait(START_SECONDS)
            self.process = None

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as SQLAlchemy wants it."""
        return f"postgresql+psycopg://lakana@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The name of a fresh database, dropped afterwards whoever is still connected."""
        name = f"test_{uuid4().hex}"
        # Copying files is the faster way from a small template, and known since PostgreSQL 15.
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        try:
            yield name
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(host="127.0.0.1", port=self.port, user="lakana", dbname="postgres", autocommit=True) as c:
            c.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _answers(self) -> bool:
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


@dataclass
class Redis:
    """A Redis server that keeps nothing on disk: the bell may be lost at any time, and tests do lose it."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address over the loopback."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Starts the server, empty."""
        network = ["--bind", "127.0.0.1", "--port", str(self.port), "--unixsocket", f"{self.folder}/redis.sock"]
        command = [find_program("redis-server"), *network, "--save", "", "--appendonly", "no"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        wait_until(self._answers, f"Redis did not answer (see {self.folder}/log)")

    def stop(self) -> None:
        """Stops the server; everything in it is gone."""
        if self.process:
            self.process.terminate()
            self.process.wait(START_SECONDS)
            self.process = None

    def empty(self) -> None:
        """Forgets every queue and key."""
        with redis.Redis.from_url(self.url) as connection:
            connection.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as connection:
                return bool(connection.ping())
        except redis.ConnectionError:
            return False


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL, gone without a trace afterwards."""
    with _folder("lakana-postgres-") as folder:
        server = Postgres(folder)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def redis_server() -> Iterator[Redis]:
    """A running Redis, gone without a trace afterwards."""
    with _folder("lakana-redis-") as folder:
        server = Redis(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, driven by Playwright; it asks nobody for anything on its own."""
    program = find_program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    """A short path: the name of a Unix socket may not be longer than 107 bytes, and pytest's folders are."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
