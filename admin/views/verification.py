"""Deciding on a violation; the form stands on the incident's page."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin import stale
from admin.auth import current_officer, for_roles
from admin.forms.desk import note_refusal, read_decision
from admin.forms.strict import Form
from admin.views import incidents
from admin.wording import label
from gateway import clock
from gateway.casework import verification
from gateway.errors import Invalid, Overtaken
from gateway.records.codes import Role
from gateway.records.db import transaction
from gateway.records.incident import Incident
from gateway.records.violation import Violation

blueprint = Blueprint("verification", __name__, url_prefix="/violations")
Page = str | tuple[str, int] | Response


@blueprint.post("/<violation_id>/decide")
@for_roles(Role.FOCAL_POINT, Role.TECHNICAL, Role.FINAL)
def decide(violation_id: str) -> Page:
    """One decision; what stands in its way is said beside the form."""
    form, decision = read_decision()
    if decision is None:
        _violation, incident = _find(violation_id)
        return incidents.page(incident.id, form, violation_id), 400
    try:
        with transaction() as session:
            verification.decide(session, violation_id, decision, officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        note_refusal(form, refusal)
        _violation, incident = _find(violation_id)
        return incidents.page(incident.id, form, violation_id), 400
    except Overtaken:
        return _overtaken(violation_id, form)
    _violation, incident = _find(violation_id)
    flash(gettext("The decision was kept."))
    return redirect(url_for("incidents.show", incident_id=incident.id, _anchor=violation_id), 303)


def _find(violation_id: str) -> tuple[Violation, Incident]:
    with transaction() as session:
        return verification.find(session, current_officer(), violation_id)


def _overtaken(violation_id: str, form: Form) -> Page:
    violation, incident = _find(violation_id)
    lines = [
        stale.Line(gettext("Status"), "", label(violation.status)),
        stale.Line(gettext("Reason"), form.given["reason"], ""),
        stale.Line(gettext("Note"), form.given["note"], ""),
    ]
    back = url_for("incidents.show", incident_id=incident.id, _anchor=violation_id)
    return stale.page(form, lines, version=violation.version, back=back)
