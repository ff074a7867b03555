"""An office, the keys of its backups, and its backup."""

import pyrage
import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from gateway import clock
from gateway.cli import main
from gateway.cli.backup import keys
from gateway.records import db
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from gateway.vault import current

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


def opened(path, identity):
    return pyrage.decrypt(path.read_bytes(), keys.identities(identity))


def verify(lakana, path, tmp_path, *more):
    return lakana("backup", "verify", path, "--identity", tmp_path / "offline.key", *more)


def restore(lakana, path, url, tmp_path):
    return lakana("restore", path, "--identity", tmp_path / "offline.key", DATABASE_URL=url)
