"""The pages of project answers: what is said, what came later, and what an officer made of it."""

import pytest

from gateway import clock
from gateway.records.answer import Answer
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.reading import Reading
from gateway.records.response import Response
from gateway.records.states import AnswerStatus, ReadingStatus
from tests.make import response as make_response

DOUBT = {"code": "ambiguous_functional", "field": "functional", "severity": "check", "start": 0, "end": 3, "detail": ""}


@pytest.fixture
def told():
    with transaction() as session:
        response = make_response.response(session, text="RVC GAO-22-014 <b>OUI", problems=(DOUBT,))
        answer = make_response.answer(session, response, "{} 2 NON")
        for row, message_id, before in ((response, response.message_id, "partly"), (answer, answer.message_id, "yes")):
            newer = Reading(message_id=message_id, number=1, at=clock.now(), edition="b" * 16, kind="project")
            newer.kind_before, newer.status = "project", ReadingStatus.APPLIED
            newer.before, newer.after = {"fields": {"functional": before}}, row.parsed
            session.add(newer)
        return f"/projects/responses/{response.id}", answer.id, response.id


def test_an_answer_and_the_message_that_came_later_are_shown_as_text_with_what_they_say(make_visitor, told):
    monitoring, (page, _, _) = make_visitor(roles=(Role.MONITORING,)), told
    assert "Later message" in monitoring.get("/projects").text
    shown = monitoring.get(page).text
    assert "RVC GAO-22-014 &lt;b&gt;OUI" in shown
    assert "Several meanings are possible: Does it work?." in shown
    assert "<dt>Does it work?</dt><dd>No</dd>" in shown


def test_the_history_of_both_is_told_in_words(make_visitor, told):
    monitoring, (page, _, _) = make_visitor(roles=(Role.MONITORING,)), told
    shown = " ".join(monitoring.get(page).text.split())
    assert "How it was read before" in shown
    assert "Does it work?: Partly → <strong>Yes</strong>" in shown


def test_accepting_makes_it_count_and_says_who_did(make_visitor, told):
    monitoring, (page, answer_id, response_id) = make_visitor(roles=(Role.MONITORING,)), told
    assert monitoring.post(f"{page}/answers/{answer_id}/accept").status_code == 303
    shown = " ".join(monitoring.get(page).text.split())
    assert "from a later message; first read as: Partly" in shown
    assert "Officer of the tests" in shown
    assert "/accept" not in shown
    assert "Later message" not in monitoring.get("/projects").text
    with reading() as session:
        assert session.get_one(Response, response_id).answers["functional"] == "no"


def test_setting_aside_changes_nothing(make_visitor, told):
    monitoring, (page, answer_id, response_id) = make_visitor(roles=(Role.MONITORING,)), told
    assert monitoring.post(f"{page}/answers/{answer_id}/set-aside").status_code == 303
    with reading() as session:
        assert session.get_one(Response, response_id).answers["functional"] == "yes"
        assert session.get_one(Answer, answer_id).status is AnswerStatus.SET_ASIDE


def test_the_pages_are_closed_to_officers_of_cases(make_visitor, told):
    officer, (page, answer_id, _) = make_visitor(roles=(Role.FOCAL_POINT,)), told
    assert officer.get("/projects").status_code == 403
    assert officer.post(f"{page}/answers/{answer_id}/accept").status_code == 403
    with reading() as session:
        assert session.get_one(Answer, answer_id).status is AnswerStatus.WAITING


def test_an_answer_for_the_conduct_unit_is_not_there_for_the_monitor(make_visitor, told):
    monitoring, (page, answer_id, response_id) = make_visitor(roles=(Role.MONITORING,)), told
    with transaction() as session:
        session.get_one(Response, response_id).is_sensitive = True
    assert monitoring.get(page).status_code == 404
    assert monitoring.post(f"{page}/answers/{answer_id}/accept").status_code == 404
    assert make_visitor(roles=(Role.CONDUCT,)).post(f"{page}/answers/{answer_id}/accept").status_code == 303
