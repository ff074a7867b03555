"""An officer's own account: password, telephone, recovery codes, browsers that are signed in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin import cookies
from admin.auth import current_browser, signed_in
from admin.forms.account import PasswordChange, is_own_password, read_password_change
from admin.forms.strict import Form
from gateway import clock
from gateway.records.db import reading, transaction
from gateway.trust import own_account, passwords, sessions

blueprint = Blueprint("account", __name__, url_prefix="/account")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@signed_in
def show() -> Page:
    """The account at a glance."""
    return _page({})


@blueprint.get("/password")
@signed_in
def password() -> Page:
    """A new password; the first thing after a one-time one."""
    return render_template("account/password.html", problems={})


@blueprint.post("/password")
@signed_in
def change_password() -> Page:
    """Stores it and signs out every other browser."""
    browser = current_browser()
    change = read_password_change(browser.officer)
    if not isinstance(change, PasswordChange):
        return render_template("account/password.html", problems=change), 400
    new_hash = passwords.hash_of(change.new)
    with transaction() as session:
        token = own_account.set_password(session, browser, new_hash, now=clock.now())
    cookies.give_session(token)
    flash(gettext("Your password was changed. Every other browser was signed out."))
    return redirect(url_for("home.front"), 303)


@blueprint.post("/telephone")
@signed_in
def replace_telephone() -> Page:
    """Starts over with another telephone, after the password was given once more."""
    form = Form.sent("telephone_password")
    if not is_own_password(form, "telephone_password"):
        return _page(form.problems), 400
    with transaction() as session:
        token = own_account.replace_second_factor(session, current_browser(), now=clock.now())
    cookies.give_session(token)
    return redirect(url_for("sign_in.enrol"), 303)


@blueprint.post("/recovery-codes")
@signed_in
def renew_recovery_codes() -> Page:
    """Ten new codes, shown once; asks for the password once more."""
    form = Form.sent("codes_password")
    if not is_own_password(form, "codes_password"):
        return _page(form.problems), 400
    with transaction() as session:
        codes = own_account.renew_recovery_codes(session, current_browser(), now=clock.now())
    return render_template("account/recovery_codes.html", codes=codes)


@blueprint.post("/sessions/<session_id>/end")
@signed_in
def end_session(session_id: str) -> Page:
    """Signs out another browser."""
    Form.sent()
    with transaction() as session:
        own_account.end_session(session, current_browser(), session_id, now=clock.now())
    flash(gettext("That browser was signed out."))
    return redirect(url_for(".show"), 303)


def _page(problems: object) -> str:
    browser = current_browser()
    with reading() as session:
        living = sessions.of(session, browser.officer.id, limits=cookies.limits(), now=clock.now())
    return render_template("account/show.html", officer=browser.officer, sessions=living, problems=problems)
