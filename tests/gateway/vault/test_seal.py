"""The seal on what comes in."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from gateway.vault.keyring import InboxKeys, Keyring, load_keyring, make_keyring
from gateway.vault.rotation import add_keys
from gateway.vault.seal import SealBroken, open_seal, seal

ROW = "01JD3V5KQ8"
CANARY = b"CANARY-4a1f ENF 3 5G GAO +22370000001"


@given(plaintext=st.binary(max_size=2000), row=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_what_is_sealed_opens_for_the_same_row(
    keyring: Keyring, inbox_keys: InboxKeys, plaintext: bytes, row: str
) -> None:
    assert open_seal(keyring, seal(inbox_keys, plaintext, bound_to=row), bound_to=row) == plaintext


def test_every_part_is_guarded_against_change(keyring: Keyring, inbox_keys: InboxKeys) -> None:
    sealed = seal(inbox_keys, CANARY, bound_to=ROW)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            open_seal(keyring, bytes(changed), bound_to=ROW)


def test_every_truncation_is_noticed(keyring: Keyring, inbox_keys: InboxKeys) -> None:
    sealed = seal(inbox_keys, CANARY, bound_to=ROW)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            open_seal(keyring, sealed[:length], bound_to=ROW)
    with pytest.raises(SealBroken):
        open_seal(keyring, sealed + b"\0", bound_to=ROW)


def test_a_seal_moved_to_another_row_does_not_open(keyring: Keyring, inbox_keys: InboxKeys) -> None:
    sealed = seal(inbox_keys, CANARY, bound_to=ROW)
    with pytest.raises(SealBroken, match="another row"):
        open_seal(keyring, sealed, bound_to=ROW + "9")


def test_the_keys_of_another_office_do_not_open_it(other_keyring: Keyring, inbox_keys: InboxKeys) -> None:
    with pytest.raises(SealBroken, match="not in the key file"):
        open_seal(other_keyring, seal(inbox_keys, CANARY, bound_to=ROW), bound_to=ROW)


def test_the_right_key_id_with_the_wrong_key_does_not_open_it(other_keyring: Keyring, inbox_keys: InboxKeys) -> None:
    renamed = InboxKeys(other_keyring.inbox_kid, inbox_keys.public_key, inbox_keys.digest_key)
    with pytest.raises(SealBroken):
        open_seal(other_keyring, seal(renamed, CANARY, bound_to=ROW), bound_to=ROW)


def test_the_content_stands_nowhere_in_the_seal_nor_in_the_error(keyring: Keyring, inbox_keys: InboxKeys) -> None:
    sealed = seal(inbox_keys, CANARY, bound_to=ROW)
    assert CANARY[:11] not in sealed
    assert b"CANARY" not in sealed
    with pytest.raises(SealBroken) as caught:
        open_seal(keyring, sealed[:-1], bound_to=ROW)
    assert "CANARY" not in str(caught.value)


def test_the_same_text_is_never_sealed_the_same_way_twice(inbox_keys: InboxKeys) -> None:
    assert seal(inbox_keys, CANARY, bound_to=ROW) != seal(inbox_keys, CANARY, bound_to=ROW)


def test_a_short_and_a_long_text_give_seals_of_one_length(inbox_keys: InboxKeys) -> None:
    assert len({len(seal(inbox_keys, b"x" * length, bound_to=ROW)) for length in (0, 1, 40, 160, 252)}) == 1


def test_a_stranger_who_has_the_public_key_cannot_crash_the_reader(keyring: Keyring, inbox_keys: InboxKeys) -> None:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    header = b"\x01" + bytes.fromhex(inbox_keys.kid)
    context = b"lakana inbox|" + header + b"|" + ROW.encode()
    unpadded = header + suite.encrypt(b"no padding", inbox_keys.public_key, info=context)
    with pytest.raises(SealBroken):
        open_seal(keyring, unpadded, bound_to=ROW)


def test_what_was_sealed_before_a_rotation_still_opens(tmp_path: Path) -> None:
    before = make_keyring(tmp_path / "keys").inbox()
    sealed = seal(before, CANARY, bound_to=ROW)
    add_keys(tmp_path / "keys")
    assert open_seal(load_keyring(tmp_path / "keys"), sealed, bound_to=ROW) == CANARY
