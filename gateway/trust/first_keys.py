"""The keys of an office: opened, or made when there is nothing yet that other keys could have closed."""

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from gateway.records import schema
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.settings import Settings
from gateway.vault.keyfile import KeysMissing
from gateway.vault.keyring import Keyring, load_keyring, make_keyring, public_path, restore_inbox_keys


def open_or_make(settings: Settings, engine: Engine) -> Keyring:
    """The key ring; new keys never take the place of lost ones, and a newer release's database is left alone."""
    if schema.state(engine) is schema.SchemaState.NEWER:
        raise schema.SchemaNewer("the database was made by a newer release: install that one")
    if not settings.keys.exists():
        if _holds_records(engine):
            raise KeysMissing(
                f"{settings.keys}: no key file, but the database holds records that only it can open; put it back"
            )
        return make_keyring(settings.keys)
    keyring = load_keyring(settings.keys)
    if not public_path(settings.keys).exists():
        restore_inbox_keys(settings.keys)
    return keyring


def _holds_records(engine: Engine) -> bool:
    tables = inspect(engine).get_table_names()
    with Session(engine) as session:
        kept = [record for record in (Message, Officer) if record.__tablename__ in tables]
        return any(session.execute(select(record.id).limit(1)).first() for record in kept)
