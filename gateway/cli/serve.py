"""Starting Lakana: everything in one process, or one role each."""

import os
import shutil
import sys
from collections.abc import Callable

import click

from gateway.cli import MISUSE
from gateway.errors import LakanaError, SettingWrong
from gateway.settings import Settings, load

THREADS = 16
MOST_PROCESSES = 4


@click.command()
def up() -> None:
    """Start everything in one process: the intake, the panel and the worker."""
    from gateway import standalone

    _or_one_line(lambda: standalone.run(load(os.environ)))


@click.command()
def intake() -> None:
    """Start the public intake alone (scale mode)."""
    _or_one_line(_intake)


@click.command()
def panel() -> None:
    """Start the officers' panel alone (scale mode)."""
    from admin import wsgi

    _or_one_line(lambda: _serve("admin.wsgi:application", wsgi.application, lambda s: s.panel_port))


@click.command()
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="How many side by side.")
def worker(processes: int) -> None:
    """Start workers that listen to Redis (scale mode)."""
    from workers import __main__ as workers

    sys.exit(workers.main() if processes == 1 else workers.start_many(processes))


def _or_one_line(start: Callable[[], None]) -> None:
    """Whatever keeps a server from starting is told in one line; nothing was changed by then."""
    try:
        start()
    except LakanaError as error:
        click.echo(f"lakana: {error}", err=True)
        sys.exit(MISUSE)


def _intake() -> None:
    _count_together(load(os.environ))
    from gateway import wsgi

    _serve("gateway.wsgi:application", wsgi.application, lambda s: s.intake_port)


def _count_together(settings: Settings) -> None:
    """Whichever process answers /metrics tells what all of them counted; the library looks here when it is loaded."""
    folder = settings.home / "metrics"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise SettingWrong("LAKANA_HOME", f"{settings.home} cannot be written to ({error.strerror})") from None
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _serve(target: str, make: Callable[[], object], port: Callable[[Settings], int]) -> None:
    """Serves with Granian, after the application was made once here, where its refusal can be read."""
    from granian.constants import Interfaces
    from granian.server import Server

    from gateway import standalone
    from gateway.records import db

    settings = load(os.environ)
    standalone.bound(settings.bind, port(settings)).close()
    make()
    # Two processes that write to one SQLite file keep one another waiting for seconds.
    processes = 1 if settings.database_url.startswith("sqlite") else min(os.cpu_count() or 1, MOST_PROCESSES)
    db.disconnect()
    Server(
        target,
        address=settings.bind,
        port=port(settings),
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        factory=True,
        log_access=False,
        workers_kill_timeout=20,
    ).serve()
