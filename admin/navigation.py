"""The entries of the menu: one table; an entry is shown when its page exists and the officer may open it."""

from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from admin.auth import door_of


@dataclass(frozen=True)
class Entry:
    """A word and the page behind it."""

    label: LazyString
    endpoint: str
    group: str
    """Pages of this blueprint belong to the entry."""


ENTRIES = (
    Entry(lazy_gettext("Queue"), "queue.show", "queue alerts corrections"),
    Entry(lazy_gettext("Reading tray"), "reading.show", "reading"),
    Entry(lazy_gettext("Incidents"), "incidents.index", "incidents verification violations sources victims"),
    Entry(lazy_gettext("Search"), "search.show", "search"),
    Entry(lazy_gettext("Projects"), "projects.index", "projects"),
    Entry(lazy_gettext("Complaints"), "complaints.index", "complaints"),
    Entry(lazy_gettext("Officers"), "officers.index", "officers"),
    Entry(lazy_gettext("Audit"), "audit.index", "audit"),
    Entry(lazy_gettext("Health"), "health.show", "health"),
    Entry(lazy_gettext("Simulator"), "simulator.show", "simulator"),
)


@dataclass(frozen=True)
class Link:
    """An entry as this officer sees it on this page."""

    label: LazyString
    url: str
    is_here: bool


def links() -> list[Link]:
    """The menu of this page; empty before signing in."""
    browser = g.get("browser")
    if browser is None or browser.is_pending or browser.officer.must_change_password:
        return []
    shown = []
    for entry in ENTRIES:
        door = door_of(entry.endpoint) if entry.endpoint in current_app.view_functions else None
        if door is not None and door.lets_in(browser.officer):
            # A page that does not exist looks the same wherever it was looked for.
            section = g.get("section", request.blueprint or "")
            is_here = not g.get("is_error") and section in entry.group.split()
            shown.append(Link(entry.label, url_for(entry.endpoint), is_here))
    return shown
