"""A backup made while others write, proved, put back, and refused when anything about it is not as it was."""

import base64
import io
import json
import re
import sqlite3
import tarfile
import threading

import pyrage
import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, select, text, update

from gateway import clock
from gateway.casework import invariants
from gateway.casework.invariants import Ground
from gateway.cli import main
from gateway.cli.backup import keys, sqlite_copy
from gateway.cli.backup.refusal import BackupRefused
from gateway.records import db
from gateway.records.audit_entry import AuditEntry
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState, ReplyState
from gateway.vault import current
from gateway.vault.keyring import make_keyring
from tests.make import message as make_message
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.street import rows

TEXT = "ENF REC 3G ANSONGO 14/11"


# Where the kind of database makes no difference.
ON_ONE_KIND = pytest.mark.parametrize("migrated_database_url", ["sqlite"], indirect=True)


@pytest.fixture
def lakana(database, keyring, migrated_database_url, monkeypatch):
    """The command line; afterwards this process has its database and its keys again."""

    def run(*words, **settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        done = CliRunner().invoke(main, [str(word) for word in words])
        db.connect(migrated_database_url)
        current.unlock(keyring)
        return done

    return run


@pytest.fixture
def office(street, lakana, migrated_database_url, key_file, tmp_path, monkeypatch):
    """An office with reports, a reply on its way and one being sent, and the keys of its backups elsewhere."""
    for number in range(4):
        street.text(f"ENF REC {number + 1}G ANSONGO 14/11", f"+2237000000{number}")
    street.post("ENF TUE 2F GAO 13/11")
    with db.transaction() as session:
        ids = session.scalars(select(Reply.id)).all()
        for reply_id, state in zip(ids, (ReplyState.PENDING, ReplyState.SENDING), strict=False):
            session.execute(update(Reply).where(Reply.id == reply_id).values(state=state, lease_until=clock.now()))
    monkeypatch.setenv("LAKANA_HOME", str(tmp_path))
    monkeypatch.setenv("LAKANA_KEYS", str(key_file))
    monkeypatch.setenv("DATABASE_URL", migrated_database_url)
    monkeypatch.setenv("LAKANA_BACKUP_RECIPIENTS", keys.make(tmp_path / "offline.key"))
    return street


@pytest.fixture
def made(office, lakana, tmp_path):
    """Its backup."""
    done = lakana("backup", tmp_path / "one.backup")
    assert done.exit_code == 0, done.output
    return tmp_path / "one.backup"


@pytest.fixture
def empty_url(request, migrated_database_url, tmp_path):
    """Another database of the same kind, with nothing in it."""
    if migrated_database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'new' / 'lakana.sqlite'}"
        return
    with request.getfixturevalue("postgres").database() as name:
        yield request.getfixturevalue("postgres").url(name)


def _opened(path, identity):
    return pyrage.decrypt(path.read_bytes(), keys.identities(identity))


def _verify(lakana, path, tmp_path, *more):
    return lakana("backup", "verify", path, "--identity", tmp_path / "offline.key", *more)


def _restore(lakana, path, url, tmp_path):
    return lakana("restore", path, "--identity", tmp_path / "offline.key", DATABASE_URL=url)


