"""The audit, for those who keep an eye on the others; reading it leaves a trace too."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin.auth import current_officer, for_roles
from admin.forms.audit import read_filter
from admin.forms.strict import Form
from gateway import clock
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.trust import accounts, audit, trail
from gateway.trust.audit import Action

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.get("")
@for_roles(Role.ADMINISTRATOR)
def index() -> str:
    """One page of entries, the newest first."""
    wanted, typed = read_filter()
    reader = current_officer()
    with transaction() as session:
        page = trail.read(session, wanted, reader=reader)
        officers = accounts.everybody(session)
        filters = [name for name, value in typed.items() if value]
        audit.record(session, Action.AUDIT_READ, officer=reader, now=clock.now(), detail={"filters": filters})
    kept = {name: value for name, value in typed.items() if value and name != "below"}
    older = f"{request.path}?{urlencode({**kept, 'below': page.older_than})}" if page.older_than else None
    newest = f"{request.path}?{urlencode(kept)}" if wanted.below else None
    return render_template(
        "audit/index.html",
        lines=[(entry, trail.is_closed_to(reader, entry)) for entry in page.entries],
        officers={officer.id: officer for officer in officers},
        typed=typed,
        older=older,
        newest=newest,
        all_actions=Action,
    )


@blueprint.post("/check")
@for_roles(Role.ADMINISTRATOR)
def check() -> Response:
    """Walks the whole chain."""
    Form.sent()
    with reading() as session:
        broken = audit.verify(session)
    if broken is None:
        flash(gettext("The chain is whole: no entry was changed, removed or added."))
    else:
        flash(gettext("The chain is broken at entry %(number)s. Tell those responsible at once.", number=broken), "bad")
    return redirect(url_for(".index"), 303)
