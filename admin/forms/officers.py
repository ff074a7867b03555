"""The forms of the officers' administration."""

from admin.forms.strict import Form
from gateway.records.codes import Role
from gateway.trust.accounts import Duties, NewOfficer, Reason

NAMES = ("name", "display_name", "language")


def read_new_officer(form: Form) -> NewOfficer:
    """What was filled in; its problems stand in the form."""
    return NewOfficer(
        name=form.text("name", longest=64),
        display_name=form.text("display_name", longest=120),
        language=form.raw("language"),
        roles=form.choices("roles", Role),
        regions=tuple(form.lists["regions"]),
    )


def read_duties() -> tuple[Form, Duties]:
    """Roles and regions as ticked, and the version of the officer that was shown."""
    form = Form.sent("version", many=("roles", "regions"))
    version = form.whole("version", lowest=1, highest=999_999_999)
    duties = Duties(roles=form.choices("roles", Role), regions=tuple(form.lists["regions"]), version_seen=version or 0)
    return form, duties


def read_reason() -> tuple[Form, Reason | None]:
    """Why an account is touched."""
    form = Form.sent("reason")
    return form, form.choice("reason", Reason)
