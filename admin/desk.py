"""What the pages of the desk share: words in templates, and the trace of a look beyond one's scope."""

from flask import Flask, g

from admin import card_words, desk_marks, desk_values, errors, own_forms, reading_words
from admin.views import (
    alerts,
    complaints,
    corrections,
    incidents,
    projects,
    queue,
    reading,
    readings,
    search,
    sources,
    verification,
    victims,
    violations,
)
from gateway import clock
from gateway.errors import NotFound
from gateway.records.db import transaction
from gateway.trust import audit
from gateway.trust.access import OutOfSight

BLUEPRINTS = (
    queue.blueprint,
    reading.blueprint,
    alerts.blueprint,
    corrections.blueprint,
    readings.blueprint,
    incidents.blueprint,
    violations.blueprint,
    verification.blueprint,
    sources.blueprint,
    victims.blueprint,
    search.blueprint,
    projects.blueprint,
    complaints.blueprint,
)


def prepare(app: Flask) -> None:
    """Gives the templates their words and takes note of every look at what is not to be seen."""
    app.jinja_env.filters.update(desk_values.FILTERS | desk_marks.FILTERS | own_forms.FILTERS)
    app.jinja_env.globals.update(desk_values.GLOBALS | desk_marks.GLOBALS)
    app.jinja_env.globals.update(card_words.GLOBALS | reading_words.GLOBALS)
    app.register_error_handler(OutOfSight, _out_of_sight)


def _out_of_sight(error: OutOfSight) -> tuple[str, int]:
    """The same page, and the same work, whether the record is elsewhere or nowhere; the audit knows which."""
    detail = {"kind": error.kind, "asked": error.asked, "out_of_scope": error.exists}
    with transaction() as session:
        audit.record(session, audit.Action.REFUSED, officer=g.browser.officer, now=clock.now(), detail=detail)
    return errors.page(errors.ANSWERS[NotFound])
