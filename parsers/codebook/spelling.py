"""Keys one or two edits from a key: a letter added, dropped or changed, or two neighbours swapped."""

from collections.abc import Iterable, Iterator
from typing import Final

ONE_EDIT_FROM: Final = 5  # letters: shorter words are too near to everything
TWO_EDITS_FROM: Final = 8
END: Final = 2
LONG: Final = 7  # letters of an end that one edit leaves alone; in words of seven letters one more
NONE: Final[list[str]] = []


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


class NearWords:
    """Finds the words near a word without looking at each: one edit leaves the beginning or the end as it was."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[str]] = {}
        for word in set(words):
            if len(word) >= ONE_EDIT_FROM:
                self._by_length.setdefault(len(word), []).append(word)
        self._ends: dict[int, dict[str, list[str]]] = {}

    def near(self, word: str, edits: int = 1) -> list[tuple[str, int]]:
        """The words at most so many edits away with their distance, nearest first; short words bear fewer edits."""
        allowed = allowed_edits(word, edits)
        found: dict[str, int] = {}
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            bearable = min(allowed, allowed_edits("." * length, edits))
            if length not in self._by_length or bearable < abs(length - len(word)):
                continue
            candidates = self._by_length[length] if bearable > 1 else self._with_same_end(word, length)
            found.update(_within(word, candidates, bearable))
        return sorted(found.items(), key=lambda hit: (hit[1], hit[0]))

    def _with_same_end(self, word: str, length: int) -> list[str]:
        """The words of a length that begin or end like this one."""
        size = END if length < LONG else END + 1
        ends = self._ends.get(length)
        if ends is None:
            ends = self._ends[length] = {}
            for other in self._by_length[length]:
                ends.setdefault(other[:size] + "-", []).append(other)
                ends.setdefault("-" + other[-size:], []).append(other)
        return ends.get(word[:size] + "-", NONE) + ends.get("-" + word[-size:], NONE)


def _within(word: str, candidates: list[str], edits: int) -> Iterator[tuple[str, int]]:
    # Loaded here: a text without a misspelt word does not wait for it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    for other, edits_away, _ in extract(word, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None):
        yield other, int(edits_away)


def _apart(left: str, right: str) -> tuple[str, str]:
    """What is left of two keys without their common beginning and end."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return left, right
