"""A report that was read again: its history in words, and a newer reading accepted or set aside."""

import pytest

from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.reading import Reading
from gateway.records.states import AlertStatus, ReadingStatus
from tests.make import alert as make_alert
from tests.make.alert import FIELDS

GAO = {"place": {"pcode": "ML0703", "name": "Gao", "level": "cercle"}}
DOUBT = {"code": "unknown_party", "field": "party", "severity": "check", "start": 4, "end": 7, "detail": "<b>"}


def _waiting(**given):
    with transaction() as session:
        alert = make_alert.alert(session, status=AlertStatus.TRIAGED)
        waiting = make_alert.reading(session, alert, fields=FIELDS | GAO, **given)
        waiting.after = waiting.after | {"problems": [DOUBT]}
    return f"/alerts/{alert.id}", f"/alerts/{alert.id}/readings/{waiting.id}", waiting


def _status(waiting):
    with reading() as session:
        return session.get_one(Reading, waiting.id).status


def test_the_page_shows_what_differs_and_accepting_makes_it_count(make_visitor):
    officer, (page, address, waiting) = make_visitor(roles=(Role.FOCAL_POINT,)), _waiting()
    shown = officer.get(page).text
    assert "A newer reading" in shown
    assert "<td><strong>Gao" in shown
    assert "This party is not in the registry." in shown
    assert officer.post(f"{address}/accept").status_code == 303
    after = officer.get(page).text
    assert "Accept the newer reading" not in after
    assert "Read again with a newer list of words:" in after
    assert "→ <strong>Gao" in after
    assert _status(waiting) is ReadingStatus.ACCEPTED


def test_setting_aside_asks_for_a_reason_and_keeps_what_was_typed(make_visitor):
    officer, (page, address, waiting) = make_visitor(roles=(Role.FOCAL_POINT,)), _waiting()
    refused = officer.post(f"{address}/set-aside", {"why": " "})
    assert refused.status_code == 400
    assert "Please fill this in." in refused.text
    assert _status(waiting) is ReadingStatus.WAITING
    assert officer.post(f"{address}/set-aside", {"why": "<i>the village"}).status_code == 303
    shown = officer.get(page).text
    assert "&lt;i&gt;the village" in shown
    assert "Has been set aside" in shown
    assert _status(waiting) is ReadingStatus.SET_ASIDE


def test_what_is_no_report_by_now_cannot_be_accepted(make_visitor):
    officer, (page, address, waiting) = make_visitor(roles=(Role.FOCAL_POINT,)), _waiting(kind="complaint")
    shown = officer.get(page).text
    assert "Complaint" in shown
    assert "Accept the newer reading" not in shown
    assert officer.post(f"{address}/accept").status_code == 400
    assert _status(waiting) is ReadingStatus.WAITING


def test_what_was_written_at_once_stands_in_the_history(make_visitor):
    page, _, _ = _waiting(status=ReadingStatus.APPLIED)
    shown = make_visitor(roles=(Role.FOCAL_POINT,)).get(page).text
    assert "Read again with a newer list of words:" in shown
    assert "A newer reading" not in shown


@pytest.mark.parametrize("act", ["accept", "set-aside"])
def test_an_officer_of_another_region_finds_nothing(make_visitor, act):
    _, address, waiting = _waiting()
    stranger = make_visitor(roles=(Role.REGIONAL,), regions=("ML01",))
    fields = {"why": "no"} if act == "set-aside" else {}
    assert stranger.post(f"{address}/{act}", fields).status_code == 404
    assert make_visitor(roles=(Role.CONDUCT,)).post(f"{address}/{act}", fields).status_code == 403
    assert _status(waiting) is ReadingStatus.WAITING


def test_the_queue_marks_it_and_finds_it_whatever_its_status(make_visitor):
    _waiting()
    officer = make_visitor(roles=(Role.FOCAL_POINT,))
    assert "Newer reading" in officer.get("/queue?status=reread").text
    with transaction() as session:
        make_alert.alert(session)
    assert officer.get("/queue?status=reread").text.count('class="row-title"') == 1
