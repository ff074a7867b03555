"""Victims of an incident: one child under a code, or a group; never a name."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin.auth import current_officer, for_roles
from admin.forms.desk import note_refusal
from admin.forms.evidence import VICTIM, read_victim
from admin.forms.strict import Form
from admin.wording import label
from gateway import clock
from gateway.casework import victims
from gateway.errors import Invalid
from gateway.records.codes import Sex, VictimKind
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.trust import access
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("victims", __name__, url_prefix="/incidents")
Page = str | tuple[str, int] | Response


@blueprint.get("/<incident_id>/victims/new")
@for_roles(*CASE_ROLES)
def new(incident_id: str) -> Page:
    """An empty form."""
    blank = dict.fromkeys(VICTIM, "") | {"kind": VictimKind.INDIVIDUAL, "sex": Sex.UNKNOWN, "size": "1"}
    return _page(incident_id, Form(blank | {"id": new_id()}, {"violations": []}))


@blueprint.post("/<incident_id>/victims/new")
@for_roles(*CASE_ROLES)
def add(incident_id: str) -> Page:
    """One more victim."""
    form, described = read_victim()
    if described is None:
        return _page(incident_id, form), 400
    by = (current_officer(), clock.now())
    try:
        with transaction() as session:
            victim = victims.add(session, incident_id, form.raw("id"), described, by=by)
    except Invalid as refusal:
        note_refusal(form, refusal)
        return _page(incident_id, form), 400
    flash(gettext("The victim was added under the code %(code)s.", code=victim.code))
    return redirect(url_for("incidents.show", incident_id=incident_id, _anchor="victims"), 303)


def _page(incident_id: str, form: Form) -> str:
    with transaction() as session:
        incident = access.find_incident(session, current_officer(), incident_id)
        violations = [(violation.id, label(violation.type)) for violation in incident.violations]
    return render_template(
        "incidents/victim.html",
        incident=incident,
        given=form,
        action=request.path,
        violations=violations,
        kinds=VictimKind,
        sexes=Sex,
    )
