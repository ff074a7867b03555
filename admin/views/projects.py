"""What beneficiaries say of completed projects, for the monitoring officer."""

from flask import Blueprint, render_template

from admin.auth import current_officer, for_roles
from gateway import clock
from gateway.casework import responses
from gateway.records.codes import Role
from gateway.records.db import transaction

blueprint = Blueprint("projects", __name__, url_prefix="/projects")


@blueprint.get("")
@for_roles(Role.MONITORING, Role.CONDUCT)
def index() -> str:
    """The latest responses."""
    with transaction() as session:
        found = responses.listed(session, officer=current_officer(), now=clock.now())
    return render_template("projects/index.html", found=found)


@blueprint.get("/responses/<response_id>")
@for_roles(Role.MONITORING, Role.CONDUCT)
def show(response_id: str) -> str:
    """One response with its words."""
    with transaction() as session:
        told = responses.read(session, response_id, officer=current_officer(), now=clock.now())
        later = [(answer, (answer.parsed or {}).get("text", "")) for answer in told.later]
    parsed = told.response.parsed or {}
    page = {"response": told.response, "project": told.project, "parsed": parsed, "later": later}
    return render_template("projects/show.html", **page)
