"""A form as it was sent: only the fields the page has, each once, each checked; what was typed is kept for the answer.

form = Form.sent("level", "note", many=("regions",))
level, note = form.choice("level", Level), form.text("note", longest=2000, is_needed=False)
if form.problems: show the page again with form.given and form.problems, status 400
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import g, request
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from admin.form_guard import FIELD
from gateway import clock
from gateway.records.db import transaction
from gateway.trust import audit

LONGEST_TEXT = 10_000
_Code = TypeVar("_Code", bound=StrEnum)


class FieldUnknown(BadRequest):
    """The form has a field that its page does not have, or one of them twice."""


class Form:
    """The answers of one form, and what is wrong with them, field by field."""

    def __init__(self, given: Mapping[str, str], lists: Mapping[str, list[str]]) -> None:
        self.given = given
        self.lists = lists
        self.problems: dict[str, str | LazyString] = {}

    @classmethod
    def sent(cls, *single: str, many: tuple[str, ...] = ()) -> "Form":
        """The form of this request; an unknown or doubled field is refused and leaves a trace."""
        _refuse_strangers(request.form, single, many)
        given = {name: request.form.get(name, "") for name in single}
        return cls(given, {name: request.form.getlist(name) for name in many})

    def raw(self, name: str) -> str:
        """Exactly what was typed; for passwords."""
        return self.given[name]

    def text(self, name: str, *, longest: int = LONGEST_TEXT, is_needed: bool = True) -> str:
        """A text without blanks around it, lines ending as ours do."""
        typed = self.given[name].replace("\r\n", "\n").replace("\r", "\n").strip()
        if len(typed) > longest:
            self.problems[name] = gettext("At most %(count)s characters, please.", count=longest)
        elif is_needed and not typed:
            self.problems[name] = lazy_gettext("Please fill this in.")
        return typed

    def choice(self, name: str, kind: type[_Code]) -> _Code | None:
        """One of the codes of a list, or None with a problem noted."""
        if self.given[name] in set(kind):
            return kind(self.given[name])
        self.problems[name] = lazy_gettext("Please choose one.")
        return None

    def choices(self, name: str, kind: type[_Code]) -> tuple[_Code, ...]:
        """Those codes of a list that were ticked; others are refused."""
        ticked = self.lists[name]
        if not set(ticked) <= set(kind):
            self.problems[name] = lazy_gettext("Please choose from the list.")
            return ()
        return tuple(code for code in kind if code.value in ticked)

    def whole(self, name: str, *, lowest: int, highest: int, is_needed: bool = True) -> int | None:
        """A whole number between two others."""
        typed = self.given[name].strip()
        if not typed and not is_needed:
            return None
        if typed.isascii() and typed.isdigit() and len(typed) < 10 and lowest <= int(typed) <= highest:
            return int(typed)
        told = {"lowest": lowest, "highest": highest}
        self.problems[name] = gettext("A whole number from %(lowest)s to %(highest)s, please.", **told)
        return None

    def day(self, name: str, *, is_needed: bool = True) -> date | None:
        """A day as browsers send it, YYYY-MM-DD."""
        typed = self.given[name].strip()
        if not typed and not is_needed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self.problems[name] = lazy_gettext("Please give a day.")
            return None

    def is_ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.given[name] == "1"


def _refuse_strangers(form: MultiDict[str, str], single: tuple[str, ...], many: tuple[str, ...]) -> None:
    known = {*single, *many, FIELD}
    doubled = [name for name in single if len(form.getlist(name)) > 1]
    strangers = [name for name in form if name not in known]
    if not doubled and not strangers:
        return
    browser = g.get("browser")
    if browser is not None:
        detail = {"page": request.endpoint, "unknown": len(strangers), "doubled": len(doubled)}
        with transaction() as session:
            audit.record(session, audit.Action.FORM_REFUSED, officer=browser.officer, now=clock.now(), detail=detail)
    raise FieldUnknown
