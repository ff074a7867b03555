"""Padding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.vault.padding import STEP, pad, unpad


@given(st.binary(max_size=1200))
def test_padding_comes_off_again(plaintext: bytes) -> None:
    assert unpad(pad(plaintext)) == plaintext
    assert len(pad(plaintext)) % STEP == 0


@given(st.binary(max_size=STEP - 4), st.binary(max_size=STEP - 4))
def test_two_short_texts_have_the_same_length(one: bytes, other: bytes) -> None:
    assert len(pad(one)) == len(pad(other)) == STEP


@given(st.binary(max_size=600))
def test_bytes_that_were_never_padded_are_refused_or_come_back_the_same(padded: bytes) -> None:
    try:
        plaintext = unpad(padded)
    except ValueError:
        return
    assert pad(plaintext) == padded


@pytest.mark.parametrize("padded", [b"", b"\0", b"\0" * 255, b"\0\0\1\0" + b"\0" * 252, b"\0" * 255 + b"x"])
def test_wrong_padding_is_refused(padded: bytes) -> None:
    with pytest.raises(ValueError, match="padded"):
        unpad(padded)
