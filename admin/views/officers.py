"""The officers' administration: who there is, with what roles, for which regions."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin.auth import current_officer, for_roles
from admin.forms.officers import NAMES, read_duties, read_new_officer, read_reason
from admin.forms.strict import Form
from admin.words import PROBLEMS
from gateway import clock, codebook
from gateway.errors import Invalid
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.officer import Officer
from gateway.trust import accounts
from gateway.trust.accounts import Reason

blueprint = Blueprint("officers", __name__, url_prefix="/officers")
Page = str | tuple[str, int] | Response
_BLANK = Form({"name": "", "display_name": "", "language": "fr"}, {"roles": [], "regions": []})


@blueprint.get("")
@for_roles(Role.ADMINISTRATOR)
def index() -> Page:
    """Everybody, the active ones first."""
    with reading() as session:
        officers = accounts.everybody(session)
    return render_template("officers/index.html", officers=officers, now=clock.now())


@blueprint.get("/new")
@for_roles(Role.ADMINISTRATOR)
def new() -> Page:
    """An empty form."""
    return _new_page(_BLANK)


@blueprint.post("/new")
@for_roles(Role.ADMINISTRATOR)
def add() -> Page:
    """Adds an officer; the answer shows the one-time password, this once."""
    form = Form.sent(*NAMES, many=("roles", "regions"))
    asked = read_new_officer(form)
    if form.problems:
        return _new_page(form), 400
    try:
        with transaction() as session:
            officer, password = accounts.add(session, asked, by=current_officer(), now=clock.now())
    except Invalid as refusal:
        form.problems[refusal.field] = PROBLEMS[refusal.reason]
        return _new_page(form), 400
    return render_template("officers/one_time.html", officer=officer, password=password)


@blueprint.get("/<officer_id>")
@for_roles(Role.ADMINISTRATOR)
def show(officer_id: str) -> Page:
    """One officer."""
    return _page(officer_id, {})


@blueprint.post("/<officer_id>/duties")
@for_roles(Role.ADMINISTRATOR)
def change_duties(officer_id: str) -> Page:
    """Other roles or regions; takes effect with the officer's next step, since they are signed out."""
    form, duties = read_duties()
    if form.problems:
        return _page(officer_id, form.problems), 400
    with transaction() as session:
        accounts.change_duties(session, officer_id, duties, by=current_officer(), now=clock.now())
    flash(gettext("Roles and regions were changed. The officer has to sign in anew."))
    return redirect(url_for(".show", officer_id=officer_id), 303)


@blueprint.post("/<officer_id>/disable")
@for_roles(Role.ADMINISTRATOR)
def disable(officer_id: str) -> Page:
    """Takes the officer's access away at once."""
    return _switch(officer_id, accounts.disable)


@blueprint.post("/<officer_id>/enable")
@for_roles(Role.ADMINISTRATOR)
def enable(officer_id: str) -> Page:
    """Lets the officer in again."""
    return _switch(officer_id, accounts.enable)


@blueprint.post("/<officer_id>/telephone")
@for_roles(Role.ADMINISTRATOR)
def reset_second_factor(officer_id: str) -> Page:
    """For a lost telephone."""
    return _reset(officer_id, accounts.reset_second_factor)


@blueprint.post("/<officer_id>/password")
@for_roles(Role.ADMINISTRATOR)
def reset_password(officer_id: str) -> Page:
    """For a forgotten password."""
    return _reset(officer_id, accounts.reset_password)


def _switch(officer_id: str, switch: Callable[..., Officer]) -> Page:
    form, reason = read_reason()
    if reason is None:
        return _page(officer_id, form.problems), 400
    with transaction() as session:
        officer = switch(session, officer_id, reason=reason, by=current_officer(), now=clock.now())
    flash(gettext("The account is open again.") if officer.is_active else gettext("The account is closed."))
    return redirect(url_for(".show", officer_id=officer_id), 303)


def _reset(officer_id: str, reset: Callable[..., str]) -> Page:
    form, reason = read_reason()
    if reason is None:
        return _page(officer_id, form.problems), 400
    with transaction() as session:
        password = reset(session, officer_id, reason=reason, by=current_officer(), now=clock.now())
        officer = accounts.find(session, officer_id)
    return render_template("officers/one_time.html", officer=officer, password=password)


def _new_page(form: Form) -> str:
    return render_template("officers/new.html", given=form, all_roles=Role, all_regions=_all_regions())


def _page(officer_id: str, problems: object) -> str:
    with reading() as session:
        officer = accounts.find(session, officer_id)
    return render_template(
        "officers/show.html",
        officer=officer,
        now=clock.now(),
        is_own=officer.id == current_officer().id,
        problems=problems,
        all_roles=Role,
        all_regions=_all_regions(),
        all_reasons=Reason,
    )


def _all_regions() -> list[tuple[str, str]]:
    return [(place.pcode, place.name) for place in codebook.places().regions()]
