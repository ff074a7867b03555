"""Is it alive, is it ready, what has it counted."""

import hmac
import ipaddress
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta

from flask import Blueprint, Response, abort, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from gateway import clock
from gateway.casework import backlog, figures
from gateway.errors import LakanaError
from gateway.records import db, schema
from gateway.vault.keyring import public_path
from gateway.web.door import door

blueprint = Blueprint("health", __name__)

MOST_DISK_USED = 0.9
LEAST_DISK_FREE = 100 * 1024 * 1024
LONGEST_UNREAD = timedelta(minutes=5)


@blueprint.get("/healthz")
def healthz() -> Response:
    """This process answers; nothing else is asked."""
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Whether messages can be stored and are being read, part by part."""
    found = {name: _holds(check) for name, check in CHECKS.items()}
    is_ready = all(found.values())
    return jsonify(ready=is_ready, **{name: "ok" if ok else "failed" for name, ok in found.items()}), (
        200 if is_ready else 503
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counters for Prometheus; from this machine itself, or with the token."""
    if not (_has_token() or _is_local()):
        abort(403)
    try:
        with db.reading() as session:
            found = figures.take(session, spool=door().settings.spool, now=clock.now())
    except (SQLAlchemyError, LakanaError):
        found = None  # the counters are asked for most when something is away
    return Response(door().metrics.written(found, disk_used=_disk_used()), content_type=CONTENT_TYPE_LATEST)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (SQLAlchemyError, LakanaError, OSError):
        return False


def _database() -> bool:
    with db.reading() as session:
        backlog.count(session, now=clock.now())
    return True


def _schema() -> bool:
    return schema.state(db.engine()) is schema.SchemaState.CURRENT


def _disk() -> bool:
    return shutil.disk_usage(door().settings.home).free > LEAST_DISK_FREE and _disk_used() < MOST_DISK_USED


def _disk_used() -> float:
    usage = shutil.disk_usage(door().settings.home)
    return usage.used / (usage.used + usage.free)


def _backlog() -> bool:
    with db.reading() as session:
        return backlog.count(session, now=clock.now()).oldest_unread < LONGEST_UNREAD


def _keys() -> bool:
    return public_path(door().settings.keys).is_file()


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": _database,
    "schema": _schema,
    "disk": _disk,
    "backlog": _backlog,
    "keys": _keys,
}


def _has_token() -> bool:
    token = door().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _is_local() -> bool:
    """Behind a proxy everybody seems local, so a request that was passed on is not."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    return ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104  an absent address
