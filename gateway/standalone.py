"""Embedded mode: both applications, the worker and the sweep in one process, with nothing else to install.

Everything that could refuse the start is asked before anything is changed: codebook, folder, ports, database, keys.
"""

import os
import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from waitress.server import BaseWSGIServer, create_server
from waitress.wasyncore import dispatcher

from admin.app import create_app
from gateway import clock, codebook, dispatch, failpoint, log
from gateway.channels import development
from gateway.channels.registry import twilio_account
from gateway.dispatch import LocalBell
from gateway.errors import LakanaError, SettingWrong
from gateway.records import db, schema
from gateway.settings import Settings
from gateway.stop_signal import StopSignal
from gateway.trust import accounts, first_keys
from gateway.vault import current
from gateway.vault.keyring import load_inbox_keys
from gateway.web import draining
from gateway.web.app import create_intake
from workers import rounds, schedule
from workers.in_process import InProcess
from workers.shop import open_shop

INTAKE_THREADS = 16
PANEL_THREADS = 8
HEADER_BYTES = 32 * 1024
SLOWEST_SECONDS = 30
LAST_ANSWERS_SECONDS = 10


class NotStarted(LakanaError):
    """Something on this machine stands in the way."""

    code = "not_started"


@dataclass(frozen=True)
class FirstSignIn:
    """What the first administrator needs, shown once."""

    name: str
    password: str


def run(settings: Settings) -> None:
    """Starts, serves until Ctrl-C or SIGTERM, and stops without losing anything."""
    failpoint.arm(os.environ.get("LAKANA_FAILPOINT", ""), mode=settings.mode)
    log.start()
    twilio_account(settings)  # refuses half an account before an administrator's password is shown in vain
    codebook.ready(settings.codebook)
    _check_folder(settings)
    sockets = [bound(settings.bind, port) for port in (settings.intake_port, settings.panel_port)]
    try:
        first = _prepare(settings)
        _run(settings, sockets, first)
    finally:
        db.disconnect()
    _say("Stopped.")


def _run(settings: Settings, sockets: Sequence[socket.socket], first: FirstSignIn | None) -> None:
    bell = dispatch.choose(settings)
    open_shop(settings)
    is_a_file = settings.database_url.startswith("sqlite")  # a server's database may have workers elsewhere too
    lock = settings.home / "worker.lock"
    worker = InProcess(bell, lock, owns_database=is_a_file) if isinstance(bell, LocalBell) else None
    servers = [
        _server(create_intake(settings), sockets[0], INTAKE_THREADS),
        _server(create_app(settings), sockets[1], PANEL_THREADS),
    ]
    if settings.has_spool:
        draining.keep(settings.spool, load_inbox_keys(settings.keys))
    stopping = threading.Event()
    if worker:
        worker.start()
        schedule.keep(worker.stopping, schedule.EMBEDDED)
    rounds.keep(stopping, settings)
    _serve(servers, settings, first)
    stopping.set()
    if worker:
        worker.stop()


def bound(address: str, port: int) -> socket.socket:
    """A socket on this port, or one line that says who has it."""
    taken = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((address, port))
        taken.listen(1024)
    except OSError as error:
        taken.close()
        reason = "another program uses it" if error.errno == 98 else (error.strerror or "cannot be used")
        raise NotStarted(f"port {port} on {address}: {reason}; set LAKANA_INTAKE_PORT or LAKANA_PANEL_PORT") from None
    return taken


def _check_folder(settings: Settings) -> None:
    probe = settings.home / f".probe-{os.getpid()}"
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingWrong("LAKANA_HOME", f"{settings.home} cannot be written to ({error.strerror})") from None


def _prepare(settings: Settings) -> FirstSignIn | None:
    """The database at this release's schema, the keys open, and somebody who can sign in."""
    engine = db.connect(settings.database_url)
    try:
        keyring = first_keys.open_or_make(settings, engine)
        schema.upgrade(engine)
    except SQLAlchemyError as error:
        told = str(getattr(error, "orig", error)).strip().splitlines()
        raise NotStarted(f"the database cannot be used: {told[0] if told else type(error).__name__}") from None
    current.unlock(keyring)
    development.make(settings)
    with db.transaction() as session:
        added = accounts.add_first_administrator(session, now=clock.now())
    return FirstSignIn(added[0].name, added[1]) if added else None


def _server(app: Flask, taken: socket.socket, threads: int) -> BaseWSGIServer:
    server = create_server(
        app,
        sockets=[taken],
        threads=threads,
        ident=None,
        max_request_header_size=HEADER_BYTES,
        channel_timeout=SLOWEST_SECONDS,
        connection_limit=500,
        clear_untrusted_proxy_headers=False,
    )
    return cast(BaseWSGIServer, server)  # one socket, one server


def _serve(servers: list[BaseWSGIServer], settings: Settings, first: FirstSignIn | None) -> None:
    stop = StopSignal()
    for server in servers:
        threading.Thread(target=server.run, daemon=True).start()
    _welcome(settings, first)
    stop.wait()
    for server in servers:
        # Inside its own loop: a socket that is closed under a waiting select() ends in a traceback.
        trigger: Any = server.trigger
        trigger.pull_trigger(partial(dispatcher.close, server))
    for server in servers:
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=LAST_ANSWERS_SECONDS)


def _welcome(settings: Settings, first: FirstSignIn | None) -> None:
    intake = f"http://{settings.bind}:{settings.intake_port}"
    _say(f"Lakana is running ({settings.mode}). Ctrl-C stops it; everything is kept in {settings.home}.")
    _say(f"  Officers' panel  {settings.panel_url}")
    _say(f"  Public intake    {intake}   (the provider calls {settings.public_url}/twilio/sms)")
    if settings.is_simulator_open:
        _say(f"  Simulator        {settings.panel_url}/simulator")
        _say(f'  Try              {sys.argv[0]} simulate --from +22370000001 "ENF REC 3G ANSONGO 14/11"')
    if first:
        _say(f"  First sign-in    name {first.name}   one-time password {first.password}")
        minutes = accounts.ONE_TIME_LASTS.seconds // 60
        _say(f"                   It works once, within {minutes} minutes; then start anew. Signing in asks for a new")
        _say("                   password and a code from a phone app.")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  this is the person at the terminal, not the log
