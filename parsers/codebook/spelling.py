"""Keys one or two edits from a key: a letter added, dropped or changed, or two neighbours swapped."""

from collections.abc import Iterable
from functools import cached_property

ONE_EDIT_FROM = 5  # letters: shorter words are too near to everything
TWO_EDITS_FROM = 8


def distance(left: str, right: str, limit: int) -> int:
    """The number of edits (optimal string alignment) between two keys; `limit` + 1 when there are more than `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    left, right = _apart(left, right)
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, mine in enumerate(left, 1):
        above, row = row, [i]
        for j, theirs in enumerate(right, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (mine != theirs))
            if i > 1 and j > 1 and mine == right[j - 2] and left[i - 2] == theirs:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(above) > limit:
            return limit + 1
        before = above
    return min(row[-1], limit + 1)


def allowed_edits(key: str, wanted: int) -> int:
    """How many edits a key of this length can bear."""
    bearable = 2 if len(key) >= TWO_EDITS_FROM else 1 if len(key) >= ONE_EDIT_FROM else 0
    return min(wanted, bearable)


class DeleteIndex:
    """Finds the keys near a key without looking at each: two keys one edit apart share a form with one letter left out.

    For two edits that index would grow thirtyfold, so keys of about the same length are compared by the letters they
    have, whatever the order: two edits can take away at most two and bring in at most two.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(key for key in keys if len(key) >= ONE_EDIT_FROM)

    def near(self, key: str, edits: int = 1) -> list[tuple[str, int]]:
        """The keys at most so many edits away with their distance, nearest first; short keys bear fewer edits."""
        allowed = allowed_edits(key, edits)
        if allowed < 1:
            return [(key, 0)] if key in self._keys else []
        found = self._one_edit(key)
        if allowed > 1:
            found |= self._two_edits(key)
        return sorted(found.items(), key=lambda hit: (hit[1], hit[0]))

    def _one_edit(self, key: str) -> dict[str, int]:
        candidates = {other for form in _forms(key) for other in self._shortened.get(form, ())}
        measured = ((other, distance(key, other, 1)) for other in candidates)
        return {other: edits for other, edits in measured if edits <= 1}

    def _two_edits(self, key: str) -> dict[str, int]:
        letters = _letters(key)
        found = {}
        for length in range(max(len(key) - 2, TWO_EDITS_FROM), len(key) + 3):
            for others, other in self._by_length.get(length, ()):
                if (letters ^ others).bit_count() > 4:
                    continue
                if (letters & ~others).bit_count() <= 2 and (edits := distance(key, other, 2)) <= 2:
                    found[other] = edits
        return found

    @cached_property
    def _shortened(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, tuple[str, ...]] = {}
        for key in self._keys:
            alone = (key,)  # one tuple for all forms nobody else has: most of them
            for form in _forms(key):
                index[form] = index[form] + alone if form in index else alone
        return index

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[int, str]]]:
        lengths: dict[int, list[tuple[int, str]]] = {}
        for key in self._keys:
            if len(key) >= TWO_EDITS_FROM:
                lengths.setdefault(len(key), []).append((_letters(key), key))
        return lengths


def _forms(key: str) -> set[str]:
    return {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}


def _letters(key: str) -> int:
    """One bit for each letter and each time it comes back; a digit shares the bit of a letter, which loses nothing."""
    seen: dict[str, int] = {}
    letters = 0
    for letter in key:
        seen[letter] = times = seen.get(letter, -1) + 1
        letters |= 1 << ((ord(letter) & 31) + 32 * times)
    return letters


def _apart(left: str, right: str) -> tuple[str, str]:
    """What is left of two keys without their common beginning and end."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return left, right
