"""Correcting one field of an alert: the text beside the form, the reason asked for."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import lazy_gettext
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from admin import desk_values, highlight, stale
from admin.auth import current_officer, for_roles
from admin.desk_words import FIELDS
from admin.forms.corrections import INPUTS, read_choice, read_correction
from admin.forms.desk import note_refusal, places_meant
from admin.forms.strict import Form
from gateway import clock
from gateway.casework import alert_sheet, candidates, corrections, values
from gateway.casework.alert_sheet import AlertSheet
from gateway.casework.corrections import READ_KINDS
from gateway.errors import Invalid, Overtaken
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("corrections", __name__, url_prefix="/alerts")
Page = str | tuple[str, int] | Response


@blueprint.get("/<alert_id>/fields/<field>")
@for_roles(*CASE_ROLES)
def show(alert_id: str, field: str) -> Page:
    """The form, filled with the value that counts now."""
    _check(field)
    return _page(alert_id, field, None)


@blueprint.post("/<alert_id>/fields/<field>")
@for_roles(*CASE_ROLES)
def correct(alert_id: str, field: str) -> Page:
    """Keeps the officer's value."""
    _check(field)
    form, amendment = read_correction(field)
    if amendment is None:
        return _page(alert_id, field, form), 400
    try:
        with transaction() as session:
            corrections.correct(session, alert_id, amendment, officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        note_refusal(form, refusal)
        return _page(alert_id, field, form), 400
    except Overtaken:
        return _overtaken(alert_id, field, form)
    return redirect(url_for("alerts.show", alert_id=alert_id), 303)


@blueprint.post("/<alert_id>/candidates")
@for_roles(*CASE_ROLES)
def choose(alert_id: str) -> Page:
    """Takes one of the meanings that the machine saw."""
    form, choice = read_choice()
    if choice is None:
        raise BadRequest
    try:
        with transaction() as session:
            candidates.accept(session, alert_id, choice, officer=current_officer(), now=clock.now())
    except Invalid:
        raise BadRequest from None
    except Overtaken:
        sheet = _sheet(alert_id)
        back = url_for("alerts.show", alert_id=alert_id)
        return stale.page(form, [], version=sheet.alert.version, back=back)
    return redirect(url_for("alerts.show", alert_id=alert_id), 303)


def _check(field: str) -> None:
    if field not in INPUTS:
        raise NotFound


def _sheet(alert_id: str) -> AlertSheet:
    with transaction() as session:
        return alert_sheet.read(session, alert_id, officer=current_officer(), now=clock.now())


def _page(alert_id: str, field: str, form: Form | None) -> str:
    sheet = _sheet(alert_id)
    parsed = sheet.alert.parsed or {}
    known = sheet.text == parsed.get("text")
    return render_template(
        "alerts/correct.html",
        sheet=sheet,
        alert=sheet.alert,
        field=field,
        cut=highlight.stretches(sheet.text, parsed.get("spans") or {} if known else {}),
        current=sheet.effective.values,
        given=form,
        codes=[(code, desk_values.code_words(field, code)) for code in values.codes(field) if code != "urgent"],
        kinds=READ_KINDS,
        candidates=places_meant(form),
        nonce=form.given["id"] if form else new_id(),
    )


def _overtaken(alert_id: str, field: str, form: Form) -> Page:
    sheet = _sheet(alert_id)
    typed = ", ".join([*(form.given[name] for name in INPUTS[field][0] if form.given[name]),
                       *(value for values_given in form.lists.values() for value in values_given)])  # fmt: skip
    lines = [
        stale.Line(FIELDS[field], typed, desk_values.value_words(field, sheet.effective.values)),
        stale.Line(lazy_gettext("Reason"), form.given["reason"], ""),
    ]
    back = url_for("alerts.show", alert_id=alert_id)
    return stale.page(form, lines, version=sheet.alert.version, back=back)
