"""Complaints about conduct: for the conduct unit alone, each reading audited."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from admin.auth import current_officer, for_roles
from admin.forms.desk import version
from admin.forms.strict import Form
from gateway import clock
from gateway.casework import feedback
from gateway.records.codes import Role
from gateway.records.db import transaction
from gateway.records.states import FEEDBACK_MOVES, FeedbackStatus

blueprint = Blueprint("complaints", __name__, url_prefix="/complaints")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@for_roles(Role.CONDUCT)
def index() -> Page:
    """The latest complaints."""
    with transaction() as session:
        found = feedback.listed(session, officer=current_officer(), now=clock.now())
    return render_template("complaints/index.html", complaints=found)


@blueprint.get("/<feedback_id>")
@for_roles(Role.CONDUCT)
def show(feedback_id: str) -> Page:
    """One complaint with its text."""
    return _page(feedback_id, None)


@blueprint.post("/<feedback_id>/status")
@for_roles(Role.CONDUCT)
def move(feedback_id: str) -> Page:
    """Takes it up, closes it, or takes it up again."""
    form = Form.sent("status", "version")
    status, seen = form.choice("status", FeedbackStatus), version(form)
    if status is None or form.problems:
        return _page(feedback_id, form), 400
    with transaction() as session:
        feedback.move(session, feedback_id, status, seen, by=(current_officer(), clock.now()))
    return redirect(url_for(".show", feedback_id=feedback_id), 303)


def _page(feedback_id: str, form: Form | None) -> str:
    with transaction() as session:
        found = feedback.read(session, feedback_id, officer=current_officer(), now=clock.now())
    moves = [status for status in FeedbackStatus if status in FEEDBACK_MOVES[found.status]]
    return render_template("complaints/show.html", complaint=found, moves=moves, given=form)
