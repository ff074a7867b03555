"""What lies in the spool is whole, private, there once, and leaves it only for the database."""

import json
import os
import stat
from dataclasses import replace
from datetime import timedelta

import pytest

from gateway import clock
from gateway.casework import intake, spool
from gateway.casework.intake import Arrival
from gateway.channels import simulator
from gateway.records import db
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.seal import open_seal

TYPED = simulator.inbound("+22370000001", "ENF REC 3G ANSONGO 14/11")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "spool"


def _row(keyring, inbound=TYPED):
    return intake.prepare(inbound, keys=keyring.inbox(), now=clock.now())


def _put(folder, keyring, inbound=TYPED):
    return spool.put(folder, _row(keyring, inbound), keys=keyring.inbox())


def _drain(folder, keyring):
    with db.transaction() as session:
        poured = spool.pour(session, folder, keys=keyring.inbox())
    spool.clear(folder, poured)
    return poured


def test_a_file_is_private_sealed_and_named_after_nothing_readable(folder, keyring):
    assert _put(folder, keyring).arrival is Arrival.STORED
    [path] = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    content = path.read_bytes()
    assert b"ANSONGO" not in content
    assert b"+22370000001" not in content
    assert TYPED.provider_id not in path.name


def test_a_repeat_meets_the_file_that_is_there(folder, keyring):
    first = _put(folder, keyring)
    again = _put(folder, keyring)
    assert (again.arrival, again.message_id, spool.count(folder)) == (Arrival.REPEATED, first.message_id, 1)


def test_other_words_under_the_same_id_lie_apart_once(folder, keyring):
    _put(folder, keyring)
    other = replace(TYPED, body="something else")
    assert [_put(folder, keyring, other).arrival for _ in range(2)] == [Arrival.QUARANTINED, Arrival.REPEATED]
    assert spool.count(folder) == 2


def test_what_lay_there_is_stored_once_as_it_was_received(folder, open_vault, database, bell):
    received = _put(folder, open_vault)
    assert spool.oldest(folder, now=clock.now() + timedelta(minutes=3)) > timedelta(minutes=2)
    assert len(_drain(folder, open_vault).stored) == 1
    assert spool.count(folder) == 0
    with db.reading() as session:
        message = session.get_one(Message, received.message_id)
    assert (message.state, message.source) == (MessageState.RECEIVED, "spool")
    assert json.loads(open_seal(open_vault, message.sealed, bound_to=message.id))["body"] == TYPED.body
    assert not bell.is_quiet


def test_a_message_that_is_in_the_database_already_is_not_doubled(folder, open_vault, database, bell):
    with db.transaction() as session:
        intake.store(session, [_row(open_vault)])
    _put(folder, open_vault)
    _drain(folder, open_vault)
    with db.reading() as session:
        assert session.query(Message).count() == 1


def test_nothing_leaves_the_spool_before_the_commit(folder, open_vault, database, bell):
    _put(folder, open_vault)
    with db.transaction() as session:
        spool.pour(session, folder, keys=open_vault.inbox())
        session.rollback()
    assert spool.count(folder) == 1
    assert len(_drain(folder, open_vault).stored) == 1


def _damage(path):
    path.write_bytes(path.read_bytes()[:-9] + b"X" + path.read_bytes()[-8:])


@pytest.mark.parametrize("is_damaged", [True, False])
def test_a_file_nobody_can_take_is_set_aside_and_holds_up_no_other(folder, open_vault, database, bell, is_damaged):
    bad = _row(open_vault, replace(TYPED, provider_id="bad"))
    if not is_damaged:
        bad = replace(bad, sender_kind="no such kind")
    spool.put(folder, bad, keys=open_vault.inbox())
    if is_damaged:
        _damage(next(folder.iterdir()))
    _put(folder, open_vault)
    poured = _drain(folder, open_vault)
    assert (len(poured.stored), len(poured.refused)) == (1, 1)
    assert (spool.count(folder), spool.refused(folder)) == (1, 1)
    assert _drain(folder, open_vault) == spool.Poured()


def test_a_damaged_file_does_not_stand_in_the_way_of_its_repeat(folder, keyring):
    _put(folder, keyring)
    _damage(next(folder.iterdir()))
    assert _put(folder, keyring).arrival is Arrival.STORED
    assert spool.count(folder) == 2


@pytest.mark.parametrize("broken", ["fsync", "link", "open"])
def test_what_is_not_on_the_disk_is_not_acknowledged(folder, keyring, monkeypatch, broken):
    def fails(*_arguments, **_names):
        raise OSError(28, "No space left on device")

    folder.mkdir(parents=True)
    monkeypatch.setattr(os, broken, fails)
    with pytest.raises(OSError, match="No space"):
        _put(folder, keyring)
    monkeypatch.undo()
    assert spool.count(folder) == 0 or broken == "fsync"


def test_a_spare_left_by_a_dead_writer_is_never_poured_and_goes_after_an_hour(folder, open_vault, database, bell):
    folder.mkdir(parents=True)
    (folder / ".0123456789abcdef").write_bytes(b"half a mess")
    assert (spool.count(folder), _drain(folder, open_vault)) == (0, spool.Poured())
    spool.forget_spares(folder, now=clock.now())
    assert len(list(folder.iterdir())) == 1
    spool.forget_spares(folder, now=clock.now() + timedelta(hours=2))
    assert list(folder.iterdir()) == []


def test_without_a_spool_there_is_nothing_to_count(tmp_path):
    for folder in (None, tmp_path / "absent"):
        assert (spool.count(folder), spool.oldest(folder, now=clock.now())) == (0, timedelta())
