"""Search by reference."""

from typing import Any

from flask import Blueprint, render_template, url_for

from admin.auth import current_officer, for_roles
from admin.forms import filters
from gateway import clock
from gateway.casework import search
from gateway.casework.search import Hit
from gateway.records.codes import Role
from gateway.records.db import transaction
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("search", __name__, url_prefix="/search")
_PAGES = {
    "alert": ("alerts.show", "alert_id"),
    "incident": ("incidents.show", "incident_id"),
    "feedback": ("complaints.show", "feedback_id"),
    "response": ("projects.show", "response_id"),
}


@blueprint.get("")
@for_roles(*CASE_ROLES, Role.CONDUCT, Role.MONITORING)
def show() -> str:
    """What this officer may see under a reference."""
    typed = filters.typed(("q",))["q"]
    hits: list[Hit] = []
    if typed.strip():
        with transaction() as session:
            hits = search.by_reference(session, typed, officer=current_officer(), now=clock.now())
    links = [(hit, _address(hit)) for hit in hits]
    return render_template("search/show.html", typed=typed[: search.LONGEST], hits=links, was_asked=bool(typed.strip()))


def _address(hit: Hit) -> str:
    endpoint, name = _PAGES[hit.kind]
    values: dict[str, Any] = {name: hit.row_id}
    return url_for(endpoint, **values)
