"""The forms of an officer's own account."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from admin.auth import current_browser
from admin.forms.strict import Form
from admin.words import PROBLEMS
from gateway.errors import Invalid
from gateway.records.officer import Officer
from gateway.trust import passwords


@dataclass(frozen=True)
class PasswordChange:
    """A new password that passed every check."""

    new: str


def read_password_change(officer: Officer) -> PasswordChange | Mapping[str, str | LazyString]:
    """The new password, or what is wrong with it; the present one is not asked right after a one-time password."""
    names = ("new", "again") if officer.must_change_password else ("password", "new", "again")
    form = Form.sent(*names)
    if "password" in names:
        is_own_password(form, "password")
    new = form.raw("new")
    if new != form.raw("again"):
        form.problems["again"] = lazy_gettext("The two are not the same.")
    try:
        passwords.check(new, names=(officer.name, *officer.display_name.split()))
    except Invalid as refusal:
        form.problems["new"] = PROBLEMS[refusal.reason]
    if "new" not in form.problems and passwords.is_right(new, officer.password_hash):
        form.problems["new"] = lazy_gettext("This is the password you have now.")
    return form.problems or PasswordChange(new)


def is_own_password(form: Form, name: str) -> bool:
    """Whether the officer gave their own password, which every change of the account's keys asks for."""
    if passwords.is_right(form.raw(name), current_browser().officer.password_hash):
        return True
    form.problems[name] = lazy_gettext("This is not your password.")
    return False
