"""The phone in the browser, for training: pick somebody, type a text, read the answer. Absent in production."""

import tomllib
from functools import cache
from pathlib import Path

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from admin.auth import current_browser, current_officer, signed_in
from admin.forms.strict import Form
from admin.i18n import language
from admin.simulator_words import WORDS
from gateway import clock
from gateway.casework import simulation
from gateway.casework.manners import Manner
from gateway.casework.office import office
from gateway.casework.simulation import PHONES, Bubble, Phone
from gateway.channels.simulator import LONGEST
from gateway.records.db import reading, transaction
from gateway.settings import Settings
from gateway.trust import sessions
from gateway.vault.current import current

blueprint = Blueprint("simulator", __name__, url_prefix="/simulator")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@signed_in
def show() -> Page:
    """The first phone."""
    return phone(PHONES[0].key)


@blueprint.get("/<key>")
@signed_in
def phone(key: str) -> Page:
    """One phone with what stands on it; `sample` puts a text into the box for browsers without scripts."""
    return _page(_phone(key), typed=_sample_text(request.args.get("sample", "")))


@blueprint.get("/<key>/conversation")
@signed_in
def conversation(key: str) -> Page:
    """The texts alone, for the page to fetch."""
    return _conversation(_phone(key))


@blueprint.post("/<key>")
@signed_in
def send(key: str) -> Page:
    """Sends what was typed, the way of every other message."""
    chosen, form = _phone(key), Form.sent("text", "manner")
    text = form.text("text", longest=LONGEST)
    manner = form.choice("manner", Manner) if form.given["manner"] else Manner.WHOLE
    if form.problems or manner is None:
        return _page(chosen, typed=form.given["text"], problem=str(next(iter(form.problems.values())))), 400
    browser, now = current_browser(), clock.now()
    with transaction() as session:
        keys = current().inbox()
        simulation.send(session, chosen, text, keys=keys, officer=browser.officer, now=now, manner=manner)
        # Sent by a script or not, somebody sits there and types.
        sessions.note_activity(session, browser, now=now)
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return _conversation(chosen)
    return redirect(url_for("simulator.phone", key=key, _anchor="text"), 303)


def _page(chosen: Phone, *, typed: str = "", problem: str = "") -> str:
    return render_template(
        "simulator/show.html",
        chosen=chosen,
        phones=PHONES,
        bubbles=_bubbles(chosen),
        samples=_samples(),
        typed=typed,
        problem=problem,
        longest=LONGEST,
        is_training=_settings().mode == "training",
        **WORDS,
    )


def _conversation(chosen: Phone) -> str:
    return render_template("simulator/conversation.html", chosen=chosen, bubbles=_bubbles(chosen), **WORDS)


def _bubbles(chosen: Phone) -> list[Bubble]:
    with reading() as session:
        return simulation.conversation(session, chosen, officer=current_officer(), office=office(_settings()))


def _phone(key: str) -> Phone:
    return simulation.find(key, for_training=_settings().mode == "training")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _samples() -> list[tuple[str, str]]:
    return [(sample["kind"], sample[language()]) for sample in _read_samples()]


def _sample_text(number: str) -> str:
    samples = _samples()
    return samples[int(number)][1] if number.isdecimal() and int(number) < len(samples) else ""


@cache
def _read_samples() -> list[dict[str, str]]:
    samples: list[dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["sample"]
    return samples
