"""The reading tray: what the machine did not understand or could not process, for a person to read."""

from flask import Blueprint

from admin.auth import for_roles
from admin.views.queue import count_newer, listing
from gateway.casework import queue
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("reading", __name__, url_prefix="/reading")


@blueprint.get("")
@for_roles(*CASE_ROLES)
def show() -> str:
    """What waits to be read."""
    return listing(queue.TRAY, home="reading.show", poll="reading.newer")


@blueprint.get("/newer")
@for_roles(*CASE_ROLES)
def newer() -> dict[str, int]:
    """How many came since the newest on the page."""
    return count_newer(queue.TRAY)
