"""Files that a command makes: whole or not at all."""

import os
from pathlib import Path

from gateway.errors import SettingWrong


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside the file and moves it into place, so that nobody ever finds half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SettingWrong(str(path), f"cannot be written ({error.strerror})") from None
