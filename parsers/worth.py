"""How well a reading explains its atoms: the reading worth most wins, and an unread word costs more than anything."""

from typing import Final

from parsers.reading import Reading
from parsers.tokens import NUMBER, SIGN, WORD

NOISE: Final = "noise"
ATOM: Final = 10
READING: Final = 6
DOUBT: Final = 4
NOISE_ATOM: Final = 3
UNREAD: Final = {WORD: -12, NUMBER: -15, SIGN: 0}
UNREAD_SHORT: Final = -8
SHORT_WORD: Final = 2


def worth(reading: Reading, atoms: int) -> int:
    """What a reading of so many words and numbers adds: one long reading is worth more than two short ones."""
    if reading.field == NOISE:
        return NOISE_ATOM * atoms - 1
    value = ATOM * atoms - READING + reading.bonus
    return value - DOUBT if reading.flags and "check" in [flag.severity for flag in reading.flags] else value
