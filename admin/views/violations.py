"""Violations: added to an incident, counted and described."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin import desk_values, stale
from admin.auth import current_officer, for_roles
from admin.forms.desk import note_refusal
from admin.forms.evidence import read_facts
from admin.forms.strict import Form
from admin.views import incidents
from gateway import clock
from gateway.casework import details, parties, violations
from gateway.casework.verification import find
from gateway.casework.violations import SEXES
from gateway.errors import Invalid, Overtaken
from gateway.records.codes import ViolationType
from gateway.records.db import transaction
from gateway.records.violation import Violation
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("violations", __name__)
Page = str | tuple[str, int] | Response


@blueprint.post("/incidents/<incident_id>/violations")
@for_roles(*CASE_ROLES)
def add(incident_id: str) -> Page:
    """One more violation in the incident."""
    form = Form.sent("type")
    violation_type = form.choice("type", ViolationType)
    if violation_type is None:
        return incidents.page(incident_id, form), 400
    try:
        with transaction() as session:
            added = violations.add(session, incident_id, violation_type, officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        note_refusal(form, refusal)
        return incidents.page(incident_id, form), 400
    return redirect(url_for(".edit", violation_id=added.id), 303)


@blueprint.get("/violations/<violation_id>")
@for_roles(*CASE_ROLES)
def edit(violation_id: str) -> Page:
    """The form, filled with what the record says."""
    return _page(violation_id, None)


@blueprint.post("/violations/<violation_id>")
@for_roles(*CASE_ROLES)
def change(violation_id: str) -> Page:
    """Writes what the officers hold now."""
    by = (current_officer(), clock.now())
    with transaction() as session:
        violation, _incident = find(session, by[0], violation_id)
    form, facts, seen = read_facts(violation.type)
    if facts is None:
        return _page(violation_id, form), 400
    try:
        with transaction() as session:
            violations.edit(session, violation_id, facts, seen, by=by)
    except Invalid as refusal:
        note_refusal(form, refusal)
        return _page(violation_id, form), 400
    except Overtaken:
        return _overtaken(violation_id, form)
    flash(gettext("The violation was saved."))
    return redirect(url_for("incidents.show", incident_id=violation.incident_id, _anchor=violation_id), 303)


def _page(violation_id: str, form: Form | None) -> str:
    with transaction() as session:
        violation, incident = find(session, current_officer(), violation_id)
        registry = parties.valid_on(session, incident.happened_from)
        form = form or _filled(violation)
    return render_template(
        "incidents/violation.html",
        violation=violation,
        incident=incident,
        given=form,
        own=details.of_type(violation.type),
        registry=[(party.code, desk_values.party_words(party.code)) for party in registry],
        sexes=SEXES,
    )


def _filled(violation: Violation) -> Form:
    given: dict[str, str] = {"version": str(violation.version)}
    for sex in SEXES:
        given |= {sex: str(getattr(violation, sex)), f"is_{sex}_estimated": _tick(violation, f"is_{sex}_estimated")}
    for name in ("age_min", "age_max"):
        value = getattr(violation, name)
        given[name] = "" if value is None else str(value)
    lists: dict[str, list[str]] = {"parties": [party.code for party in violation.parties]}
    for detail in details.of_type(violation.type):
        value_given: Any = violation.details.get(detail.name)
        if detail.kind == "many":
            lists[detail.name] = list(value_given or ())
        else:
            given[detail.name] = "" if value_given is None else str(value_given)
    return Form(given, lists)


def _tick(violation: Violation, name: str) -> str:
    return "1" if getattr(violation, name) else ""


def _overtaken(violation_id: str, form: Form) -> Page:
    with transaction() as session:
        violation, incident = find(session, current_officer(), violation_id)
        now_there = _filled(violation)
    words = {
        "boys": gettext("Boys"),
        "girls": gettext("Girls"),
        "unknown": gettext("Sex not known"),
        "age_min": gettext("Age from"),
        "age_max": gettext("Age to"),
        "parties": gettext("Alleged party"),
    }
    words |= {each.name: desk_values.detail_label(each) for each in details.of_type(violation.type)}
    told: dict[str, dict[str, str]] = {name: {} for name in words}
    told |= {each.name: dict(desk_values.detail_options(each)) for each in details.of_type(violation.type)}
    told["parties"] = {
        code: desk_values.party_words(code) for code in (*form.lists["parties"], *now_there.lists["parties"])
    }
    lines = [
        stale.Line(word, _told(form, name, told[name]), _told(now_there, name, told[name]))
        for name, word in words.items()
    ]
    back = url_for("incidents.show", incident_id=incident.id, _anchor=violation_id)
    return stale.page(form, lines, version=violation.version, back=back)


def _told(form: Form, name: str, words: dict[str, str]) -> str:
    values = form.lists[name] if name in form.lists else [form.given.get(name, "")]
    return ", ".join(words.get(value, value) for value in values)
