"""Recognising without reading."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gateway.vault.blind import blind_index, content_digest
from gateway.vault.keyring import InboxKeys, Keyring

NUMBER = "+22370000003"


@given(st.text(st.characters(), max_size=30), st.text(st.characters(), max_size=30))
def test_the_same_number_and_only_it_gives_the_same_index(keyring: Keyring, one: str, other: str) -> None:
    assert (blind_index(keyring, one) == blind_index(keyring, other)) == (one == other)
    assert len(blind_index(keyring, one)) == 32


def test_the_index_follows_its_own_key_and_no_other(keyring: Keyring) -> None:
    index = blind_index(keyring, NUMBER)
    assert blind_index(replace(keyring, blind_key=bytes(32)), NUMBER) != index
    assert blind_index(replace(keyring, audit_key=bytes(32), digest_key=bytes(32)), NUMBER) == index


def test_it_is_the_keyed_hash_that_the_page_on_keys_promises() -> None:
    # RFC 4231, test case 2, with the key filled up to 32 bytes, which HMAC does itself
    keys = InboxKeys("00000000", None, b"Jefe".ljust(32, b"\0"))  # type: ignore[arg-type]
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert content_digest(keys, b"what do ya want for nothing?").hex() == expected


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_repeated_content_is_recognised(inbox_keys: InboxKeys, one: bytes, other: bytes) -> None:
    assert (content_digest(inbox_keys, one) == content_digest(inbox_keys, other)) == (one == other)


def test_the_worker_recognises_what_the_intake_saw(keyring: Keyring, inbox_keys: InboxKeys) -> None:
    assert content_digest(keyring.inbox(), b"ENF 3") == content_digest(inbox_keys, b"ENF 3")
