"""Room in a text message, and plain letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.texts.gsm import cut, fold, segments, septets

any_text = st.text(st.characters(), max_size=200)
EXTENSION = "^{}\\[~]|€\f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("K7Q28 recu. Merci.", 18),
        ("à é è ù ì ò Ç É", 15),
        ("reçu", None),
        ("être", None),
        ("l’école", None),
        ("dɔrɔ", None),
        ("€", 2),
        ("[4]", 5),
        ("une ligne\nune autre", 19),
        ("\x1b", None),
        ("\t", None),
        ("\ud83d", None),
        ("\x00", None),
    ],
)
def test_room_is_counted_in_septets_or_not_at_all(text: str, expected: int | None) -> None:
    assert septets(text) == expected


def test_there_are_137_characters_in_the_alphabet() -> None:
    # 128 places in the basic table less the escape, and ten in the extension
    assert sum(septets(chr(code)) is not None for code in range(0x10FFFF + 1)) == 127 + 10


def test_characters_of_the_extension_cost_two() -> None:
    assert all(septets(character) == 2 for character in EXTENSION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 152, 2),  # 76 fit a part of 153 and one septet stays empty: no character is split
        ("€" * 153, 3),
        ("ç" * 70, 1),
        ("ç" * 71, 2),
        ("ç" * 134, 2),
        ("ç" * 135, 3),
        ("👧" * 35, 1),
        ("👧" * 36, 2),
        ("👧" * 66, 2),
        ("👧" * 67, 3),
    ],
)
def test_parts_are_counted_as_the_network_cuts_them(text: str, expected: int) -> None:
    assert segments(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Votre message a été reçu", "Votre message a été recu"),
        ("être où naïf Noël À Ê Ô", "etre où naif Noel A E O"),
        ("l’œuvre « sœur » …", 'l\'oeuvre " soeur " ...'),
        ("14–15 — n°5", "14-15 - no5"),
        ("ɲɛ dɔrɔ ŋana Ɲ", "nye doro ngana NY"),
        ("ɓiɗɗo ƴaɓ", "biddo yab"),
        ("½ et ﬁn, ①", "1/2 et fin, 1"),
        ("e\u0301cole, c\u0327a", "école, ca"),
        ("mot\u200bs\u00a0joints\u00ad", "mots joints"),
        ("السلام", "??????"),
        ("\ud83d\x00", "??"),
        ("ẓ ṭ ḍ š ž ã õ á ó", "z t d s z a o a o"),
    ],
)
def test_letters_are_made_plain_and_a_loss_is_seen(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(any_text)
def test_whatever_the_text_the_result_fits_the_alphabet(text: str) -> None:
    assert septets(fold(text)) is not None


@given(any_text)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_what_fits_already_is_left_alone(text: str) -> None:
    inside = "".join(character for character in text if septets(character) is not None)
    assert fold(inside) == inside


@given(any_text)
def test_only_accents_and_characters_without_width_vanish(text: str) -> None:
    seen = [c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Mn", "Me", "Cf")]
    assert len(fold(text)) >= len(seen)


@given(any_text)
def test_there_are_as_many_parts_as_the_room_asks_or_one_more_for_characters_kept_whole(text: str) -> None:
    room = septets(text)
    size, part = (room, 153) if room is not None else (len(text.encode("utf-16-le", "surrogatepass")) // 2, 67)
    assert -(-max(size, 1) // 160) <= segments(text) <= -(-max(size, 1) // (part - 1))


@given(st.text(max_size=700))
def test_cut_and_joined_again_it_is_the_same_text(text: str) -> None:
    parts = cut(text)
    assert "".join(parts) == text
    assert len(parts) == segments(text)
