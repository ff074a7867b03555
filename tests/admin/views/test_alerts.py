"""One report's page: handing a complaint about staff to the conduct unit, taking what the machine offers."""

import re
from datetime import timedelta

from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, Role
from gateway.records.db import transaction
from gateway.records.ids import new_id
from gateway.records.message import Message
from tests.make import alert as make_alert

SAID = "L'agent Untel a demande de l'argent"


def test_whoever_hands_a_complaint_over_never_sees_it_again(make_visitor):
    officer, conduct = make_visitor(roles=(Role.FOCAL_POINT,)), make_visitor(roles=(Role.CONDUCT,))
    with transaction() as session:
        alert = make_alert.alert(session, text=SAID, fields={}, kind=AlertKind.UNKNOWN)
    page = f"/alerts/{alert.id}"
    assert "Hand to the conduct unit" in officer.get(page).text
    answer = officer.post(f"{page}/hand-over", {"version": "1"})
    assert (answer.status_code, answer.location) == (303, "/queue")
    assert "The conduct unit has it now." in officer.get("/queue").text
    hidden, nowhere = officer.get(page), officer.get(f"/alerts/{'a' * 16}")
    assert hidden.status_code == nowhere.status_code == 404
    assert hidden.text.replace(alert.id, "a" * 16) == nowhere.text
    for list_ in ("/reading?status=referred_out", f"/search?q={alert.reference}"):
        found = officer.get(list_)
        assert found.status_code == 200
        assert page not in found.text
        assert SAID.split()[1] not in found.text
    complaints = conduct.get("/complaints").text
    assert alert.reference in complaints


def test_a_page_that_was_changed_since_is_not_handed_over(make_visitor):
    officer = make_visitor(roles=(Role.FOCAL_POINT,))
    with transaction() as session:
        alert = make_alert.alert(session, text=SAID)
    assert officer.post(f"/alerts/{alert.id}/hand-over", {"version": "5"}).status_code == 409
    assert officer.get(f"/alerts/{alert.id}").status_code == 200


def _with_doubt(**problem):
    with transaction() as session:
        alert = make_alert.alert(session, missing=["place"], needs_check=True)
        told = {"code": "ambiguous_place", "field": "place", "severity": "check", "start": 13, "end": 20} | problem
        alert.parsed = {**(alert.parsed or {}), "problems": [told]}
        return alert.id


def _hidden(page, name, *, after):
    return re.search(rf'name="{name}" value="([^"]*)"', page[page.index(after) :])[1]


def test_a_meaning_that_the_machine_saw_is_taken_with_one_click(make_visitor):
    officer = make_visitor(roles=(Role.FOCAL_POINT,))
    page = f"/alerts/{_with_doubt(detail='ML0701 ML05')}"
    shown = officer.get(page).text
    assert "What it may mean" in shown
    sent = {name: _hidden(shown, name, after='class="candidates"') for name in ("version", "id")}
    answer = officer.post(f"{page}/candidates", sent | {"field": "place", "code": "ML05"})
    assert (answer.status_code, answer.location) == (303, page)
    after = officer.get(page).text
    assert "Chosen among the meanings that the machine saw." in after
    assert "What it may mean" not in after
    again = officer.post(f"{page}/candidates", sent | {"field": "place", "code": "ML05"})
    assert again.status_code == 303  # sent twice is once
    assert officer.get(page).text.count("Chosen among the meanings") == 1


def test_a_meaning_that_was_not_offered_is_refused(make_visitor):
    officer = make_visitor(roles=(Role.FOCAL_POINT,))
    page = f"/alerts/{_with_doubt(detail='ML0701 ML05')}"
    sent = {"version": "1", "id": new_id(), "field": "place", "code": "ML01"}
    assert officer.post(f"{page}/candidates", sent).status_code == 400
    assert officer.post(f"{page}/candidates", sent | {"code": "ML05", "version": "7"}).status_code == 409
    assert "Chosen among" not in officer.get(page).text


def _two_reports():
    """Two reports of one message: one in the region of Gao, one in that of Mopti."""
    with transaction() as session:
        first = make_alert.alert(session, text="ENF REC 3G1F Ansongo 14/11 CMA VU", spans={"place": [[13, 20]]})
        second = make_alert.alert(
            session, text="ENF TUE 1F", fields={"violation": ["killing"]}, region="ML05", missing=["place"]
        )
        session.get_one(Message, first.message_id).parts = 2
        second.message_id, second.part = first.message_id, 2
        told = {
            "code": "missing_place",
            "field": "place",
            "severity": "check",
            "start": 0,
            "end": 0,
            "detail": "ML0701",
        }
        second.parsed = second.parsed | {"problems": [told]}
        return first, second


def test_what_came_in_the_same_message_is_one_click_away(make_visitor):
    first, second = _two_reports()
    officer = make_visitor(roles=(Role.FOCAL_POINT,))
    for here, there in ((first, second), (second, first)):
        page = officer.get(f"/alerts/{here.id}").text
        assert "Came with" in page
        assert f'href="/alerts/{there.id}">{there.reference}</a>' in page
    assert '<mark class="field-place" data-field="place"' in officer.get(f"/alerts/{first.id}").text


def test_of_another_region_nothing_is_seen_of_what_came_with_it(make_visitor):
    first, second = _two_reports()
    page = make_visitor(roles=(Role.REGIONAL,), regions=("ML07",)).get(f"/alerts/{first.id}").text
    assert [word for word in ("Came with", second.reference, second.id, "TUE") if word in page] == []


def test_a_place_that_another_report_of_the_message_says_is_taken_with_one_click(make_visitor):
    _, second = _two_reports()
    officer, page = make_visitor(roles=(Role.FOCAL_POINT,)), f"/alerts/{second.id}"
    shown = officer.get(page).text
    assert "Another report of this message says" in shown
    sent = {name: _hidden(shown, name, after='class="candidates"') for name in ("version", "id")}
    assert officer.post(f"{page}/candidates", sent | {"field": "place", "code": "ML0701"}).status_code == 303
    with transaction() as session:
        assert session.get_one(Alert, second.id).place == "ML0701"


def test_the_page_tells_when_a_message_was_sent_if_it_was_long_on_the_way(make_visitor):
    officer = make_visitor(roles=(Role.FOCAL_POINT,))
    with transaction() as session:
        alert = make_alert.alert(session)
        message = session.get(Message, alert.message_id)
        message.sent_at = message.received_at
    assert "by the clock of the phone" not in officer.get(f"/alerts/{alert.id}").text
    with transaction() as session:
        message = session.get(Message, alert.message_id)
        message.sent_at = message.received_at - timedelta(hours=9)
    assert "by the clock of the phone" in officer.get(f"/alerts/{alert.id}").text
