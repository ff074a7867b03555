"""Whether the panel is alive; the intake's /readyz says how the rest is."""

from flask import Blueprint, Response

from admin.auth import open_to_all

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@open_to_all
def alive() -> Response:
    """Answers without looking at anything."""
    return Response("ok\n", mimetype="text/plain")
