"""Everything is caught in few places, and each of them is named here with its reason."""

import ast

from tests.conventions import tree

CATCHES_EVERYTHING = {
    "workers/failing.py": "one failure policy for every job",
    "gateway/channels/twilio.py": "whatever goes wrong while a signature is checked is a refusal",
}


def _catches_everything(handler):
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def test_only_the_named_places_catch_everything():
    found = {
        tree.name(path)
        for path in tree.modules(*tree.PACKAGES)
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }
    assert found == set(CATCHES_EVERYTHING)


def test_what_is_passed_over_says_why():
    silent = [
        f"{tree.name(path)}:{node.lineno}"
        for path in tree.modules(*tree.PACKAGES)
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.ExceptHandler) and isinstance(node.body[0], ast.Pass)
        if "#" not in path.read_text().splitlines()[node.body[0].lineno - 1]
    ]
    assert silent == []
