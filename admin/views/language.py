"""The switch between languages in the head of every page."""

from flask import Blueprint, g, redirect
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from admin import cookies
from admin.auth import open_to_all, safe_next
from admin.forms.strict import Form
from gateway.records.db import transaction
from gateway.trust import own_account
from gateway.trust.accounts import LANGUAGES

blueprint = Blueprint("language", __name__)


@blueprint.post("/language")
@open_to_all
def choose() -> Response:
    """Stays on the page and changes its language."""
    form = Form.sent("language", "next")
    chosen = form.raw("language")
    if chosen not in LANGUAGES:
        raise BadRequest
    response = redirect(safe_next(form.raw("next")), 303)
    if g.browser is None:
        cookies.remember_language(response, chosen)
    else:
        with transaction() as session:
            own_account.set_language(session, g.browser.officer.id, chosen)
    return response
