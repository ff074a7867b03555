"""One report's page: handing a complaint about staff to the conduct unit."""

from gateway.records.codes import AlertKind, Role
from gateway.records.db import transaction
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
