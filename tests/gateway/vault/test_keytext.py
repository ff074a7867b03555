"""The key file as text."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.vault import keytext


def test_what_is_written_is_read_again() -> None:
    keys = keytext.new_keys()
    assert keytext.read(keytext.write(keys)) == keys


def test_the_public_part_is_read_again() -> None:
    keys = keytext.WrittenPublicKeys(keytext.new_kid(), keytext.new_key(), keytext.new_key())
    assert keytext.read_public(keytext.write(keys)) == keys


def test_no_two_keys_are_the_same() -> None:
    keys = keytext.new_keys()
    values = [*keys.field.values(), *keys.inbox.values(), keys.blind, keys.audit, keys.digest]
    assert len({*values}) == 5


def test_keys_do_not_show_themselves_in_a_traceback() -> None:
    keys = keytext.new_keys()
    assert keys.blind.hex() not in repr(keys)
    assert repr(keys.blind) not in repr(keys)


def _without(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda document: document.pop(name)


@pytest.mark.parametrize(
    "spoil",
    [
        *(_without(name) for name in json.loads(keytext.write(keytext.new_keys()))),
        lambda document: document.update(version=2),
        lambda document: document.update(blind="AAAA"),
        lambda document: document.update(blind="not base64!"),
        lambda document: document.update(blind=None),
        lambda document: document.update(field_kid="00000000"),
        lambda document: document.update(field=[]),
        lambda document: document.update(inbox={"../../etc": document["blind"]}),
        lambda document: document["field"].update(short=document["blind"]),
    ],
)
def test_a_key_file_with_a_part_missing_or_wrong_is_refused(spoil: Callable[[dict[str, Any]], Any]) -> None:
    document = json.loads(keytext.write(keytext.new_keys()))
    spoil(document)
    with pytest.raises(ValueError, match=r"^not a key file$"):
        keytext.read(json.dumps(document).encode())


@given(st.binary(max_size=200) | st.sampled_from([b"", b"[]", b"null", b"{}", b'"x"', b"[" * 100_000]))
def test_anything_else_is_refused_in_the_same_words(content: bytes) -> None:
    for read in (keytext.read, keytext.read_public):
        with pytest.raises(ValueError, match=r"^not a key file$"):
            read(content)


@given(st.integers(min_value=0, max_value=10_000))
def test_a_half_written_file_is_refused(length: int) -> None:
    content = keytext.write(keytext.new_keys())
    with pytest.raises(ValueError, match=r"^not a key file$"):
        keytext.read(content[: length % (len(content) - 2)])
