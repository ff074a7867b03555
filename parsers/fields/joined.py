"""Two places that are named together: `Konna et Mopti`, `de Gao à Ansongo`."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from parsers.fields.villages import Named
from parsers.reading import Reading, Scene

BOTH: Final = frozenset(("et", "and", "ou", "or", "&"))
FROM: Final = frozenset(("de", "d", "from"))
TO: Final = frozenset(("a", "to"))


def are_joined(scene: Scene, named: Sequence[Named]) -> bool:
    """Whether two places were meant, though one may lie in the other."""
    ordered = sorted((each.reading for each in named), key=_first)
    return any(left.value != right.value and _is_joined(scene, left, right) for left, right in pairwise(ordered))


def _first(reading: Reading) -> int:
    return reading.first


def _is_joined(scene: Scene, left: Reading, right: Reading) -> bool:
    between = scene.words[left.last : right.first]
    if not BOTH.isdisjoint(between):
        return True
    before = left.first - 1 if scene.words[left.first - 1] != "'" else left.first - 2
    return before >= scene.start and scene.words[before] in FROM and not TO.isdisjoint(between)
