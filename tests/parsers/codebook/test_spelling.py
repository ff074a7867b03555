"""Keys one or two edits away: found all, and none that is farther."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from parsers.codebook.spelling import NearWords, allowed_edits, distance

WORDS = st.text(alphabet="abc1", max_size=11)


@given(WORDS, WORDS, st.integers(0, 3))
def test_the_distance_is_the_optimal_string_alignment_cut_at_the_limit(left: str, right: str, limit: int) -> None:
    assert distance(left, right, limit) == min(OSA.distance(left, right), limit + 1)


@given(st.lists(WORDS, max_size=30), WORDS, st.integers(0, 2))
def test_near_finds_what_looking_at_every_key_finds(keys: list[str], word: str, edits: int) -> None:
    expected = []
    for key in sorted({key for key in keys if len(key) >= 5}):
        away = OSA.distance(key, word)
        if away <= min(allowed_edits(word, edits), allowed_edits(key, edits)):
            expected.append((key, away))
    assert NearWords(keys).near(word, edits) == sorted(expected, key=lambda hit: (hit[1], hit[0]))


def test_short_keys_bear_no_edit() -> None:
    assert NearWords(["gao", "kita"]).near("kitas", 2) == []


def test_two_swapped_neighbours_are_one_edit() -> None:
    assert NearWords(["ansongo"]).near("asnongo") == [("ansongo", 1)]


def test_every_single_edit_of_a_word_is_seen_wherever_it_is() -> None:
    for word in ("abcde", "abcdef", "abcdefg", "abcdefgh", "abcdefghi"):
        index = NearWords([word])
        for at in range(len(word)):
            swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
            edited = (word[:at] + "x" + word[at + 1 :], word[:at] + "x" + word[at:], swapped)
            assert [index.near(each) for each in edited if each != word] == [
                [(word, 1)] for each in edited if each != word
            ], (word, at)
