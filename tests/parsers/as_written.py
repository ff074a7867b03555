"""The parser as it is written, whether or not there is a compiled one beside it."""

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType

NAME = "parsers"


class SourceOnly:
    """Finds the modules of the parser by their source and never by what was compiled."""

    @staticmethod
    def find_spec(
        name: str, folders: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The source of a module of the parser; nothing for all others."""
        if name.split(".")[0] != NAME:
            return None
        finders = (FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES)) for folder in folders or sys.path)
        return next((spec for finder in finders if (spec := finder.find_spec(name))), None)


def prefer() -> None:
    """From now on this process imports the parser as it is written."""
    sys.meta_path.insert(0, SourceOnly())


def load() -> ModuleType:
    """The package `parsers` as it is written, beside the one that this process has imported."""
    mine = {name: sys.modules.pop(name) for name in [*sys.modules] if name.split(".")[0] == NAME}
    finder = SourceOnly()
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module(NAME)
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
            del sys.modules[name]
        sys.modules.update(mine)
