"""The answer to a form that was overtaken: 409, the officer's own words kept beside what the record says now."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel.speaklater import LazyString

from admin.forms.strict import Form


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what the officer wrote, and what the record holds by now."""

    label: str | LazyString
    yours: str
    current: str


def page(form: Form, lines: list[Line], *, version: int, back: str) -> tuple[str, int]:
    """Nothing is lost: the same form can be sent again, knowing what it would replace. What is the same is left out."""
    kept = [(name, value) for name, value in form.given.items() if name != "version" and value]
    kept += [(name, value) for name, values in form.lists.items() for value in values]
    kept.append(("version", str(version)))
    differing = [line for line in lines if line.yours != line.current]
    facts = {"lines": differing, "has_same": len(differing) < len(lines)}
    return render_template("desk/stale.html", **facts, kept=kept, action=request.path, back=back), 409
