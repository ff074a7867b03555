"""The edition of the vocabulary: one short code for all that decides how a text is read, today and here."""

import hashlib
from functools import cache
from pathlib import Path

from parsers.codebook.reader import BUILT_IN

LENGTH = 16
_PARSERS = BUILT_IN.parent
_VOCABULARY = (".toml", ".csv")


@cache
def edition(folder: Path | None = None) -> str:
    """Changes with every word of the built-in codebook and of a deployment's own folder, and with the parsers.

    The parsers' own source counts, since a number somebody has to raise by hand is forgotten.
    """
    digest = hashlib.sha256()
    _add(digest, _PARSERS, (".py", *_VOCABULARY))
    if folder is not None:
        _add(digest, folder, _VOCABULARY)
    return digest.hexdigest()[:LENGTH]


def _add(digest: "hashlib._Hash", root: Path, endings: tuple[str, ...]) -> None:
    for path in sorted(path for path in root.rglob("*") if path.suffix in endings and path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)}:{len(content)}:".encode())
        digest.update(content)
