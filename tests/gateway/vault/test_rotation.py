"""New keys beside the old ones."""

from pathlib import Path

import pytest

from gateway.vault import field
from gateway.vault.blind import blind_index
from gateway.vault.keyring import load_inbox_keys, load_keyring, make_keyring
from gateway.vault.rotation import KeyInUse, add_keys, drop_field_key

HERE = {"table": "message", "column": "body_sealed", "row_id": "1"}
NUMBER = "+22370000004"


def test_new_keys_are_in_use_and_the_old_ones_still_read(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    before = make_keyring(path)
    encrypted = field.encrypt(before, "text", **HERE)
    add_keys(path)
    after = load_keyring(path)
    assert after.field_kid != before.field_kid
    assert after.inbox_kid != before.inbox_kid
    assert field.decrypt(after, encrypted, **HERE) == "text"
    assert not field.is_current(after, encrypted)


def test_the_intake_seals_with_the_new_key_and_a_late_one_is_still_understood(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    late = make_keyring(path).inbox()
    add_keys(path)
    assert load_inbox_keys(path).kid == load_keyring(path).inbox_kid
    assert load_keyring(path).opens(late)


def test_numbers_are_found_as_before(tmp_path: Path) -> None:
    before = make_keyring(tmp_path / "keys")
    add_keys(tmp_path / "keys")
    assert blind_index(load_keyring(tmp_path / "keys"), NUMBER) == blind_index(before, NUMBER)


def test_a_dropped_key_is_gone_for_good(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    old = make_keyring(path)
    encrypted = field.encrypt(old, "text", **HERE)
    add_keys(path)
    drop_field_key(path, old.field_kid)
    with pytest.raises(field.FieldBroken, match="not in the key file"):
        field.decrypt(load_keyring(path), encrypted, **HERE)


def test_the_key_in_use_and_an_unknown_one_are_not_dropped(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    kid = make_keyring(path).field_kid
    for refused in (kid, "00000000"):
        with pytest.raises(KeyInUse, match=refused):
            drop_field_key(path, refused)
    assert load_keyring(path).field_kid == kid
