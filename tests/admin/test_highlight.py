"""The text of a message cut by its fields: every character once, whatever the spans say."""

from hypothesis import given
from hypothesis import strategies as st

from admin import highlight
from admin.highlight import Stretch

PAIRS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=4)


def test_each_field_has_its_words():
    cut = highlight.stretches("ENF REC 3G Gao", {"keyword": [[0, 3]], "violation": [[4, 7]], "children": [[8, 10]]})
    said = [Stretch("REC", "violation"), Stretch(" "), Stretch("3G", "children")]
    assert cut == [Stretch("ENF "), *said, Stretch(" Gao")]
    assert highlight.fields_shown(cut) == ["violation", "children"]


def test_a_field_without_a_colour_of_its_own_borrows_one():
    assert Stretch("MED", "needs").colour == "field-urgent"
    assert Stretch("Gao", "place").colour == "field-place"


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["violation", "place", "noise", "unread"]), PAIRS))
def test_no_character_is_lost_doubled_or_moved(text, spans):
    assert "".join(stretch.words for stretch in highlight.stretches(text, spans)) == text
