"""The throw-away folder of the demonstration: made anew at each start, and never anybody's real one."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gateway.errors import LakanaError, SettingWrong
from gateway.settings import Settings, load

DEFAULT = Path("var-demo")
MARKER = "this-is-a-lakana-demo"
# What would lead to somebody's real records; nothing of it is ever used, so whoever set it must know.
_NOT_OURS = ("DATABASE_URL", "REDIS_URL", "LAKANA_KEYS")
# What a demonstration may take from the environment; no account of a provider is among it: nothing leaves the machine.
_TAKEN = (
    "LAKANA_BIND",
    "LAKANA_INTAKE_PORT",
    "LAKANA_PANEL_PORT",
    "LAKANA_PANEL_URL",
    "LAKANA_TIMEZONE",
    "LAKANA_IDLE_MINUTES",
    "LAKANA_SESSION_HOURS",
)


class NotForDemo(LakanaError):
    """The folder is not for a demonstration; nothing was touched."""

    code = "not_for_demo"


def settings(environment: Mapping[str, str], folder: Path, *, mode: str = "training") -> Settings:
    """The settings of the demonstration in this folder; refuses where others would be passed over in silence."""
    for name in _NOT_OURS:
        if environment.get(name, "").strip():
            raise SettingWrong(name, "is set, but a demonstration has a database and keys of its own; unset it first")
    taken = {name: environment[name] for name in _TAKEN if environment.get(name)}
    return load(taken | {"LAKANA_HOME": str(folder), "LAKANA_MODE": mode})


def is_demo(folder: Path) -> bool:
    """Whether a demonstration made this folder."""
    return (folder / MARKER).is_file()


@contextmanager
def held(folder: Path, *, real_home: Path) -> Iterator[None]:
    """Empties the folder and keeps it for this process; a second demonstration in it is refused."""
    _refuse_others(folder, real_home)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / MARKER, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise NotForDemo(f"{folder}: a demonstration runs here already; stop it first") from None
    try:
        _empty(folder)
        yield
    finally:
        os.close(descriptor)


def _refuse_others(folder: Path, real_home: Path) -> None:
    if folder.resolve() in real_home.resolve().parents:
        raise NotForDemo(f"{folder}: holds the folder of the real records (LAKANA_HOME); choose another folder")
    if folder.exists() and not is_demo(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise NotForDemo(f"{folder}: not made by a demonstration, so it is not emptied; choose another folder")


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            entry.unlink()
