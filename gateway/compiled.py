"""The compiled parser: whether there is one, and whether it was made from the source that stands beside it."""

from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from zlib import crc32

from gateway.errors import LakanaError

PARSERS = Path(__file__).resolve().parent.parent / "parsers"
STAMP = PARSERS / "compiled.stamp"
LIBRARY = PARSERS / f"compiled__mypyc{EXTENSION_SUFFIXES[0]}"
# What every text goes through. Left out: what is read once at the start, what callers hold in their hands, and a kind
# of text (compiled classes cannot be one).
CODEBOOK = ("book", "gazetteer", "numbered", "phrases", "spelling")
LEFT_OUT = ("__init__", "keypad", "result", "weak")


class ParserStale(LakanaError):
    """The parser was changed after it was compiled: what runs is not what can be read."""

    code = "parser_stale"


def sources() -> list[Path]:
    """The modules that are compiled."""
    found = [*PARSERS.glob("*.py"), *(PARSERS / "fields").glob("*.py")]
    return sorted([each for each in found if each.stem not in LEFT_OUT]) + [
        PARSERS / "codebook" / f"{name}.py" for name in CODEBOOK
    ]


def files() -> Iterator[Path]:
    """What compiling made, for this Python or another."""
    return PARSERS.rglob("*.so")


def is_compiled() -> bool:
    """Whether there is a compiled parser for this Python."""
    return LIBRARY.exists()


def digest() -> str:
    """What the source of the parser is now: against accidents, and quick, for every command asks."""
    paths = sorted(PARSERS.rglob("*.py"))
    return f"{crc32(b''.join(path.read_bytes() for path in paths)):08x} of {len(paths)} files"


def check() -> None:
    """Refuses a compiled parser that is not of this source; without one there is nothing to refuse."""
    if is_compiled() and (not STAMP.exists() or STAMP.read_text() != digest()):
        raise ParserStale("the parser was changed after it was compiled; `make install` compiles it again")
