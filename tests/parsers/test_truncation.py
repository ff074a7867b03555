"""A text may have been cut when it fills a message part to the last place."""

import pytest

from parsers.truncation import fills_a_part


@pytest.mark.parametrize(
    ("text", "fills"),
    [
        ("a" * 160, True),
        ("a" * 153, True),
        ("a" * 159, False),
        ("a" * 158 + "€", True),
        ("ê" * 70, True),
        ("ê" * 67, True),
        ("ê" * 160, False),
        ("a" * 70, False),
        ("é" * 160, True),
        ("ê" * 65 + "😢", True),
        ("", False),
    ],
)
def test_a_part_is_filled_in_its_own_alphabet(text, fills):
    assert fills_a_part(text) is fills
