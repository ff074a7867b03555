"""The cookies of the panel, and the keys behind them: one place for their names and flags."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from gateway.settings import Settings
from gateway.trust.keyed import fingerprint
from gateway.trust.sessions import Limits
from gateway.vault.current import VaultLocked

_ANONYMOUS = re.compile(r"anyone-[A-Za-z0-9_-]{43}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Jar:
    """What the settings decide about cookies."""

    prefix: str
    is_secure: bool
    forms_key: bytes
    limits: Limits


def prepare(app: Flask, settings: Settings) -> None:
    """Decides names, flags and keys once, at the start."""
    # A browser takes a __Host- cookie over https only; plain http exists on this machine itself alone.
    is_secure = settings.panel_url.startswith("https:")
    prefix = "__Host-lakana" if is_secure else "lakana"
    app.secret_key = settings.secret_key or _own_key("notices")
    app.config.update(
        SESSION_COOKIE_NAME=f"{prefix}-notice",  # Flask's own cookie: short confirmations, nothing else
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    forms_key = hmac.digest((settings.secret_key or _own_key("forms")).encode(), b"forms", "sha256")
    limits = Limits(idle=timedelta(minutes=settings.idle_minutes), absolute=timedelta(hours=settings.session_hours))
    app.extensions["lakana_jar"] = Jar(prefix, is_secure, forms_key, limits)


def jar() -> Jar:
    """What was decided at the start."""
    found: Jar = current_app.extensions["lakana_jar"]
    return found


def limits() -> Limits:
    """How long sessions last."""
    return jar().limits


def session_token() -> str | None:
    """The token the browser sent, if it has the shape of one."""
    sent = request.cookies.get(jar().prefix, "")
    return sent if _TOKEN.fullmatch(sent) or _ANONYMOUS.fullmatch(sent) else None


def is_anonymous(token: str) -> bool:
    """Whether this is the token of somebody who has not signed in: it binds forms and opens nothing."""
    return _ANONYMOUS.fullmatch(token) is not None


def form_token() -> str:
    """What every form carries: it fits this browser's cookie and no other."""
    return _mac(_binding_token())


def is_form_token(sent: str) -> bool:
    """Whether a form came from a page that this very browser was given."""
    token = session_token()
    if token is None or (g.browser is None and not is_anonymous(token)):
        return False  # the session has ended since the page was made
    return hmac.compare_digest(_mac(token).encode(), sent.encode("utf-8", "replace"))


def give_session(token: str) -> None:
    """Hands the token of a new session to the browser, and binds the forms of this answer to it."""
    g.new_token = token


def settle(response: Response) -> None:
    """After each request: the browser gets the token that the forms it was shown are bound to."""
    if g.get("new_token"):
        _set(response, "", g.new_token)


def forget(response: Response) -> None:
    """After signing out nothing of the session stays in the browser."""
    response.delete_cookie(jar().prefix, secure=jar().is_secure, httponly=True, samesite="Strict")
    # Not "cookies": that would take those of the whole domain, and with them that this browser is known here.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def known_device(account: str) -> str | None:
    """The id of this browser, if this account was signed in here before."""
    device, _, mac = request.cookies.get(f"{jar().prefix}-device", "").partition(".")
    is_genuine = bool(mac) and hmac.compare_digest(
        _device_mac(account, device).encode(), mac.encode("utf-8", "replace")
    )
    return device if is_genuine else None


def remember_device(response: Response, account: str) -> None:
    """So that a flood of guesses from elsewhere cannot keep this officer waiting; opens nothing by itself."""
    device = known_device(account) or secrets.token_hex(16)
    _set(response, "-device", f"{device}.{_device_mac(account, device)}", lasting=True)


def chosen_language() -> str | None:
    """The language chosen before signing in."""
    return request.cookies.get(f"{jar().prefix}-language")


def remember_language(response: Response, language: str) -> None:
    """Keeps the choice of somebody who has not signed in."""
    _set(response, "-language", language, lasting=True)


def _binding_token() -> str:
    token = session_token()
    if not g.get("new_token"):
        if token is not None and (g.browser is not None or is_anonymous(token)):
            return token
        g.new_token = f"anyone-{secrets.token_urlsafe(32)}"
    new: str = g.new_token
    return new


def _mac(token: str) -> str:
    return hmac.digest(jar().forms_key, token.encode(), "sha256").hex()


def _device_mac(account: str, device: str) -> str:
    return fingerprint("device", f"{account}|{device}").hex()


def _set(response: Response, name: str, value: str, *, lasting: bool = False) -> None:
    response.set_cookie(
        jar().prefix + name,
        value,
        max_age=_A_YEAR if lasting else None,
        secure=jar().is_secure,
        httponly=True,
        samesite="Strict",
    )


def _own_key(purpose: str) -> str:
    try:
        return fingerprint(f"panel {purpose}", "").hex()  # every panel process with the same key file has the same
    except VaultLocked:
        return secrets.token_hex(32)
