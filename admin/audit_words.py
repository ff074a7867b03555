"""The details of an audit entry in words: they are kept as codes, counts and ids."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from admin.desk_values import field_words
from admin.wording import label, region_names, role_labels
from gateway.records import codes, states
from gateway.trust.accounts import Reason

_ = lazy_gettext
NAMES: Mapping[str, LazyString] = {
    "after": _("after"),
    "answer": _("answer"),
    "applied": _("changes were written"),
    "as": _("taken as"),
    "asked": _("asked for"),
    "before": _("before"),
    "credibility": _("credibility"),
    "doubled": _("fields sent twice"),
    "edition": _("edition of the vocabulary"),
    "field": _("field"),
    "fields": _("fields"),
    "filters": _("filters"),
    "found": _("found"),
    "from": _("from"),
    "kind": _("record"),
    "left": _("left"),
    "level": _("level"),
    "out_of_scope": _("outside the officer's scope"),
    "page": _("page"),
    "phone": _("telephone"),
    "reading": _("reading"),
    "reason": _("reason"),
    "regions": _("regions"),
    "reliability": _("reliability"),
    "roles": _("roles"),
    "shown": _("shown"),
    "count": _("how many"),
    "lost": _("of them without their content"),
    "since": _("since"),
    "source": _("source"),
    "term": _("mark of what was searched"),
    "to": _("to"),
    "unknown": _("fields nobody knows"),
    "victim": _("victim"),
}
PAGES: Mapping[str, LazyString] = {
    "queue": _("Queue"),
    "tray": _("Reading tray"),
    "incidents": _("Incidents"),
    "projects": _("Projects"),
    "complaints": _("Complaints"),
}
# What a message was taken as when it was first read, and what became of it when it was read again.
TAKEN_AS: Mapping[str, LazyString] = {
    "alert": _("report on the desk"),
    "response": _("answer about a project"),
    "feedback": _("complaint"),
    "answer": _("later message about a report"),
    "command": _("word of command"),
    "network": _("text of the telephone company"),
    "reading": _("for a person to read"),
    "training": _("exercise"),
    "duplicate": _("repetition"),
    "dead": _("could not be processed"),
    "replaced": _("changed"),
    "routed": _("changed, to another page"),
    "suggested": _("newer reading beside the report"),
    "kept": _("left as it was"),
}
FILTERS: Mapping[str, LazyString] = {
    "action": _("Action"),
    "officer": _("Officer"),
    "subject": _("About"),
    "since": _("From"),
    "until": _("To"),
}
_WORDS = {"page": PAGES, "as": TAKEN_AS}
# Which list a code is from follows from what was done; the part before the dot says to what.
_CODES: Mapping[tuple[str, str], type[StrEnum]] = {
    ("alert", "from"): states.AlertStatus,
    ("alert", "to"): states.AlertStatus,
    ("incident", "from"): states.IncidentStatus,
    ("incident", "to"): states.IncidentStatus,
    ("violation", "from"): states.VerificationStatus,
    ("violation", "to"): states.VerificationStatus,
    ("violation", "level"): codes.Level,
    ("feedback", "to"): states.FeedbackStatus,
    ("source", "reliability"): codes.Grade,
    ("source", "credibility"): codes.Grade,
    ("officer", "reason"): Reason,
}


def detail_words(detail: Mapping[str, object], action: str) -> str:
    """Each detail with its name; nothing for an empty one."""
    told = ((name, _told(name, value, action)) for name, value in detail.items() if value not in ([], ""))
    lines = [gettext("%(name)s: %(value)s", name=NAMES.get(name, name), value=words) for name, words in told]
    return "; ".join(lines) or "–"


def _told(name: str, value: object, action: str) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name in ("before", "after") and isinstance(value, list) and len(value) == 2:
        roles, regions = value
        return f"{role_labels(roles)} ({region_names(regions)})"
    if isinstance(value, list):
        return _listed(name, [str(one) for one in value])
    return _coded(name, str(value), action)


def _listed(name: str, values: list[str]) -> str:
    if name == "roles":
        return role_labels(values)
    if name == "regions":
        return region_names(values)
    return ", ".join(str(FILTERS.get(value, value)) if name == "filters" else field_words(value) for value in values)


def _coded(name: str, value: str, action: str) -> str:
    kind = _CODES.get((action.partition(".")[0], name))
    if kind is not None and value in {code.value for code in kind}:
        return label(kind(value))
    if name in _WORDS:
        return str(_WORDS[name].get(value, value))
    return field_words(value) if name == "field" else value