def test_it_is_made_proved_and_holds_every_row(office, lakana, made, migrated_database_url, tmp_path):
    stored = rows()
    done = _verify(lakana, made, tmp_path, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert {name: told["tables"][name] for name in stored} == stored
    assert told["holds"]
    assert {each["number"] for each in told["invariants"] if each["holds"] is None} == {"I9"}
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_keys_texts_and_numbers_are_not_in_it(made, key_file, tmp_path):
    content = _opened(made, tmp_path / "offline.key")
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
    done = _restore(lakana, made, empty_url, tmp_path)
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
    office.bell.ring("read", next(each for each, state in before.items() if state is MessageState.RECEIVED))
    assert office.work() >= 2  # and work goes on
    db.disconnect()


def test_nothing_is_written_over(lakana, made, migrated_database_url, tmp_path):
    done = _restore(lakana, made, migrated_database_url, tmp_path)
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
    proved = _verify(lakana, tmp_path / "busy.backup", tmp_path)
    assert proved.exit_code == 0, proved.output
    assert 0 < json.loads(done.output)["tables"]["rounds"] <= len(written)


@ON_ONE_KIND
def test_one_flipped_byte_anywhere_is_refused(lakana, made, tmp_path):
    content = made.read_bytes()
    for place in (0, 30, len(content) // 3, len(content) // 2, len(content) - 1):
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        made.write_bytes(spoilt)
        done = _verify(lakana, made, tmp_path)
        assert done.exit_code == 1
        assert "damaged" in done.output or "none of these keys" in done.output


@ON_ONE_KIND
@pytest.mark.parametrize("kept", [0, 100, 0.5, -1])
def test_one_that_was_cut_off_is_refused(lakana, made, tmp_path, kept):
    content = made.read_bytes()
    made.write_bytes(content[: int(len(content) * kept) if isinstance(kept, float) else kept])
    done = _verify(lakana, made, tmp_path)
    assert (done.exit_code, "damaged" in done.output) == (1, True)


@ON_ONE_KIND
def test_the_wrong_key_is_refused(lakana, made, tmp_path):
    keys.make(tmp_path / "another.key")
    done = lakana("backup", "verify", made, "--identity", tmp_path / "another.key")
    assert (done.exit_code, "none of these keys opens it" in done.output) == (1, True)


def _rewritten(path, identity, change):
    """The same envelope around another content, as only a holder of the recipient could make it."""
    content = {}
    with tarfile.open(fileobj=io.BytesIO(_opened(path, identity))) as tar:
        for member in tar:
            content[member.name] = tar.extractfile(member).read()
    change(content)
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for name, each in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(each)
            tar.addfile(info, io.BytesIO(each))
    to = [each.to_public() for each in keys.identities(identity)]
    path.write_bytes(pyrage.encrypt(plain.getvalue(), to))


def _manifest(**changes):
    def change(content):
        content["manifest.json"] = json.dumps(json.loads(content["manifest.json"]) | changes).encode()

    return change


def _one_table_less(content):
    told = json.loads(content["manifest.json"])
    told["tables"]["messages"] += 1
    content["manifest.json"] = json.dumps(told).encode()


CHANGES = {
    "a newer schema": (_manifest(schema="9999"), "install the newer release"),
    "a newer format": (_manifest(format=2), "install the newer one"),
    "another sum": (lambda content: content.update({next(iter(content)): b"x"}), "not as it was written"),
    "another count": (_one_table_less, "other rows than its manifest counts"),
    "another file": (lambda content: content.update({"stray": b""}), "other files"),
    "a path": (lambda content: content.update({"../stray": b""}), "more than plain files"),
    "no manifest": (lambda content: content.pop("manifest.json"), "manifest is missing"),
    "no sense": (lambda content: content.update({"manifest.json": b"[]"}), "cannot be read"),
}


@ON_ONE_KIND
@pytest.mark.parametrize("how", CHANGES)
def test_what_does_not_fit_its_manifest_is_refused(lakana, made, tmp_path, how):
    change, reason = CHANGES[how]
    _rewritten(made, tmp_path / "offline.key", change)
    done = _verify(lakana, made, tmp_path)
    assert done.exit_code == 1
    assert reason in done.output
    assert not (tmp_path / "stray").exists()


@ON_ONE_KIND
def test_what_breaks_a_promise_is_told(office, lakana, migrated_database_url, tmp_path):
    with db.transaction() as session:
        session.execute(update(Message).values(outcome_id=None))
    assert lakana("backup", tmp_path / "bad.backup").exit_code == 0
    done = _verify(lakana, tmp_path / "bad.backup", tmp_path)
    assert (done.exit_code, "breaks I3" in done.output) == (1, True)


@ON_ONE_KIND
def test_proved_where_the_keys_of_the_office_are_not(lakana, made, tmp_path):
    done = lakana("backup", "verify", made, "--identity", tmp_path / "offline.key", LAKANA_KEYS="/nowhere/keys")
    assert done.exit_code == 0, done.output
    assert "not asked here: I7, I9" in done.output


def test_the_other_kind_of_database_is_refused(lakana, made, migrated_database_url, tmp_path):
    is_sqlite = migrated_database_url.startswith("sqlite")
    other = "postgresql://lakana@127.0.0.1:1/lakana" if is_sqlite else f"sqlite:///{tmp_path / 'x.sqlite'}"
    done = _restore(lakana, made, other, tmp_path)
    assert (done.exit_code, "set it to such a database" in done.output) == (1, True)


@ON_ONE_KIND
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("backup", "FILE"), "LAKANA_BACKUP_RECIPIENTS"),
        (("backup", "FILE", "--to", "age1nonsense"), "LAKANA_BACKUP_RECIPIENTS"),
        (("backup", "verify", "FILE"), "--identity"),
        (("backup", "verify", "FILE", "--identity", "/nowhere/key"), "--identity"),
        (("backup", "one", "two"), "say FILE"),
        (("backup", "verify"), "say FILE"),
    ],
)
def test_what_is_asked_wrongly_is_told(office, lakana, tmp_path, words, told):
    done = lakana(*(str(tmp_path / "b") if word == "FILE" else word for word in words), LAKANA_BACKUP_RECIPIENTS="")
    assert (done.exit_code, told in done.output) == (2, True), done.output
    assert not (tmp_path / "b").exists()


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
    _restore(lakana, made, empty_url, tmp_path)
    db.connect(empty_url)
    with db.reading() as session:
        waiting = select(Reply.id).where(Reply.state.in_((ReplyState.PENDING, ReplyState.SENDING)))
        assert session.scalars(waiting).all() == []
    db.disconnect()
    assert twilio.SENDER not in made.read_bytes().decode("latin-1")
