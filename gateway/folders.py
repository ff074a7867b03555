"""Where a deployment's own codebook stands: known without reading all the settings, for a parse starts in a moment."""

from collections.abc import Mapping
from pathlib import Path

from gateway.errors import SettingWrong

NAME = "LAKANA_CODEBOOK"


def codebook(environment: Mapping[str, str]) -> Path | None:
    """The folder that is named, else `codebook` under LAKANA_HOME when it is there; None is what is built in."""
    folder = codebook_home(environment)
    if folder.is_dir():
        return folder
    if environment.get(NAME, "").strip():
        raise SettingWrong(NAME, "there is no such folder")
    return None


def codebook_home(environment: Mapping[str, str]) -> Path:
    """Where the deployment's own codebook stands, or will stand once there is one."""
    named, home = (environment.get(name, "").strip() for name in (NAME, "LAKANA_HOME"))
    return Path(named or Path(home or "./var") / "codebook").expanduser().absolute()
