"""Free words under their label: `3=la pompe est cassée; 4=Ansongo`, kept as they were typed."""

from collections.abc import Callable
from typing import Final, NamedTuple

from parsers.codebook.book import Field
from parsers.reading import Reading, Scene

ENDS: Final = (";", "|")


class Stretch(NamedTuple):
    """The atoms of the words; they become the words themselves when the text is accounted for."""

    first: int
    last: int


def offer(scene: Scene, at: int, field: Field, *, goes_on: Callable[[int], bool]) -> list[Reading]:
    """The words from here to a semicolon, a new line, or where another label says that it does not go on."""
    last = at
    while last < scene.end and scene.words[last] not in ENDS and (last == at or not scene.new_line[last]):
        if last > at and not goes_on(last):
            break
        last += 1
    while last > at and scene.kinds[last - 1] == "s":
        last -= 1
    return [Reading(field.name, Stretch(at, last), at, last)] if last > at else []
