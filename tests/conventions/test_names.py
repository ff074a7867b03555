"""A file is found by its name: it says what it is about, and its test stands in the same place."""

import re

import pytest

from tests.conventions import tree

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "data", "base", "core"}

# Folders of tests that are about the whole, and so mirror no package.
WHOLE = {"browser", "chaos", "conventions", "journeys", "make", "samples"}


def test_no_module_has_a_name_that_says_nothing():
    assert [tree.name(path) for path in tree.modules(*tree.PACKAGES, "tests") if path.stem in SAYS_NOTHING] == []


def test_no_module_is_a_second_part():
    parts = [tree.name(path) for path in tree.modules(*tree.PACKAGES) if re.search(r"(part|_)\d$", path.stem)]
    assert parts == []


def test_every_folder_with_modules_is_a_package():
    folders = {path.parent for path in tree.modules(*tree.PACKAGES)}
    without = [tree.name(folder) for folder in folders if not (folder / "__init__.py").exists()]
    assert [folder for folder in without if not folder.startswith("gateway/records/migrations")] == []


@pytest.mark.parametrize("package", tree.PACKAGES)
def test_every_package_is_tested(package):
    assert list((tree.ROOT / "tests" / package).rglob("test_*.py")) != []


def test_every_test_stands_where_its_module_stands():
    astray = []
    for path in (tree.ROOT / "tests").rglob("test_*.py"):
        place = path.parent.relative_to(tree.ROOT / "tests")
        if place.parts and place.parts[0] not in WHOLE and not (tree.ROOT / place).is_dir():
            astray.append(tree.name(path))
    assert astray == []


def test_every_test_file_holds_a_test():
    empty = [
        tree.name(path)
        for path in tree.modules("tests")
        if path.name.startswith("test_") and not any(f.name.startswith("test_") for f in tree.functions(path))
    ]
    assert empty == []


def test_a_docstring_opens_every_module():
    silent = [tree.name(path) for path in tree.modules(*tree.PACKAGES, "tests") if not _opens_with_words(path)]
    assert silent == []


def _opens_with_words(path):
    body = tree.syntax(path).body
    return not body or getattr(getattr(body[0], "value", None), "value", "").__class__ is str
