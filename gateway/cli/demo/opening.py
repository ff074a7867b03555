"""Opens the folder of a demonstration: database, keys, invented account, and everything in it."""

from datetime import datetime

import click
from sqlalchemy import func, select

from gateway import codebook
from gateway.casework.office import office
from gateway.cli.demo.fill import Progress, Wanted, fill
from gateway.cli.demo.signing_in import Person, people
from gateway.records import db, schema
from gateway.records.message import Message
from gateway.settings import Settings
from gateway.vault import current
from gateway.vault.keyring import make_keyring


def fill_folder(settings: Settings, wanted: Wanted) -> tuple[list[Person], int]:
    """Makes and fills the database of these settings; returns who can sign in, and the number of messages."""
    engine = db.connect(settings.database_url)
    codebook.use(settings.codebook)
    try:
        schema.upgrade(engine)
        keyring = make_keyring(settings.keys)
        current.unlock(keyring)
        desk = fill(wanted, keys=keyring.inbox(), office=office(settings), progress=_progress())
        with db.reading() as session:
            messages = session.scalar(select(func.count()).select_from(Message)) or 0
        return people(desk), messages
    finally:
        click.echo(err=True)
        current.lock()
        db.disconnect()


def _progress() -> Progress:
    """Tells each month once, as the stories reach it."""
    told: list[str] = []

    def tell(at: datetime) -> None:
        month = f"{at:%Y-%m}"
        if month not in told:
            click.echo(f" {month}" if told else f"Filling: {month}", nl=False, err=True)
            told.append(month)

    return tell
