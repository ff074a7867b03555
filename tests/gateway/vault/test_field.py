"""Encryption of one column of one row."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.vault.field import FieldBroken, decrypt, encrypt, is_current
from gateway.vault.keyring import Keyring

CANARY = "CANARY-77 +22370000002"
HERE = {"table": "message", "column": "body_sealed", "row_id": "7d9f"}
any_text = st.text(st.characters(), max_size=600)


@given(any_text)
@example("")
@example("\x00")
@example("half a pair \ud83d, the other half \ude00, and both \ud83d\ude00")
@example("ɛɔɲŋ السلام 👧🏿")
def test_every_text_comes_back_as_it_was(keyring: Keyring, text: str) -> None:
    assert decrypt(keyring, encrypt(keyring, text, **HERE), **HERE) == text


@pytest.mark.parametrize("part", ["table", "column", "row_id"])
def test_a_value_moved_elsewhere_is_broken(keyring: Keyring, part: str) -> None:
    encrypted = encrypt(keyring, CANARY, **HERE)
    with pytest.raises(FieldBroken, match="moved"):
        decrypt(keyring, encrypted, **{**HERE, part: HERE[part] + "2"})


def test_two_rows_cannot_exchange_their_values(keyring: Keyring) -> None:
    other = {**HERE, "row_id": "8a10"}
    one_value, other_value = encrypt(keyring, "one", **HERE), encrypt(keyring, "other", **other)
    for value, place in ((one_value, other), (other_value, HERE)):
        with pytest.raises(FieldBroken):
            decrypt(keyring, value, **place)


def test_every_byte_is_guarded_against_change(keyring: Keyring) -> None:
    encrypted = encrypt(keyring, CANARY, **HERE)
    for place in range(len(encrypted)):
        changed = bytearray(encrypted)
        changed[place] ^= 0x80
        with pytest.raises(FieldBroken):
            decrypt(keyring, bytes(changed), **HERE)


def test_every_truncation_is_noticed(keyring: Keyring) -> None:
    encrypted = encrypt(keyring, CANARY, **HERE)
    for length in range(len(encrypted)):
        with pytest.raises(FieldBroken):
            decrypt(keyring, encrypted[:length], **HERE)


def test_another_office_cannot_read_it(keyring: Keyring, other_keyring: Keyring) -> None:
    with pytest.raises(FieldBroken, match="not in the key file"):
        decrypt(other_keyring, encrypt(keyring, CANARY, **HERE), **HERE)


def test_the_error_says_where_and_nothing_of_what(keyring: Keyring) -> None:
    with pytest.raises(FieldBroken, match=r"^message\.body_sealed of 7d9f: ") as caught:
        decrypt(keyring, encrypt(keyring, CANARY, **HERE)[:-1], **HERE)
    assert "CANARY" not in str(caught.value)


def test_the_text_stands_nowhere_in_what_is_stored(keyring: Keyring) -> None:
    encrypted = encrypt(keyring, CANARY, **HERE)
    assert b"CANARY" not in encrypted
    assert b"2237000" not in encrypted


@given(st.text("ab", max_size=252), st.text("ab", max_size=252))
def test_a_short_and_a_long_text_look_alike(keyring: Keyring, one: str, other: str) -> None:
    assert len(encrypt(keyring, one, **HERE)) == len(encrypt(keyring, other, **HERE))


def test_the_same_text_never_looks_the_same_twice(keyring: Keyring) -> None:
    assert len({encrypt(keyring, CANARY, **HERE) for _ in range(50)}) == 50


def test_a_value_under_an_older_key_is_told_apart(keyring: Keyring, other_keyring: Keyring) -> None:
    encrypted = encrypt(keyring, CANARY, **HERE)
    assert is_current(keyring, encrypted)
    assert not is_current(other_keyring, encrypted)
