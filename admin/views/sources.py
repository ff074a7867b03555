"""Sources of an incident: added, assessed, and linked to the violations they support."""

from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin import stale
from admin.auth import current_officer, for_roles
from admin.forms.desk import note_refusal, version
from admin.forms.evidence import SOURCE, read_source
from admin.forms.strict import Form
from admin.wording import label
from gateway import clock
from gateway.casework import sources
from gateway.errors import Invalid, Overtaken
from gateway.records.codes import Grade, SourceCategory, SourceType
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.records.incident import Incident
from gateway.records.source import Source
from gateway.trust import access
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("sources", __name__)
Page = str | tuple[str, int] | Response
_CODES: dict[str, type[StrEnum]] = {
    "category": SourceCategory,
    "type": SourceType,
    "reliability": Grade,
    "credibility": Grade,
}


@blueprint.get("/incidents/<incident_id>/sources/new")
@for_roles(*CASE_ROLES)
def new(incident_id: str) -> Page:
    """An empty form, every violation ticked."""
    with transaction() as session:
        incident = access.find_incident(session, current_officer(), incident_id)
        ticked = [violation.id for violation in incident.violations]
    blank = dict.fromkeys(SOURCE, "") | {"reliability": Grade.UNASSESSED, "credibility": Grade.UNASSESSED}
    return _page(incident, Form(blank | {"id": new_id()}, {"violations": ticked}), None)


@blueprint.post("/incidents/<incident_id>/sources/new")
@for_roles(*CASE_ROLES)
def add(incident_id: str) -> Page:
    """One more source."""
    form, told = read_source("id")
    by = (current_officer(), clock.now())
    if told is not None:
        try:
            with transaction() as session:
                sources.add(session, incident_id, form.raw("id"), told, by=by)
        except Invalid as refusal:
            note_refusal(form, refusal)
        else:
            return _to(incident_id)
    with transaction() as session:
        incident = access.find_incident(session, by[0], incident_id)
        _ = incident.violations
    return _page(incident, form, None), 400


@blueprint.get("/sources/<source_id>")
@for_roles(*CASE_ROLES)
def edit(source_id: str) -> Page:
    """The form, filled with what the record says."""
    source, incident, filled = _find(source_id)
    return _page(incident, filled, source)


@blueprint.post("/sources/<source_id>")
@for_roles(*CASE_ROLES)
def assess(source_id: str) -> Page:
    """Grades the source anew."""
    form, told = read_source("version")
    seen = version(form)
    if told is None or form.problems:
        source, incident, _filled = _find(source_id)
        return _page(incident, form, source), 400
    by = (current_officer(), clock.now())
    try:
        with transaction() as session:
            source = sources.assess(session, source_id, told, seen, by=by)
    except Invalid as refusal:
        note_refusal(form, refusal)
        source, incident, _filled = _find(source_id)
        return _page(incident, form, source), 400
    except Overtaken:
        return _overtaken(source_id, form)
    return _to(source.incident_id)


def _to(incident_id: str) -> Response:
    flash(gettext("The source was saved."))
    return redirect(url_for("incidents.show", incident_id=incident_id, _anchor="sources"), 303)


def _find(source_id: str) -> tuple[Source, Incident, Form]:
    with transaction() as session:
        source, incident = sources.find(session, current_officer(), source_id)
        linked = [violation.id for violation in incident.violations if source in violation.sources]
    given = {name: getattr(source, name) or "" for name in ("category", "type", "reliability", "credibility", "note")}
    for name in ("is_un_eyewitness", "may_be_contacted", "may_be_shared"):
        given[name] = "1" if getattr(source, name) else ""
    given["collected_on"] = source.collected_on.isoformat() if source.collected_on else ""
    return source, incident, Form(given | {"version": str(source.version)}, {"violations": linked})


def _page(incident: Incident, form: Form, source: Source | None) -> str:
    return render_template(
        "incidents/source.html",
        incident=incident,
        source=source,
        given=form,
        action=request.path,
        lists={"category": SourceCategory, "type": SourceType, "grade": Grade},
        violations=[(violation.id, label(violation.type)) for violation in incident.violations],
    )


def _overtaken(source_id: str, form: Form) -> Page:
    source, incident, now_there = _find(source_id)
    words = {"category": gettext("Kind of source"), "type": gettext("Form"), "reliability": gettext("Reliability"),
             "credibility": gettext("Credibility"), "note": gettext("Note")}  # fmt: skip
    lines = [stale.Line(word, _told(name, form), _told(name, now_there)) for name, word in words.items()]
    back = url_for("incidents.show", incident_id=incident.id, _anchor="sources")
    return stale.page(form, lines, version=source.version, back=back)


def _told(name: str, form: Form) -> str:
    kind, code = _CODES.get(name), form.given[name]
    return label(kind(code)) if kind and code else code
