"""An invented Twilio account for development and training, so that signed webhooks work before there is a real one."""

import json
import secrets
from pathlib import Path

from gateway.settings import Settings
from gateway.vault.keyfile import KeysMissing, read_private, write_new


def path(settings: Settings) -> Path:
    """Where the invented account is kept."""
    return settings.home / "keys" / "development.json"


def make(settings: Settings) -> None:
    """Invents the account on the first start in development or training, if no real one is set."""
    if not _is_wanted(settings) or path(settings).exists():
        return
    path(settings).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    invented = {"sid": "AC" + secrets.token_hex(16), "token": secrets.token_hex(16)}
    write_new(path(settings), json.dumps(invented).encode())


def read(settings: Settings) -> tuple[str, str] | None:
    """The sid and the secret of the invented account; None in production, or where a real one is set."""
    if not _is_wanted(settings):
        return None
    try:
        invented = json.loads(read_private(path(settings)))
    except KeysMissing:
        return None
    return str(invented["sid"]), str(invented["token"])


def _is_wanted(settings: Settings) -> bool:
    return settings.is_simulator_open and not settings.twilio_auth_tokens
