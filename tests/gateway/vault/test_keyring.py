"""The key ring and its public part."""

import stat
from pathlib import Path

import pytest

from gateway.vault.keyfile import KeysBroken, KeysExposed, KeysMissing, KeysPresent
from gateway.vault.keyring import (
    InboxKeys,
    Keyring,
    load_inbox_keys,
    load_keyring,
    make_keyring,
    public_path,
    restore_inbox_keys,
)


def test_both_files_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "keys" / "lakana.keys"
    make_keyring(path)
    assert sorted(made.name for made in path.parent.iterdir()) == ["lakana.keys", "lakana.keys.public"]
    assert all(stat.S_IMODE(made.stat().st_mode) == 0o600 for made in path.parent.iterdir())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_ring_that_is_made_is_the_one_that_is_loaded(tmp_path: Path) -> None:
    made = make_keyring(tmp_path / "keys")
    loaded = load_keyring(tmp_path / "keys")
    assert (made.field_kid, made.inbox_kid) == (loaded.field_kid, loaded.inbox_kid)
    assert (made.blind_key, made.audit_key, made.digest_key) == (loaded.blind_key, loaded.audit_key, loaded.digest_key)
    assert loaded.opens(made.inbox())
    assert loaded.opens(load_inbox_keys(tmp_path / "keys"))


def test_a_ring_knows_that_the_public_part_of_another_office_is_not_its_own(
    keyring: Keyring, other_keyring: Keyring
) -> None:
    assert not keyring.opens(other_keyring.inbox())
    same_kid = InboxKeys(keyring.inbox_kid, other_keyring.inbox().public_key, keyring.digest_key)
    assert not keyring.opens(same_kid)


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    make_keyring(path)
    before = path.read_bytes(), public_path(path).read_bytes()
    with pytest.raises(KeysPresent, match=str(path)):
        make_keyring(path)
    assert (path.read_bytes(), public_path(path).read_bytes()) == before


def test_new_keys_are_refused_while_an_intake_may_still_seal_for_the_lost_ones(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    make_keyring(path)
    path.unlink()
    with pytest.raises(KeysPresent, match=str(public_path(path))):
        make_keyring(path)
    assert not path.exists()


def test_the_public_file_holds_no_secret_that_opens_anything(key_path: Path) -> None:
    public = public_path(key_path).read_text()
    secrets = [line.split('"')[3] for line in key_path.read_text().splitlines() if line.count('"') == 4]
    in_both = [secret for secret in secrets if len(secret) == 44 and secret in public]
    assert len([secret for secret in secrets if len(secret) == 44]) == 5
    assert len(in_both) == 1  # the digest key, which recognises and does not open


def test_the_public_file_comes_back_from_the_key_file(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    make_keyring(path)
    before = public_path(path).read_bytes()
    public_path(path).unlink()
    restore_inbox_keys(path)
    assert public_path(path).read_bytes() == before


@pytest.mark.parametrize("name", ["keys", "keys.public"])
def test_each_file_is_refused_when_exposed_missing_or_broken(tmp_path: Path, name: str) -> None:
    path = tmp_path / "keys"
    make_keyring(path)
    load = load_keyring if name == "keys" else load_inbox_keys
    file = tmp_path / name
    whole = file.read_bytes()
    file.chmod(0o644)
    with pytest.raises(KeysExposed, match=str(file)):
        load(path)
    file.chmod(0o600)
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(KeysBroken, match=rf"{file}: .*copy"):
        load(path)
    file.unlink()
    with pytest.raises(KeysMissing, match=str(file)):
        load(path)


def test_a_broken_file_does_not_show_its_keys_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    make_keyring(path)
    text = path.read_text()
    path.write_text(text.replace('"version": 1', '"version": 9'))
    with pytest.raises(KeysBroken) as caught:
        load_keyring(path)
    assert caught.value.__cause__ is None
    assert "=" not in str(caught.value)


def test_a_ring_does_not_show_its_keys(keyring: Keyring, inbox_keys: InboxKeys) -> None:
    for shown in (repr(keyring), repr(inbox_keys)):
        assert repr(keyring.blind_key) not in shown
        assert repr(keyring.digest_key) not in shown
