"""Where a server finds the public application: `gateway.wsgi:application()`."""

import os

from flask import Flask

from gateway import codebook, dispatch, failpoint, log
from gateway.records import db
from gateway.settings import load
from gateway.vault.keyring import load_inbox_keys
from gateway.web import draining
from gateway.web.app import create_intake


def application() -> Flask:
    """Reads the settings, connects the database, chooses the bell; of the keys only the public part is opened."""
    settings = load(os.environ)
    log.start()
    failpoint.arm(os.environ.get("LAKANA_FAILPOINT", ""), mode=settings.mode)
    codebook.use(settings.codebook)
    codebook.ready(settings.codebook)  # now, and not while the first sender waits
    db.connect(settings.database_url)
    dispatch.choose(settings)
    intake = create_intake(settings)
    if settings.has_spool:
        draining.keep(settings.spool, load_inbox_keys(settings.keys))
    return intake
