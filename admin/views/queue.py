"""The queue: what waits for an officer, newest first, and how much came since."""

from flask import Blueprint, render_template

from admin.auth import current_officer, for_roles
from admin.forms import filters
from gateway import clock
from gateway.casework import places, queue
from gateway.records.codes import AlertKind
from gateway.records.db import reading, transaction
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("queue", __name__, url_prefix="/queue")


@blueprint.get("")
@for_roles(*CASE_ROLES)
def show() -> str:
    """The reports that were understood."""
    return listing(queue.UNDERSTOOD, home="queue.show", poll="queue.newer")


@blueprint.get("/newer")
@for_roles(*CASE_ROLES)
def newer() -> dict[str, int]:
    """How many came since the newest on the page."""
    return count_newer(queue.UNDERSTOOD)


def listing(kinds: tuple[AlertKind, ...], *, home: str, poll: str) -> str:
    """A page of alerts of these kinds."""
    given = filters.typed(filters.QUEUE)
    wanted, after = filters.queue_filters(given, kinds), filters.cursor(given)
    officer = current_officer()
    with transaction() as session:
        page = queue.page(session, wanted, officer=officer, now=clock.now(), after=after)
    return render_template(
        "queue/show.html",
        page=page,
        given=given,
        kinds=kinds,
        home=home,
        poll=poll,
        regions=_regions(officer.regions),
        is_tray=kinds == queue.TRAY,
        now=clock.now(),
        lists=filters,
    )


def count_newer(kinds: tuple[AlertKind, ...]) -> dict[str, int]:
    """The answer to a page that asks for news; it counts no further than a page."""
    given = filters.typed(filters.QUEUE)
    wanted, seen = filters.queue_filters(given, kinds), filters.cursor(given)
    with reading() as session:
        return {"count": queue.newer(session, wanted, seen, officer=current_officer(), now=clock.now())}


def _regions(own: list[str]) -> list[tuple[str, str]]:
    return [(code, name) for code, name in places.regions().items() if not own or code in own]
