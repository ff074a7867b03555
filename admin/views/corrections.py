"""Correcting one field of an alert: the text beside the form, the reason asked for."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask_babel import lazy_gettext
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from admin import card_words, desk_values, highlight, own_forms, stale
from admin.auth import current_officer, for_roles
from admin.forms.corrections import INPUTS, inputs, read_choice, read_correction
from admin.forms.desk import note_refusal, places_meant
from admin.forms.strict import Form
from gateway import clock
from gateway.casework import alert_sheet, candidates, corrections, own_values, queue, values
from gateway.casework.alert_sheet import AlertSheet
from gateway.casework.corrections import READ_KINDS
from gateway.casework.fields import PARTS, own_form
from gateway.errors import Invalid, Overtaken
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.trust.access import CASE_ROLES
from parsers.codebook.book import Field

blueprint = Blueprint("corrections", __name__, url_prefix="/alerts")
Page = str | tuple[str, int] | Response


@blueprint.get("/<alert_id>/fields/<field>")
@for_roles(*CASE_ROLES)
def show(alert_id: str, field: str) -> Page:
    """The form, filled with the value that counts now."""
    sheet = _sheet(alert_id)
    return _page(sheet, _known(sheet, field), field, None)


@blueprint.post("/<alert_id>/fields/<field>")
@for_roles(*CASE_ROLES)
def correct(alert_id: str, field: str) -> Page:
    """Keeps the officer's value."""
    own = _known(_sheet(alert_id), field)
    form, amendment = read_correction(field, own)
    if amendment is None:
        return _page(_sheet(alert_id), own, field, form), 400
    try:
        with transaction() as session:
            corrections.correct(session, alert_id, amendment, officer=current_officer(), now=clock.now())
    except Invalid as refusal:
        note_refusal(form, refusal)
        return _page(_sheet(alert_id), own, field, form), 400
    except Overtaken:
        return _overtaken(_sheet(alert_id), own, field, form)
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


def _known(sheet: AlertSheet, field: str) -> Field | None:
    """The field of the report's own form, None for one of the built-in card; any other has no page."""
    own = own_values.of_form(own_form(sheet.alert), field) if field != corrections.KIND else None
    is_ours = own_form(sheet.alert) is None or field == corrections.KIND
    if own is None and not (is_ours and field in INPUTS):
        raise NotFound
    return own


def _sheet(alert_id: str) -> AlertSheet:
    with transaction() as session:
        return alert_sheet.read(session, alert_id, officer=current_officer(), now=clock.now())


def _page(sheet: AlertSheet, own: Field | None, field: str, form: Form | None) -> str:
    parsed, now_counts = sheet.alert.parsed or {}, sheet.effective.values
    known = sheet.text == parsed.get("text")
    rows = card_words.rows(sheet)
    g.section = "reading" if sheet.alert.kind in queue.TRAY else "queue"
    return render_template(
        "alerts/correct.html",
        sheet=sheet,
        alert=sheet.alert,
        parsed=parsed,
        field=field,
        own=own,
        asks=own_forms.question(field, own_form(sheet.alert)),
        input=field if own is None else own_values.known_as(own) or own.reader,
        cut=highlight.stretches(sheet.text, parsed.get("spans") or {} if known else {}),
        colours=highlight.colours([row.name for row in rows] or list(PARTS)),
        current=now_counts if own is None else own_values.standing(own, now_counts),
        told_now=card_words.told_of(own_form(sheet.alert), field, now_counts),
        given=form,
        codes=_codes(field, own),
        kinds=READ_KINDS,
        candidates=places_meant(form),
        nonce=form.given["id"] if form else new_id(),
    )


def _codes(field: str, own: Field | None) -> list[tuple[str, str]]:
    if own is not None and own_values.known_as(own) is None:
        return [(code, own_forms.code_of(own, code)) for code in own_values.options(own)]
    return [(code, desk_values.code_words(field, code)) for code in values.codes(field) if code != "urgent"]


def _overtaken(sheet: AlertSheet, own: Field | None, field: str, form: Form) -> Page:
    lines = [
        stale.Line(
            own_forms.question(field, own_form(sheet.alert)),
            _typed(field, own, form),
            card_words.told_of(own_form(sheet.alert), field, sheet.effective.values),
        ),
        stale.Line(lazy_gettext("Reason"), form.given["reason"], ""),
    ]
    back = url_for("alerts.show", alert_id=sheet.alert.id)
    return stale.page(form, lines, version=sheet.alert.version, back=back)


def _typed(field: str, own: Field | None, form: Form) -> str:
    """What the officer wrote; codes in words."""
    words = dict(_codes(field, own))
    typed = [form.given[name] for name in inputs(field, own)[0] if form.given[name]]
    typed += [value for chosen in form.lists.values() for value in chosen]
    return ", ".join(words.get(each, each) for each in typed)
