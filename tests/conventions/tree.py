"""The project's own files, as the conventions look at them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("parsers", "gateway", "workers", "admin")
FOLDERS = (*PACKAGES, "tests", "docs", "scripts", "requirements", ".ci")
MADE = {"__pycache__"}
NO_TEXT = {".png", ".jpg", ".ico", ".mo", ".pdf", ".woff2", ".so"}


def files(*folders: str) -> Iterator[Path]:
    """Every file below these folders, without what the tools leave behind."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not MADE & set(path.parts):
                yield path


def texts() -> Iterator[tuple[str, str]]:
    """Every file of the project that holds text: its name from the root, and the text."""
    in_root = (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name != ".git")
    for path in [*in_root, *files(*FOLDERS)]:
        if path.suffix not in NO_TEXT:
            yield name(path), path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    """A file's name from the root."""
    return path.relative_to(ROOT).as_posix()


def modules(*packages: str) -> list[Path]:
    """Every Python file of these packages."""
    return [path for path in files(*packages) if path.suffix == ".py"]


@cache
def syntax(path: Path) -> ast.Module:
    """A module as a tree; read once, since many conventions look at it."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, also those inside others."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> set[str]:
    """The full names that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found
