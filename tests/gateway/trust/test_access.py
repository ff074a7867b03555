"""Who sees what: one rule, as a condition of every query."""

import pytest

from gateway.errors import NotFound
from gateway.records.codes import Role
from gateway.records.feedback import Feedback
from gateway.records.response import Response
from gateway.trust import access
from tests.make import alert as make_alert
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make.alert import NOW

NATIONAL = [Role.FOCAL_POINT, Role.TECHNICAL, Role.FINAL]
WHO = [
    ((Role.REGIONAL,), ("ML07",), {"ML07"}),
    ((Role.REGIONAL,), ("ML07", "ML01"), {"ML07", "ML01"}),
    ((Role.REGIONAL,), (), set()),
    *[((role,), (), {"ML07", "ML01", None}) for role in NATIONAL],
    *[((role,), ("ML01",), {"ML01"}) for role in NATIONAL],
    ((Role.REGIONAL, Role.FINAL), ("ML07",), {"ML07"}),
    ((Role.CONDUCT,), (), set()),
    ((Role.MONITORING,), ("ML07",), set()),
    ((Role.ADMINISTRATOR,), (), set()),
    ((Role.ADMINISTRATOR,), ("ML07",), set()),
    ((), ("ML07",), set()),
]


@pytest.mark.parametrize(("roles", "regions", "seen"), WHO)
def test_an_officer_sees_their_regions_and_nothing_else(session, roles, regions, seen):
    officer = make_officer.officer(session, roles=roles, regions=regions)
    opener = make_officer.officer(session)
    for region in ("ML07", "ML01", None):
        alert = make_alert.alert(session, region=region)
        incident = make_incident.incident(session, opener, region=region)
        assert access.sees_region(officer, region) is (region in seen)
        if region in seen:
            assert access.find_alert(session, officer, alert.id) is alert
            assert access.find_incident(session, officer, incident.id) is incident
        else:
            with pytest.raises(NotFound):
                access.find_alert(session, officer, alert.id)
            with pytest.raises(NotFound):
                access.find_incident(session, officer, incident.id)


def test_what_is_elsewhere_and_what_is_nowhere_raise_the_same_words(session):
    officer = make_officer.officer(session, regions=("ML01",))
    elsewhere = make_alert.alert(session)
    raised = []
    for alert_id in (elsewhere.id, "a" * 16):
        with pytest.raises(access.OutOfSight) as caught:
            access.find_alert(session, officer, alert_id)
        raised.append(caught.value)
    assert str(raised[0]) == str(raised[1])
    assert [error.exists for error in raised] == [True, False]


@pytest.mark.parametrize("strange", ["", "0", "-1", "../", "%00", "\x00", "1" * 20, "a" * 10_000, "A" * 16])
def test_a_strange_id_does_not_reach_the_database(session, strange):
    officer = make_officer.officer(session, roles=(Role.FINAL,))
    with pytest.raises(NotFound):
        access.find_incident(session, officer, strange)


def test_complaints_are_for_the_conduct_unit_alone(session):
    complaint = Feedback(
        message_id=make_alert.message(session).id, reference=make_alert.reference(), received_at=NOW, version=1
    )
    session.add(complaint)
    session.flush()
    for role in Role:
        officer = make_officer.officer(session, roles=(role,))
        if role is Role.CONDUCT:
            assert access.find_feedback(session, officer, complaint.id) is complaint
        else:
            with pytest.raises(NotFound):
                access.find_feedback(session, officer, complaint.id)


@pytest.mark.parametrize(("is_sensitive", "reader"), [(False, Role.MONITORING), (True, Role.CONDUCT)])
def test_project_answers_that_speak_of_money_are_for_the_conduct_unit(session, is_sensitive, reader):
    response = Response(
        message_id=make_alert.message(session).id,
        reference=make_alert.reference(),
        received_at=NOW,
        is_sensitive=is_sensitive,
    )
    session.add(response)
    session.flush()
    for role in Role:
        officer = make_officer.officer(session, roles=(role,))
        if role is reader:
            assert access.find_response(session, officer, response.id) is response
        else:
            with pytest.raises(NotFound):
                access.find_response(session, officer, response.id)
