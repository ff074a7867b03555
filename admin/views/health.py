"""Whether the panel is alive, and, for officers, how the whole service does."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from admin.auth import current_officer, for_roles, open_to_all
from admin.forms.strict import Form
from gateway import clock
from gateway.casework import health, inbox
from gateway.casework.health import House
from gateway.errors import Refused
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.settings import Settings
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@open_to_all
def alive() -> Response:
    """Answers without looking at anything."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/health")
@for_roles(Role.ADMINISTRATOR, *CASE_ROLES)
def show() -> str:
    """What came in and what became of it, what waits, who is silent."""
    settings: Settings = current_app.config["SETTINGS"]
    house = House(zone=settings.timezone, silence=settings.watch.silence, spool=settings.spool)
    now = clock.now()
    with reading() as session:
        found = health.seen_by(session, current_officer(), house, now=now)
    return render_template("health/show.html", health=found, machine=found.machine, oldest_at=now - found.oldest)


@blueprint.post("/health/messages/<message_id>/replay")
@for_roles(Role.ADMINISTRATOR)
def replay(message_id: str) -> AnyResponse:
    """Has a message read again that failed; asked twice, it is read once."""
    Form.sent()
    try:
        with transaction() as session:
            inbox.replay(session, message_id, now=clock.now(), officer=current_officer())
    except Refused:
        flash(gettext("This message has been read in the meantime, or is being read now."), "info")
    else:
        flash(gettext("The message will be read again in a moment."))
    return redirect(url_for(".show"), 303)
