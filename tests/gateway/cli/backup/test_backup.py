"""A backup made while others write, proved, put back, and refused when anything about it is not as it was."""

import base64
import json
import re
import sqlite3
import threading

import pytest
from sqlalchemy import create_engine, inspect, select, text

from gateway import clock
from gateway.casework import invariants
from gateway.casework.invariants import Ground
from gateway.cli.backup import archive, keys, making, manifest, postgres_copy, sqlite_copy
from gateway.cli.backup.manifest import Manifest
from gateway.cli.backup.refusal import BackupRefused
from gateway.records import db, schema
from gateway.records.audit_entry import AuditEntry
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from gateway.vault.keyring import make_keyring
from tests.gateway.cli.backup.conftest import ON_ONE_KIND, opened, restore, verify
from tests.make import message as make_message
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.street import rows

TEXT = "ENF REC 3G ANSONGO 14/11"


def test_it_is_made_proved_and_holds_every_row(office, lakana, made, migrated_database_url, tmp_path):
    stored = rows()
    done = verify(lakana, made, tmp_path, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert {name: told["tables"][name] for name in stored} == stored
    assert told["holds"]
    assert {each["number"] for each in told["invariants"] if each["holds"] is None} == {"I9"}
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_keys_texts_and_numbers_are_not_in_it(made, key_file, tmp_path):
    content = opened(made, tmp_path / "offline.key")
    held = re.findall(rb'"([A-Za-z0-9+/=_-]{40,})"', key_file.read_bytes())
    assert held
    for secret in (
        *held,
        *map(base64.b64decode, held),
        (tmp_path / "offline.key").read_bytes().split()[-1],
        TEXT.encode(),
        b"37000000",
    ):
        assert secret not in content
    assert TEXT.encode() not in made.read_bytes()


def test_a_restore_drill(office, lakana, made, empty_url, tmp_path):
    """What was there is there again, the audit holds, nothing that may have been sent is sent again."""
    before = {message.id: message.state for message in office.all(Message)}
    done = restore(lakana, made, empty_url, tmp_path)
    assert done.exit_code == 0, done.output
    db.connect(empty_url)
    with db.reading() as session:
        assert {message.id: message.state for message in session.scalars(select(Message))} == before
        assert {message.body for message in session.scalars(select(Message)) if message.body} == {
            f"ENF REC {number + 1}G ANSONGO 14/11" for number in range(4)
        }
        states = [reply.state for reply in session.scalars(select(Reply)) if reply.reason == "restored"]
        assert sorted(states) == [ReplyState.SUPPRESSED, ReplyState.UNKNOWN]
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()[-2:]
        assert [entry.action for entry in last] == ["backup.made", "backup.restored"]
        findings = invariants.examine(session, Ground(clock.now()))
    assert [finding.number for finding in findings if finding.is_broken] == []
    office.post("ENF TUE 3F GAO 13/11")
    office.bell.ring("read")
    assert office.work() >= 2  # and work goes on
    db.disconnect()


def test_nothing_is_written_over(lakana, made, migrated_database_url, tmp_path):
    done = restore(lakana, made, migrated_database_url, tmp_path)
    assert done.exit_code == 1
    assert "nothing is written over" in done.output
    again = lakana("backup", made)
    assert (again.exit_code, "exists already" in again.output) == (1, True)


def test_with_other_keys_nothing_is_put_back(lakana, made, empty_url, tmp_path):
    make_keyring(tmp_path / "other" / "lakana.keys")
    done = lakana(
        *("restore", made, "--identity", tmp_path / "offline.key"),
        DATABASE_URL=empty_url,
        LAKANA_KEYS=str(tmp_path / "other" / "lakana.keys"),
    )
    assert done.exit_code == 1
    assert "does not fit the keys" in done.output
    assert not (tmp_path / "new" / "lakana.sqlite").exists()
    if not empty_url.startswith("sqlite"):
        engine = create_engine(empty_url)
        with engine.connect() as connection:
            tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
            assert set(tables) <= {"alembic_version"}
        engine.dispose()


def test_it_is_one_moment_though_others_write(office, lakana, migrated_database_url, tmp_path):
    stopping, written = threading.Event(), []

    def write():
        engine = db.open_engine(migrated_database_url)
        while not stopping.is_set():
            with engine.begin() as connection:
                number = len(written)
                connection.execute(
                    text("INSERT INTO rounds (id, begun_at) VALUES (:id, '2026-01-01 00:00:00')"), {"id": f"r{number}"}
                )
            written.append(number)
        engine.dispose()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = lakana("backup", tmp_path / "busy.backup", "--json")
    finally:
        stopping.set()
        writer.join()
    assert done.exit_code == 0, done.output
    proved = verify(lakana, tmp_path / "busy.backup", tmp_path)
    assert proved.exit_code == 0, proved.output
    assert 0 < json.loads(done.output)["tables"]["rounds"] <= len(written)


def test_the_other_kind_of_database_is_refused(lakana, made, migrated_database_url, tmp_path):
    is_sqlite = migrated_database_url.startswith("sqlite")
    other = "postgresql://lakana@127.0.0.1:1/lakana" if is_sqlite else f"sqlite:///{tmp_path / 'x.sqlite'}"
    done = restore(lakana, made, other, tmp_path)
    assert (done.exit_code, "set it to such a database" in done.output) == (1, True)


@ON_ONE_KIND
def test_keys_are_made_once_and_for_their_owner_alone(lakana, tmp_path):
    done = lakana("backup", "key", tmp_path / "new.key", "--json")
    assert done.exit_code == 0
    assert keys.recipients([json.loads(done.output)["recipient"]])
    assert (tmp_path / "new.key").stat().st_mode & 0o777 == 0o600
    again = lakana("backup", "key", tmp_path / "new.key")
    assert (again.exit_code, "never overwritten" in again.output) == (1, True)


def test_a_database_that_sqlite_finds_damaged_is_not_kept_as_a_backup(sqlite_database, open_vault, tmp_path):
    with db.transaction() as session:
        make_message.message(session)
    path = tmp_path / "lakana.sqlite"
    db.disconnect()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("UPDATE messages SET reporter_id = 'aaaaaaaaaaaaaaaa'")
    raw.commit()
    raw.close()
    (tmp_path / "content").mkdir()
    with pytest.raises(BackupRefused, match="references that fail"):
        sqlite_copy.copy(path, tmp_path / "content")


def test_the_sender_is_not_told_twice_after_a_restore(office, lakana, made, empty_url, tmp_path):
    restore(lakana, made, empty_url, tmp_path)
    db.connect(empty_url)
    with db.reading() as session:
        waiting = select(Reply.id).where(Reply.state.in_((ReplyState.PENDING, ReplyState.SENDING)))
        assert session.scalars(waiting).all() == []
    db.disconnect()
    assert twilio.SENDER not in made.read_bytes().decode("latin-1")


def _of_the_release_before(path, url, folder, to):
    """A backup as the previous release would have made it of this database."""
    folder.mkdir()
    engine = db.open_engine(url)
    schema.downgrade(engine, "-1")
    there = inspect(engine)
    names = [name for name in postgres_copy.columns() if there.has_table(name)]
    columns = {name: [column["name"] for column in there.get_columns(name)] for name in names}
    if url.startswith("sqlite"):
        sqlite_copy.copy(path.parent / "lakana.sqlite", folder)
    at = schema.current(engine)
    with engine.connect() as connection:
        facts = making.described(connection, names) | {"schema": at}
        if not url.startswith("sqlite"):
            postgres_copy.copy(connection.connection.driver_connection.cursor(), folder, columns)
    files = {each.name: manifest.described(each) for each in folder.iterdir()}
    facts |= {"made_at": clock.now().isoformat(), "database": engine.dialect.name, "files": files, "columns": columns}
    engine.dispose()
    (folder / manifest.NAME).write_bytes(Manifest(**facts).written())
    archive.pack(folder, path, to)


def test_one_of_an_older_release_is_brought_up_to_date(office, lakana, migrated_database_url, empty_url, tmp_path):
    old, to = tmp_path / "old.backup", [keys.identities(tmp_path / "offline.key")[0].to_public()]
    messages = len(office.all(Message))
    _of_the_release_before(old, migrated_database_url, tmp_path / "old", to)
    proved = verify(lakana, old, tmp_path)
    assert proved.exit_code == 0, proved.output
    assert restore(lakana, old, empty_url, tmp_path).exit_code == 0
    db.connect(empty_url)
    assert schema.state(db.engine()) is schema.SchemaState.CURRENT
    assert len(office.all(Message)) == messages
    db.disconnect()
