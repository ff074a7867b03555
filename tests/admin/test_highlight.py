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
    assert highlight.colours(["needs", "place", "how"]) == {"needs": "urgent", "place": "place", "how": "source"}


def test_the_fields_of_another_card_share_out_the_colours_that_are_left():
    found = highlight.colours(["state", "families", "what", "place"])
    assert found["place"] == "place"
    assert len(set(found.values())) == 4
    assert not {"urgent", "note", "unread"} & set(found.values())


def test_nine_fields_without_a_colour_all_get_one():
    names = [f"field{number}" for number in range(9)]
    assert highlight.colours(names).keys() == set(names)


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["violation", "place", "noise", "unread"]), PAIRS))
def test_no_character_is_lost_doubled_or_moved(text, spans):
    assert "".join(stretch.words for stretch in highlight.stretches(text, spans)) == text
