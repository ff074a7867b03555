"""The time of day: understood so that it is not taken for something else; no form asks for it."""

from typing import Final

from parsers.reading import Reading, Scene

BEFORE: Final = frozenset(("a", "vers", "at", "around", "about", "de"))
LAST_HOUR: Final = 24
LAST_MINUTE: Final = 59


def offer(scene: Scene, at: int) -> list[Reading]:
    """18h, 18h30, vers 18 heures, 18:30."""
    here = at
    if scene.kinds[at] == "w":
        if scene.words[at] not in BEFORE:
            return []
        here += 1
    if scene.glued_words[here + 1] != ":" and "hour" not in scene.said[here + 1]:
        return []
    if scene.glued[at] and at > scene.start and scene.kinds[at - 1] != "s":
        return []
    hour = scene.numbers[here]
    if hour is None or hour > LAST_HOUR:
        return []
    if scene.glued_words[here + 1] == ":":
        minute = scene.numbers[here + 2]
        is_time = minute is not None and minute <= LAST_MINUTE and len(scene.words[here + 2]) == 2
        return [Reading("noise", None, at, here + 3, bonus=1)] if is_time and len(scene.words[here]) == 2 else []
    unit = scene.hear(here + 1, "hour")
    if not unit:
        return []
    last = unit[0]
    if scene.numbers[last] is not None and scene.glued[last]:
        last += 1
    return [Reading("noise", None, at, last, bonus=1)]
