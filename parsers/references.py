"""References: five characters, the last one a check, so that one slip never points at another report."""

from collections.abc import Callable
from typing import Final

ALPHABET: Final = "23456789ACDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 5
LENGTHS: Final = (5, 6)
LOOK_ALIKES: Final = {"B": "8", "0": "QD", "O": "QD"}
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_BASE: Final = len(ALPHABET)


def normalise(typed: str) -> str:
    """Case, blanks and dashes inside a reference do not matter."""
    return "".join(typed.split()).replace("-", "").upper()


def is_reference(typed: str) -> bool:
    """Whether this is a reference we could have issued."""
    reference = normalise(typed)
    return len(reference) in LENGTHS and has_both(reference) and check_holds(reference)


def has_both(reference: str) -> bool:
    """Whether there is at least one digit and one letter: no word and no number is a reference."""
    return any(c.isdigit() for c in reference) and any(c.isalpha() for c in reference)


def check_holds(reference: str) -> bool:
    """Whether the weighted sum is 0 modulo 29."""
    total = 0
    for weight, character in enumerate(reference, 1):
        if character not in _VALUE:
            return False
        total += weight * _VALUE[character]
    return bool(reference) and total % _BASE == 0


def complete(payload: str) -> str:
    """The payload with its check character."""
    total = sum(weight * _VALUE[character] for weight, character in enumerate(payload, 1))
    weight = len(payload) + 1
    return payload + ALPHABET[-total * pow(weight, -1, _BASE) % _BASE]


def draw(below: Callable[[int], int], *, length: int = LENGTH) -> str:
    """A random reference; `below(n)` gives a random number from 0 to n - 1."""
    while True:
        reference = complete("".join(ALPHABET[below(_BASE)] for _ in range(length - 1)))
        if has_both(reference):
            return reference


def repair(typed: str) -> str | None:
    """The one reference that holds when one look-alike is replaced, or nothing."""
    reference = normalise(typed)
    if len(reference) not in LENGTHS:
        return None
    strange = [at for at, character in enumerate(reference) if character not in _VALUE]
    if len(strange) != 1:
        return None
    at = strange[0]
    tried = (reference[:at] + other + reference[at + 1 :] for other in LOOK_ALIKES.get(reference[at], ""))
    holding = [other for other in tried if is_reference(other)]
    return holding[0] if len(holding) == 1 else None
