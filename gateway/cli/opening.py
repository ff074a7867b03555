"""Opens keys and database for a command, or says in one line why that cannot be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from gateway import codebook
from gateway.errors import LakanaError
from gateway.records import db, schema
from gateway.records.schema import SchemaState
from gateway.settings import Settings, load
from gateway.vault import current
from gateway.vault.keyring import load_keyring


class NotReady(LakanaError):
    """The database cannot be used as it is."""

    code = "not_ready"


ADVICE = {
    SchemaState.EMPTY: "the database is empty: run `lakana db upgrade` (or `make run`) first",
    SchemaState.OLDER: "the database is of an older release: run `lakana db upgrade`",
    SchemaState.NEWER: "the database is of a newer release: install that one",
}


@contextmanager
def connected() -> Iterator[Settings]:
    """The database of the settings, whatever its schema; no keys."""
    settings = load(os.environ)
    codebook.use(settings.codebook)
    try:
        db.connect(settings.database_url)
        yield settings
    except OperationalError as error:
        raise NotReady(f"the database does not answer: {_first_line(error)}") from None
    finally:
        db.disconnect()


@contextmanager
def opened() -> Iterator[Settings]:
    """Keys and an up-to-date database, closed again at the end."""
    with connected() as settings:
        state = schema.state(db.engine())
        if state in ADVICE:
            raise NotReady(ADVICE[state])
        current.unlock(load_keyring(settings.keys))
        try:
            yield settings
        finally:
            current.lock()


def _first_line(error: OperationalError) -> str:
    # The rest of the message may hold the address with its password.
    return str(error.orig).strip().splitlines()[0] if error.orig else "no reason given"
