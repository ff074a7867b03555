"""What beneficiaries say of completed projects, for the monitoring officer."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from admin import highlight
from admin.auth import current_officer, for_roles
from admin.forms.strict import Form
from gateway import clock
from gateway.casework import answers, response_fields, responses
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
    """One response with its words, and what came after it."""
    with transaction() as session:
        sheet = responses.read(session, response_id, officer=current_officer(), now=clock.now())
    parsed = sheet.response.parsed or {}
    spans = parsed.get("spans") or {} if sheet.text == parsed.get("text") else {}
    cut = highlight.stretches(sheet.text, spans)
    return render_template(
        "projects/show.html",
        sheet=sheet,
        response=sheet.response,
        parsed=parsed,
        cut=cut,
        legend=highlight.fields_shown(cut),
        colours=highlight.colours(["project", *response_fields.names()]),
        form_name=response_fields.FORM,
    )


@blueprint.post("/responses/<response_id>/answers/<answer_id>/accept")
@for_roles(Role.MONITORING, Role.CONDUCT)
def accept(response_id: str, answer_id: str) -> Response:
    """Lets a later message count."""
    return _settle(response_id, answer_id, answers.accept)


@blueprint.post("/responses/<response_id>/answers/<answer_id>/set-aside")
@for_roles(Role.MONITORING, Role.CONDUCT)
def set_aside(response_id: str, answer_id: str) -> Response:
    """Leaves a later message without effect."""
    return _settle(response_id, answer_id, answers.set_aside)


def _settle(response_id: str, answer_id: str, act: Callable[..., object]) -> Response:
    Form.sent()
    with transaction() as session:
        act(session, answer_id, officer=current_officer(), now=clock.now())
    return redirect(url_for(".show", response_id=response_id), 303)
