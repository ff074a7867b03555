"""Signing in: name and password, then the code of the telephone; whatever is wrong, the answer is the same."""

from datetime import datetime

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from admin import client, cookies, qr
from admin.auth import current_browser, half_signed_in, open_to_all, safe_next, signed_in
from admin.forms.strict import Form
from gateway import clock
from gateway.records.db import transaction
from gateway.records.officer import Officer
from gateway.trust import accounts, names, passwords, sessions, sign_in, throttle, totp
from gateway.trust.throttle import Subject

blueprint = Blueprint("sign_in", __name__, url_prefix="/sign-in")
FAILED = 401
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("")
@open_to_all
def password() -> Page:
    """The door; whoever is signed in already is led on."""
    wanted = request.args.get("next", "")
    if g.browser is not None and not g.browser.is_pending:
        return redirect(safe_next(wanted), 303)
    return render_template("sign_in/password.html", has_failed=False, name="", wanted=wanted)


@blueprint.post("")
@open_to_all
def try_password() -> Page:
    """Name and password; no transaction is open while the password is checked, which takes its time on purpose."""
    form = Form.sent("name", "password", "next")
    now, typed = clock.now(), form.raw("password")
    counted = _counted(names.key_of(form.raw("name")))
    with transaction() as session:
        is_admitted = sign_in.admit(session, counted, now=now)
        officer = accounts.by_name(session, form.raw("name"))
    is_open = officer is not None and is_admitted and accounts.opens_the_door(officer, now=now)
    stored = officer.password_hash if officer and is_open else None
    if passwords.is_right(typed, stored) and officer is not None:
        token = _pass_password(officer, typed, counted, now)
        if token is not None:
            cookies.give_session(token)
            return redirect(url_for(_next_step(officer), next=form.raw("next") or None), 303)
    elif is_admitted:
        with transaction() as session:
            sign_in.failed(session, officer, now=now)
    page = render_template(
        "sign_in/password.html", has_failed=True, name=form.raw("name")[:64], wanted=form.raw("next")
    )
    return page, FAILED


@blueprint.get("/code")
@half_signed_in
def code() -> Page:
    """Asks for the code, or leads to enrolment when there is no telephone yet."""
    if not current_browser().officer.is_totp_confirmed:
        return redirect(url_for(".enrol"), 303)
    return render_template("sign_in/code.html", has_failed=False, wanted=request.args.get("next", ""))


@blueprint.post("/code")
@half_signed_in
def try_code() -> Page:
    """The code of the telephone, or a recovery code."""
    form = Form.sent("code", "next")
    browser, now = current_browser(), clock.now()
    with transaction() as session:
        token = sign_in.try_code(session, browser, form.raw("code"), counted=_counted_now(), now=now)
    if token is None:
        return render_template("sign_in/code.html", has_failed=True, wanted=form.raw("next")), FAILED
    cookies.give_session(token)
    return _remembered(redirect(safe_next(form.raw("next")), 303), browser.officer.name_key)


@blueprint.get("/enrol")
@half_signed_in
def enrol() -> Page:
    """The first time: the picture for the telephone."""
    officer = current_browser().officer
    if officer.is_totp_confirmed:
        return redirect(url_for(".code"), 303)
    return render_template("sign_in/enrol.html", has_failed=False, seed=officer.totp_seed or "")


@blueprint.get("/enrol/code.svg")
@half_signed_in
def enrolment_picture() -> Page:
    """The picture itself; gone as soon as the telephone is confirmed."""
    officer = current_browser().officer
    if officer.is_totp_confirmed or officer.totp_seed is None:
        return redirect(url_for(".code"), 303)
    return qr.svg(totp.address(officer.totp_seed, officer.name))


@blueprint.post("/enrol")
@half_signed_in
def try_enrolment() -> Page:
    """The first code of the new telephone; the answer shows the recovery codes, this once."""
    form = Form.sent("code")
    browser, now = current_browser(), clock.now()
    with transaction() as session:
        enrolled = sign_in.try_enrolment(session, browser, form.raw("code"), counted=_counted_now(), now=now)
    if enrolled is None:
        seed = browser.officer.totp_seed or ""
        return render_template("sign_in/enrol.html", has_failed=True, seed=seed), FAILED
    cookies.give_session(enrolled.token)
    page = render_template("account/recovery_codes.html", codes=enrolled.recovery_codes)
    return _remembered(Response(page), browser.officer.name_key)


@blueprint.post("/leave")
@signed_in
def leave() -> AnyResponse:
    """Signs out; the browser forgets everything of this site."""
    Form.sent()
    with transaction() as session:
        sign_in.leave(session, current_browser(), now=clock.now())
    response = redirect(url_for(".password"), 303)
    cookies.forget(response)
    return response


def _pass_password(officer: Officer, typed: str, counted: tuple[Subject, ...], now: datetime) -> str | None:
    new_hash = passwords.hash_of(typed) if passwords.is_outdated(officer.password_hash) else None
    with transaction() as session:
        sessions.sweep(session, limits=cookies.limits(), now=now)
        return sign_in.password_was_right(session, officer.id, counted=counted, new_hash=new_hash, now=now)


def _next_step(officer: Officer) -> str:
    return ".code" if officer.is_totp_confirmed else ".enrol"


def _counted(account: str) -> tuple[Subject, ...]:
    return throttle.subjects(account=account, address=client.address(), device=cookies.known_device(account))


def _counted_now() -> tuple[Subject, ...]:
    return _counted(current_browser().officer.name_key)


def _remembered(response: AnyResponse, account: str) -> AnyResponse:
    cookies.remember_device(response, account)
    return response
