"""Incidents: the list, one incident, opening one by hand, editing, ending and reopening."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin import stale
from admin.auth import current_officer, for_roles
from admin.forms import filters
from admin.forms.desk import DRAFT, candidates, note_refusal, read_draft, read_move, version
from admin.forms.strict import Form
from admin.wording import day
from gateway import clock
from gateway.casework import incident_list, incident_sheet, incidents, openings, places
from gateway.casework.incident_sheet import IncidentSheet
from gateway.errors import Invalid, Overtaken
from gateway.records.codes import ViolationType
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.records.incident import Incident
from gateway.trust import access
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("incidents", __name__, url_prefix="/incidents")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@for_roles(*CASE_ROLES)
def index() -> Page:
    """The incidents of the officer's regions."""
    given = filters.typed(filters.INCIDENTS)
    wanted, after = filters.incident_filters(given), filters.cursor(given)
    with transaction() as session:
        found = incident_list.page(session, wanted, officer=current_officer(), now=clock.now(), after=after)
    return render_template("incidents/index.html", page=found, given=given)


@blueprint.get("/new")
@for_roles(*CASE_ROLES)
def new() -> Page:
    """An empty form."""
    return _form(Form(dict.fromkeys(DRAFT, "") | {"id": new_id()}, {"types": []}), None)


@blueprint.post("/new")
@for_roles(*CASE_ROLES)
def create() -> Page:
    """Opens an incident by hand."""
    form, draft = read_draft("id", many=("types",))
    types = form.choices("types", ViolationType)
    if draft is None or form.problems:
        return _form(form, None), 400
    manual = openings.Manual(form.raw("id"), draft, types)
    try:
        with transaction() as session:
            incident = openings.open_manually(session, manual, officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        note_refusal(form, refusal)
        return _form(form, None), 400
    return redirect(url_for(".show", incident_id=incident.id), 303)


@blueprint.get("/<incident_id>")
@for_roles(*CASE_ROLES)
def show(incident_id: str) -> Page:
    """The incident as it stands."""
    return page(incident_id)


@blueprint.get("/<incident_id>/edit")
@for_roles(*CASE_ROLES)
def edit(incident_id: str) -> Page:
    """The form, filled with what the record says."""
    incident = _find(incident_id)
    return _form(Form(_shown(incident) | {"version": str(incident.version)}, {}), incident)


@blueprint.post("/<incident_id>/edit")
@for_roles(*CASE_ROLES)
def change(incident_id: str) -> Page:
    """Writes the officer's text over the record, unless somebody else did in the meantime."""
    form, draft = read_draft("version")
    seen, by = version(form), (current_officer(), clock.now())
    if draft is None or form.problems:
        return _form(form, _find(incident_id)), 400
    try:
        with transaction() as session:
            incidents.edit(session, incident_id, draft, seen, by=by)
    except Invalid as refusal:
        note_refusal(form, refusal)
        return _form(form, _find(incident_id)), 400
    except Overtaken:
        return _overtaken(form, incident_id)
    flash(gettext("The incident was saved."))
    return redirect(url_for(".show", incident_id=incident_id), 303)


@blueprint.post("/<incident_id>/status")
@for_roles(*CASE_ROLES)
def move(incident_id: str) -> Page:
    """Closes the incident, sets it aside as a duplicate, or reopens it."""
    form, wanted = read_move()
    if wanted is None:
        return page(incident_id, form), 400
    try:
        with transaction() as session:
            incidents.move(session, incident_id, wanted, officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        note_refusal(form, refusal)
        return page(incident_id, form), 400
    except Overtaken:
        incident = _find(incident_id)
        line = stale.Line(gettext("Reason"), form.given["reason"], "")
        back = url_for(".show", incident_id=incident_id)
        return stale.page(form, [line], version=incident.version, back=back)
    return redirect(url_for(".show", incident_id=incident_id), 303)


def page(incident_id: str, form: Form | None = None, violation_id: str | None = None) -> str:
    """The page of one incident, with what was wrong with a form, and for which violation."""
    sheet = read_sheet(incident_id)
    return render_template(
        "incidents/show.html",
        sheet=sheet,
        incident=sheet.incident,
        given=form,
        wrong_violation=violation_id,
        missing_types=[each for each in ViolationType if each not in {v.type for v in sheet.incident.violations}],
        today=clock.now().date(),
    )


def read_sheet(incident_id: str) -> IncidentSheet:
    """Everything about one incident."""
    with transaction() as session:
        return incident_sheet.read(session, incident_id, officer=current_officer(), now=clock.now())


def _find(incident_id: str) -> Incident:
    with transaction() as session:
        return access.find_incident(session, current_officer(), incident_id)


def _form(form: Form, incident: Incident | None) -> str:
    return render_template(
        "incidents/form.html", given=form, incident=incident, candidates=candidates(form), action=request.path
    )


def _shown(incident: Incident) -> dict[str, str]:
    return {
        "place": incident.place or "",
        "place_code": "",
        "place_note": incident.place_note or "",
        "happened_from": incident.happened_from.isoformat() if incident.happened_from else "",
        "happened_to": incident.happened_to.isoformat() if incident.happened_to else "",
        "is_date_estimated": "1" if incident.is_date_estimated else "",
        "account": incident.account or "",
        "public_account": incident.public_account or "",
    }


def _overtaken(form: Form, incident_id: str) -> Page:
    incident = _find(incident_id)
    yours, now_there = form.given, _shown(incident)
    lines = [
        stale.Line(gettext("Place"), places.name(yours["place"]) or yours["place"], places.name(incident.place) or ""),
        stale.Line(gettext("Place in words"), yours["place_note"], incident.place_note or ""),
        stale.Line(gettext("From"), _day(yours["happened_from"]), _day(now_there["happened_from"])),
        stale.Line(gettext("To"), _day(yours["happened_to"]), _day(now_there["happened_to"])),
        stale.Line(gettext("Account, confidential"), yours["account"], incident.account or ""),
        stale.Line(gettext("Account that may be shared"), yours["public_account"], incident.public_account or ""),
    ]
    back = url_for(".show", incident_id=incident_id)
    return stale.page(form, lines, version=incident.version, back=back)


def _day(typed: str) -> str:
    return day(date.fromisoformat(typed)) if typed else ""
