"""Phrases that a place or a day takes apart: `l'école de Konna a été brûlée`."""

from typing import Final

from parsers.assignment import Assigned
from parsers.codebook.phrases import Node
from parsers.fields.weak import Weak
from parsers.reading import CONNECTORS, Flag, Reading, Scene
from parsers.worth import NOISE

PASSED: Final = frozenset(("place", "date", "party", "children", "age"))
REACH: Final = 16
BONUS: Final = 8


class Parted:
    """The words of one phrase, with something else between them, and what the whole of it says."""

    __slots__ = ("atoms", "field", "value")

    def __init__(self, field: str, value: str, atoms: list[int]) -> None:
        self.field = field
        self.value = value
        self.atoms = atoms


def rejoin(scene: Scene, assigned: Assigned) -> bool:
    """Puts together the first phrase whose words were left unread apart; tells whether a second reading is worth it."""
    weak = [each for each in assigned.readings if isinstance(each.value, Weak)]
    if len(assigned.unread) + len(weak) < 2:
        return False
    loose = {*assigned.unread, *(at for each in weak for at in range(each.first, each.last))}
    passed = {at: each.field for each in assigned.readings for at in range(each.first, each.last) if each not in weak}
    for at in sorted(loose):
        found = _parted(scene, at, loose, passed)
        if found and not set(found.atoms).isdisjoint(assigned.unread):
            scene.extra += _readings(scene, found, weak)
            return True
    return False


def _parted(scene: Scene, at: int, loose: set[int], passed: dict[int, str]) -> Parted | None:
    """The longest phrase that begins here and goes on behind a place, a day or a party."""
    node, atoms, is_apart = scene.form.phrases.root.steps.get(scene.words[at]), [at], False
    found: Parted | None = None
    for here in range(at + 1, min(at + REACH, scene.end)):
        word = scene.words[here]
        if node is None or scene.new_line[here]:
            break
        if here in loose and word in node.steps:
            node = node.steps[word]
            atoms.append(here)
            said = _says(scene, node) if is_apart else None
            found = Parted(said[0], said[1], list(atoms)) if said else found
        elif passed.get(here) in PASSED:
            is_apart = True
        elif passed.get(here) != NOISE and word not in CONNECTORS and word not in scene.book.between:
            break
    return found


def _says(scene: Scene, node: Node) -> tuple[str, str] | None:
    """The field and value of a phrase that ends here."""
    tables = scene.form.tables
    return next(((tables[each.table].name, each.value) for each in node.meanings if each.table in tables), None)


def _readings(scene: Scene, found: Parted, weak: list[Reading]) -> list[Reading]:
    """The value at the first part of the phrase; the other parts say no more."""
    first = found.atoms[0]
    last = next((each.last for each in weak if each.first == first), first + 1)
    flag = Flag(f"corrected_{found.field}", "note", " ".join(scene.words[at] for at in found.atoms))
    rest = [Reading(found.field, None, at, at + 1) for at in found.atoms if at >= last]
    return [Reading(found.field, found.value, first, last, bonus=BONUS, flags=(flag,)), *rest]
