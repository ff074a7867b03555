"""A plain number under its label: `3=12`, `familles: douze`, within bounds; decimals where the form asks."""

from typing import Final

from parsers.codebook.book import Field
from parsers.fields.counts import number_at
from parsers.reading import Flag, Reading, Scene

POINTS: Final = (",", ".")
GROUP: Final = 3  # as many digits behind a point may as well be thousands


def offer(scene: Scene, at: int, field: Field) -> list[Reading]:
    """The number that begins at an atom."""
    sign, start = (-1, at + 1) if scene.words[at] == "-" else (1, at)
    found = number_at(scene, start)
    if found is None:
        return []
    last, number, is_rough = found
    value: float | int = number
    flags: tuple[Flag, ...] = (Flag(f"ambiguous_{field.name}", detail=str(number)),) if is_rough else ()
    if (
        scene.glued[last]
        and scene.words[last] in POINTS
        and scene.numbers[last + 1] is not None
        and scene.glued[last + 1]
    ):
        digits = scene.words[last + 1]
        value = float(f"{number}.{digits}")
        if not field.decimals or len(digits) == GROUP:
            flags = (Flag(f"ambiguous_{field.name}", detail=f"{number}.{digits}"),)
        last += 2
    if flags:
        return [Reading(field.name, None, at, last, flags=flags)]
    if not _is_within(field, sign * value):
        flag = Flag(f"out_of_range_{field.name}", detail=str(sign * value))
        return [Reading(field.name, None, at, last, flags=(flag,))]
    return [Reading(field.name, sign * value, at, last)]


def _is_within(field: Field, number: float) -> bool:
    lowest = field.lowest if field.lowest is not None else number
    highest = field.highest if field.highest is not None else number
    return lowest <= number <= highest
