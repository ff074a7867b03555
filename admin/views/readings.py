"""A newer reading of a report that somebody has already decided on: accepted, or set aside with a reason."""

from flask import Blueprint, redirect, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from admin.auth import current_officer, for_roles
from admin.desk_words import REASONS
from admin.forms.corrections import read_taking
from admin.forms.strict import Form
from admin.views import alerts
from gateway import clock
from gateway.casework import readings
from gateway.errors import Invalid, Overtaken
from gateway.records.db import transaction
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("readings", __name__, url_prefix="/alerts")
Page = str | tuple[str, int] | Response


@blueprint.post("/<alert_id>/readings/<reading_id>/accept")
@for_roles(*CASE_ROLES)
def accept(alert_id: str, reading_id: str) -> Page:
    """Lets the newer reading count."""
    form = Form.sent()
    try:
        with transaction() as session:
            readings.accept(session, reading_id, officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        return _refused(alert_id, form, refusal)
    return _back(alert_id)


@blueprint.post("/<alert_id>/readings/<reading_id>/set-aside")
@for_roles(*CASE_ROLES)
def set_aside(alert_id: str, reading_id: str) -> Page:
    """Leaves the newer reading without effect."""
    form = Form.sent("why")
    try:
        with transaction() as session:
            readings.set_aside(session, reading_id, form.raw("why"), officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        return _refused(alert_id, form, refusal)
    return _back(alert_id)


@blueprint.post("/<alert_id>/readings/<reading_id>/fields")
@for_roles(*CASE_ROLES)
def take(alert_id: str, reading_id: str) -> Page:
    """Takes one field of the newer reading over."""
    form, choice = read_taking()
    if choice is None:
        raise BadRequest
    try:
        with transaction() as session:
            readings.take(session, reading_id, choice, officer=current_officer(), now=clock.now())
    except Invalid:
        raise BadRequest from None
    except Overtaken:
        return alerts.overtaken(alert_id, form)
    return _back(alert_id)


def _refused(alert_id: str, form: Form, refusal: Invalid) -> Page:
    form.problems["why"] = REASONS.get(refusal.reason, REASONS["unknown"])
    return alerts.page(alert_id, form), 400


def _back(alert_id: str) -> Response:
    return redirect(url_for("alerts.show", alert_id=alert_id), 303)
