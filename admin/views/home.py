"""The front page, which leads on to the officer's own work, and the help page."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from admin import navigation
from admin.auth import open_to_all, signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def front() -> str | Response:
    """The first entry of the officer's menu."""
    links = navigation.links()
    return redirect(links[0].url, 303) if links else render_template("home.html")


@blueprint.get("/help")
@open_to_all
def guide() -> str:
    """What the panel is for, who may do what, the keys of the keyboard."""
    return render_template("help.html")
