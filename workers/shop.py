"""What the jobs of this process work with: put in once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway import codebook
from gateway.casework.office import Office, office
from gateway.channels.contract import ProviderLog, Sender
from gateway.channels.registry import logs, senders
from gateway.errors import LakanaError
from gateway.settings import Settings


class NotOpen(LakanaError):
    """A job was run in a process that was never set up as a worker."""

    code = "not_open"


@dataclass(frozen=True)
class Shop:
    """The deployment's decisions, and who carries its replies."""

    office: Office
    senders: Mapping[str, Sender]
    spool: Path | None = None
    logs: tuple[ProviderLog, ...] = ()


_shop: Shop | None = None


def open_shop(settings: Settings) -> Shop:
    """Sets this process up as a worker; the database and the keys are opened by its entry point."""
    codebook.use(settings.codebook)
    return use(
        Shop(office(settings), senders(settings), settings.spool if settings.has_spool else None, logs(settings))
    )


def use(shop: Shop) -> Shop:
    """From now on the jobs of this process work with this."""
    global _shop
    _shop = shop
    return shop


def shop() -> Shop:
    """What this process works with."""
    if _shop is None:
        raise NotOpen("this process was not set up as a worker")
    return _shop
