"""Victims of an incident: one child under a code, or a group; never a name."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin import stale
from admin.auth import current_officer, for_roles
from admin.forms.desk import note_refusal, version
from admin.forms.evidence import VICTIM, read_victim
from admin.forms.strict import Form
from admin.wording import label
from gateway import clock
from gateway.casework import victims
from gateway.errors import Invalid, Overtaken
from gateway.records.codes import Sex, VictimKind
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.records.incident import Incident
from gateway.records.victim import Victim
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
    form, described = read_victim("id")
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


@blueprint.get("/victims/<victim_id>")
@for_roles(*CASE_ROLES)
def edit(victim_id: str) -> Page:
    """The form, filled with what the record says."""
    with transaction() as session:
        victim, incident = victims.find(session, current_officer(), victim_id)
        suffered = [each.id for each in incident.violations if victim in each.victims]
    return _page(incident.id, Form(_shown(victim) | {"version": str(victim.version)}, {"violations": suffered}), victim)


@blueprint.post("/victims/<victim_id>")
@for_roles(*CASE_ROLES)
def change(victim_id: str) -> Page:
    """Writes what the officer knows over the record, unless somebody else did in the meantime."""
    form, described = read_victim("version")
    seen, by = version(form), (current_officer(), clock.now())
    victim, incident = _find(victim_id)
    if described is None or form.problems:
        return _page(incident.id, form, victim), 400
    try:
        with transaction() as session:
            victims.edit(session, victim_id, described, seen, by=by)
    except Invalid as refusal:
        note_refusal(form, refusal)
        return _page(incident.id, form, victim), 400
    except Overtaken:
        victim, _incident = _find(victim_id)
        line = stale.Line(gettext("Note, confidential"), form.given["note"], victim.note or "")
        return stale.page(form, [line], version=victim.version, back=request.path)
    flash(gettext("The victim was saved."))
    return redirect(url_for("incidents.show", incident_id=incident.id, _anchor="victims"), 303)


def _find(victim_id: str) -> tuple[Victim, Incident]:
    with transaction() as session:
        return victims.find(session, current_officer(), victim_id)


def _shown(victim: Victim) -> dict[str, str]:
    ticks = ("is_age_estimated", "is_size_estimated", "may_be_contacted", "may_be_reported")
    ages = {name: "" if value is None else str(value)
            for name, value in (("age_min", victim.age_min), ("age_max", victim.age_max))}  # fmt: skip
    told = {"kind": victim.kind.value, "sex": victim.sex.value, "size": str(victim.size), "note": victim.note or ""}
    return told | ages | {name: "1" if getattr(victim, name) else "" for name in ticks}


def _page(incident_id: str, form: Form, victim: Victim | None = None) -> str:
    with transaction() as session:
        incident = access.find_incident(session, current_officer(), incident_id)
        violations = [(violation.id, label(violation.type)) for violation in incident.violations]
    return render_template(
        "incidents/victim.html",
        incident=incident,
        victim=victim,
        given=form,
        action=request.path,
        violations=violations,
        kinds=VictimKind,
        sexes=Sex,
    )
