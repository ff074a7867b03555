"""The naive floor: a bare Flask view with Twilio's own check and one committed INSERT; nothing of the product."""

import os
from typing import TYPE_CHECKING

from flask import Flask, request
from sqlalchemy import Column, MetaData, String, Table, create_engine, event
from twilio.request_validator import RequestValidator

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Engine

METADATA = MetaData()
NAIVE = Table(
    "naive_messages",
    METADATA,
    Column("sid", String(40), primary_key=True),
    Column("sender", String(40)),
    Column("body", String),
)


def open_floor(url: str) -> "Engine":
    """The same database and the same durability as the product's."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=20)
    engine = create_engine(url, pool_size=10, max_overflow=20, connect_args={"timeout": 10, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def durable(connection: "Any", _entry: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def create_floor() -> Flask:
    """A view as most people would write it."""
    app = Flask(__name__)
    engine = open_floor(os.environ["FLOOR_DATABASE_URL"])
    METADATA.create_all(engine)
    validator = RequestValidator(os.environ["FLOOR_TOKEN"])
    url = os.environ["FLOOR_URL"]

    @app.post("/twilio/sms")
    def sms() -> tuple[str, int, dict[str, str]]:
        if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
            return "", 403, {}
        with engine.begin() as connection:
            connection.execute(
                NAIVE.insert().values(
                    sid=request.form["MessageSid"], sender=request.form["From"], body=request.form["Body"]
                )
            )
        return "<Response/>", 200, {"Content-Type": "text/xml"}

    return app
