"""The public application, put together; its entry points connect the database first."""

import logging

from flask import Flask

from gateway.channels.registry import twilio_account
from gateway.records import db
from gateway.records.db import transaction
from gateway.settings import Settings
from gateway.vault.keyring import load_inbox_keys
from gateway.web import errors, health, receipts, sms
from gateway.web.door import Door, hang
from gateway.web.metrics import Metrics
from gateway.web.patience import Patience
from gateway.web.writer import Writer

LARGEST_REQUEST = 64 * 1024
VIEWS = (sms.blueprint, receipts.blueprint, health.blueprint)


def create_intake(settings: Settings) -> Flask:
    """The application that providers call."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.logger.setLevel(logging.CRITICAL)  # our own log has the event, without what strangers wrote into it
    door = Door(
        settings=settings,
        keys=load_inbox_keys(settings.keys),
        twilio=twilio_account(settings),
        writer=Writer(Patience(transaction, db.cut).transaction),
        metrics=Metrics(settings.shared_counters),
        spool=settings.spool if settings.has_spool else None,
    )
    hang(door, app.extensions)
    errors.register(app)
    for view in VIEWS:
        app.register_blueprint(view)
    return app
