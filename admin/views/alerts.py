"""One alert: its text, its fields and what an officer does with it."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin import card_words, highlight, stale
from admin.auth import current_officer, for_roles
from admin.forms.desk import note_refusal, read_joining, read_leaving, read_triage, read_version
from admin.forms.strict import Form
from gateway import clock
from gateway.casework import (
    alert_sheet,
    alerts,
    answers,
    candidates,
    detaching,
    fields,
    handing_over,
    openings,
    queue,
    readings,
)
from gateway.casework.alert_sheet import AlertSheet
from gateway.casework.candidates import Candidate
from gateway.errors import Invalid, Overtaken
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.records.states import ALERT_MOVES, AlertStatus
from gateway.trust.access import CASE_ROLES

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")
Page = str | tuple[str, int] | Response


@blueprint.get("/<alert_id>")
@for_roles(*CASE_ROLES)
def show(alert_id: str) -> Page:
    """The alert as it stands."""
    return page(alert_id)


@blueprint.post("/<alert_id>/claim")
@for_roles(*CASE_ROLES)
def claim(alert_id: str) -> Page:
    """Takes the alert for half an hour."""
    Form.sent()
    with transaction() as session:
        alerts.claim(session, alert_id, officer=current_officer(), now=clock.now())
    return _back(alert_id)


@blueprint.post("/<alert_id>/give-back")
@for_roles(*CASE_ROLES)
def give_back(alert_id: str) -> Page:
    """Leaves the alert to others."""
    Form.sent()
    with transaction() as session:
        alerts.release(session, alert_id, officer=current_officer(), now=clock.now())
    return redirect(url_for("queue.show"), 303)


@blueprint.post("/<alert_id>/triage")
@for_roles(*CASE_ROLES)
def triage(alert_id: str) -> Page:
    """Moves the alert on, with a reason."""
    form, wanted = read_triage()
    if wanted is None:
        return page(alert_id, form), 400
    officer, now = current_officer(), clock.now()
    return _act(alert_id, form, lambda session: alerts.triage(session, alert_id, wanted, officer=officer, now=now))


@blueprint.post("/<alert_id>/incident")
@for_roles(*CASE_ROLES)
def open_incident(alert_id: str) -> Page:
    """Opens an incident from the alert."""
    form, joining = read_joining()
    if joining is None:
        return page(alert_id, form), 400
    officer, now = current_officer(), clock.now()
    return _enter(
        alert_id,
        form,
        lambda session: openings.open_from_alert(session, alert_id, joining, officer=officer, now=now).id,
    )


@blueprint.post("/<alert_id>/incident/<incident_id>")
@for_roles(*CASE_ROLES)
def attach(alert_id: str, incident_id: str) -> Page:
    """Puts the alert into an incident that is already open."""
    form, joining = read_joining()
    if joining is None:
        return page(alert_id, form), 400
    by = (current_officer(), clock.now())
    return _enter(alert_id, form, lambda session: openings.attach(session, alert_id, incident_id, joining, by=by).id)


@blueprint.post("/<alert_id>/hand-over")
@for_roles(*CASE_ROLES)
def hand_over(alert_id: str) -> Page:
    """Gives a complaint about staff to the conduct unit; the officer never sees it again."""
    form, seen = read_version()
    if form.problems:
        return page(alert_id, form), 400
    try:
        with transaction() as session:
            handing_over.hand_over(session, alert_id, seen, officer=current_officer(), now=clock.now())
    except Overtaken:
        return overtaken(alert_id, form)
    flash(gettext("The conduct unit has it now. It is no longer shown here."))
    return redirect(url_for("queue.show"), 303)


@blueprint.post("/<alert_id>/leave")
@for_roles(*CASE_ROLES)
def leave(alert_id: str) -> Page:
    """Takes the alert out of its incident, with a reason."""
    form, seen = read_leaving()
    if form.problems:
        return page(alert_id, form), 400
    by, reason = (current_officer(), clock.now()), form.given["reason"]
    return _act(alert_id, form, lambda session: detaching.detach(session, alert_id, reason, seen, by=by))


@blueprint.post("/<alert_id>/answers/<answer_id>/accept")
@for_roles(*CASE_ROLES)
def accept(alert_id: str, answer_id: str) -> Page:
    """Lets a later message count."""
    return _settle(alert_id, answer_id, answers.accept)


@blueprint.post("/<alert_id>/answers/<answer_id>/set-aside")
@for_roles(*CASE_ROLES)
def set_aside(alert_id: str, answer_id: str) -> Page:
    """Leaves a later message without effect."""
    return _settle(alert_id, answer_id, answers.set_aside)


def page(alert_id: str, form: Form | None = None) -> str:
    """The page of one alert, with what was wrong with a form."""
    officer, now = current_officer(), clock.now()
    with transaction() as session:
        sheet = alert_sheet.read(session, alert_id, officer=officer, now=now)
    parsed = sheet.alert.parsed or {}
    g.section = "reading" if sheet.alert.kind in queue.TRAY else "queue"
    cut = highlight.stretches(sheet.text, parsed.get("spans") or {}) if sheet.text == parsed.get("text") else None
    waiting, rows = sheet.waiting, card_words.rows(sheet)
    return render_template(
        "alerts/show.html",
        sheet=sheet,
        rows=rows,
        correctable={row.name for row in rows if row.may_be_corrected},
        colours=highlight.colours([row.name for row in rows] or list(fields.PARTS)),
        may_accept=waiting is not None and readings.may_be_accepted(waiting),
        may_take=readings.to_take(waiting, sheet.alert, sheet.effective.values) if waiting and sheet.is_free else {},
        alert=sheet.alert,
        cut=cut or highlight.stretches(sheet.text, {}),
        legend=highlight.fields_shown(cut or []),
        parsed=parsed,
        is_tray=sheet.alert.kind in queue.TRAY,
        moves=_moves(sheet.alert.status),
        candidates=_candidates(sheet),
        nonce=new_id(),
        given=form,
        now=now,
        own_id=officer.id,
    )


def _candidates(sheet: AlertSheet) -> list[tuple[Candidate, ...]]:
    """For each doubt the meanings that may be taken now: not where somebody already said which."""
    problems = (sheet.alert.parsed or {}).get("problems", [])
    if not (sheet.is_open and sheet.is_free):
        return [() for _ in problems]
    settled = sheet.effective.changed_by
    offered = [candidates.of_problem(sheet.alert, problem) for problem in problems]
    return [tuple(each for each in some if each.field not in settled) for some in offered]


def _moves(status: AlertStatus) -> list[AlertStatus]:
    if status is AlertStatus.IN_INCIDENT:
        return []
    return [each for each in AlertStatus if each in ALERT_MOVES[status] and each is not AlertStatus.IN_INCIDENT]


def _act(alert_id: str, form: Form, act: Callable[[Session], object]) -> Page:
    try:
        with transaction() as session:
            act(session)
    except Invalid as refusal:
        note_refusal(form, refusal)
        return page(alert_id, form), 400
    except Overtaken:
        return overtaken(alert_id, form)
    return _back(alert_id)


def _enter(alert_id: str, form: Form, act: Callable[[Session], str]) -> Page:
    try:
        with transaction() as session:
            incident_id = act(session)
    except Invalid as refusal:
        note_refusal(form, refusal)
        return page(alert_id, form), 400
    except Overtaken:
        return overtaken(alert_id, form)
    flash(gettext("The report is now part of this incident."))
    return redirect(url_for("incidents.show", incident_id=incident_id), 303)


def _settle(alert_id: str, answer_id: str, act: Callable[..., object]) -> Page:
    Form.sent()
    with transaction() as session:
        act(session, answer_id, officer=current_officer(), now=clock.now())
    return _back(alert_id)


def overtaken(alert_id: str, form: Form) -> Page:
    """The answer to a form of this page that was overtaken."""
    with transaction() as session:
        sheet = alert_sheet.read(session, alert_id, officer=current_officer(), now=clock.now())
    back = url_for("alerts.show", alert_id=alert_id)
    line = stale.Line(lazy_gettext("Reason"), form.given.get("reason", ""), "")
    return stale.page(form, [line] if line.yours else [], version=sheet.alert.version, back=back)


def _back(alert_id: str) -> Response:
    return redirect(url_for(".show", alert_id=alert_id), 303)
