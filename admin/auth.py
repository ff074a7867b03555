"""Who may open which page: a view without one of these decorators keeps the whole application from starting."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from admin import cookies
from gateway import clock
from gateway.errors import LakanaError, Refused
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.officer import Officer
from gateway.trust import sessions
from gateway.trust.sessions import Browser

_View = TypeVar("_View", bound=Callable[..., Any])
_MARK = "_lakana_door"
# With a one-time password nothing is open but the way to a password of one's own.
_BEFORE_OWN_PASSWORD = ("account.password", "account.change_password", "sign_in.leave", "language.choose")


class Undeclared(LakanaError):
    """A view does not say who may open it."""

    code = "undeclared_view"


class For(StrEnum):
    """Whom a page is open to."""

    ALL = "all"
    HALF_SIGNED_IN = "half_signed_in"
    SIGNED_IN = "signed_in"
    ROLES = "roles"


@dataclass(frozen=True)
class Door:
    """What a decorator says of a view."""

    open_for: For
    roles: tuple[Role, ...] = ()

    def lets_in(self, officer: Officer) -> bool:
        """Whether a signed-in officer may pass."""
        return not self.roles or officer.has_role(*self.roles)


def open_to_all(view: _View) -> _View:
    """Open without signing in."""
    return _marked(view, Door(For.ALL))


def half_signed_in(view: _View) -> _View:
    """Open to those whose password was right and whose code is still awaited."""
    return _marked(view, Door(For.HALF_SIGNED_IN))


def signed_in(view: _View) -> _View:
    """Open to every officer."""
    return _marked(view, Door(For.SIGNED_IN))


def for_roles(*roles: Role) -> Callable[[_View], _View]:
    """Open to officers who hold at least one of these roles."""
    if not roles:
        raise Undeclared("for_roles() needs a role")
    return lambda view: _marked(view, Door(For.ROLES, roles))


def door_of(endpoint: str) -> Door | None:
    """What the view behind an endpoint declares."""
    door: Door | None = getattr(current_app.view_functions.get(endpoint), _MARK, None)
    return door


def check_every_door(app: Flask) -> None:
    """Refuses to start with a view that declares nothing."""
    closed = [rule.rule for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], _MARK)]
    if closed:
        raise Undeclared(f"no one is said to be let in to {', '.join(sorted(closed))}; see admin/auth.py")


def current_browser() -> Browser:
    """The signed-in, or half signed-in, browser of this request."""
    browser: Browser | None = g.browser
    if browser is None:
        raise Refused("not signed in")
    return browser


def current_officer() -> Officer:
    """The officer of this request; only behind a door that asks for one."""
    browser = current_browser()
    if browser.is_pending:
        raise Refused("not signed in")
    return browser.officer


def recognise() -> None:
    """Before each request: whose browser is this?"""
    g.browser = None
    token = cookies.session_token()
    if request.endpoint == "static" or token is None or cookies.is_anonymous(token):
        return
    now = clock.now()
    with reading() as session:
        g.browser = sessions.find(session, token, limits=cookies.limits(), now=now)
    # What a page fetches on its own does not keep an empty chair signed in.
    is_person = request.headers.get("Sec-Fetch-Dest") != "empty"
    if g.browser and is_person and now - g.browser.seen_at >= sessions.NOTED_EVERY:
        with transaction() as session:
            sessions.note_activity(session, g.browser, now=now)


def guard() -> AnyResponse | None:
    """Before each request: may they pass?"""
    if request.endpoint is None:
        return None  # no such page; the answer is the same for everybody
    door = door_of(request.endpoint)
    if door is None:
        abort(404)
    if door.open_for is For.ALL:
        return None
    browser: Browser | None = g.browser
    if browser is None or browser.is_pending is not (door.open_for is For.HALF_SIGNED_IN):
        return _to_the_door()
    if door.open_for is For.HALF_SIGNED_IN:
        return None
    if browser.officer.must_change_password and request.endpoint not in _BEFORE_OWN_PASSWORD:
        return redirect(url_for("account.password"), 303)
    if not door.lets_in(browser.officer):
        raise Refused("not_your_role")
    return None


def safe_next(wanted: str | None) -> str:
    """A path of our own to go on to, or the front page; never another site."""
    front = url_for("home.front")
    if not wanted or not wanted.startswith("/") or len(wanted) > 500 or not wanted.isprintable():
        return front
    # Browsers read a backslash as a slash, and // as another host.
    if wanted.startswith("//") or "\\" in wanted:
        return front
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return front
    return wanted if not parts.scheme and not parts.netloc else front


def _to_the_door() -> AnyResponse:
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return Response(status=401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("sign_in.password", next=wanted), 303)


def _marked(view: _View, door: Door) -> _View:
    setattr(view, _MARK, door)
    return view
