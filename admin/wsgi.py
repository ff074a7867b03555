"""Where a server finds the officers' application: `admin.wsgi:application()`."""

import os

from flask import Flask

from admin.app import create_app
from gateway import codebook, log
from gateway.records import db
from gateway.settings import load
from gateway.vault.current import unlock
from gateway.vault.keyring import load_keyring


def application() -> Flask:
    """Reads the settings and the codebook, connects the database, opens the keys."""
    settings = load(os.environ)
    log.start()
    codebook.ready(settings.codebook)
    db.connect(settings.database_url)
    unlock(load_keyring(settings.keys))
    return create_app(settings)
