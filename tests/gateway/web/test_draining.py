"""The spool of a machine is emptied at the start, and as soon as the database is there."""

import threading

from gateway import clock
from gateway.casework import intake, spool
from gateway.channels import simulator
from gateway.records import db
from gateway.records.message import Message
from gateway.web import draining
from tests import services
from tests.stand_ins.street import rows


def _fill(folder, keyring, count):
    for number in range(count):
        inbound = simulator.inbound(f"+2237000{number:04}", "ENF REC 3G ANSONGO 14/11")
        spool.put(folder, intake.prepare(inbound, keys=keyring.inbox(), now=clock.now()), keys=keyring.inbox())


def test_more_than_one_batch_is_drained(sqlite_database, open_vault, bell, tmp_path):
    _fill(tmp_path / "spool", open_vault, spool.MOST_AT_ONCE + 5)
    assert draining.drain(tmp_path / "spool", open_vault.inbox()) == spool.MOST_AT_ONCE + 5
    assert rows()["messages"] == spool.MOST_AT_ONCE + 5


def test_two_who_drain_at_once_store_everything_once(database, open_vault, bell, tmp_path):
    _fill(tmp_path / "spool", open_vault, 60)
    gate = threading.Barrier(3)

    def one():
        gate.wait()
        draining.drain(tmp_path / "spool", open_vault.inbox())

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (rows()["messages"], spool.count(tmp_path / "spool")) == (60, 0)


def test_it_waits_for_the_database_and_ends_with_it(migrated_sqlite_url, open_vault, bell, tmp_path, monkeypatch):
    monkeypatch.setattr(draining, "LOOK_SECONDS", 0.02)
    engine = db.connect(migrated_sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO away")
    folder = tmp_path / "spool"
    _fill(folder, open_vault, 1)
    thread = draining.keep(folder, open_vault.inbox())
    thread.join(0.2)
    assert (thread.is_alive(), spool.count(folder)) == (True, 1)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO messages")
    services.wait_until(lambda: spool.count(folder) == 0, "the spool was not drained", seconds=5)
    with db.reading() as session:
        assert session.query(Message).count() == 1
    db.disconnect()
    _fill(folder, open_vault, 1)
    thread.join(5)
    assert not thread.is_alive()
