"""The pages of project answers."""

from gateway import clock
from gateway.records.answer import Answer
from gateway.records.codes import AnswerKind, Role
from gateway.records.db import transaction
from gateway.records.response import Response
from tests.make import message as make_message


def test_an_answer_and_the_message_that_came_later_are_shown_as_text(make_visitor):
    monitoring = make_visitor(roles=(Role.MONITORING,))
    with transaction() as session:
        now = clock.now()
        response = Response(
            message_id=make_message.message(session).id, reference="K7Q28", project="GAO-22-014", received_at=now
        )
        response.answers, response.parsed = {"functional": "partly"}, {"text": "RVC GAO-22-014 PARTIEL", "problems": []}
        later = Answer(
            message_id=make_message.message(session).id, reference="K7Q28", kind=AnswerKind.CORRECTION, received_at=now
        )
        later.parsed = {"text": "MOD K7Q28 2 <script>NON"}
        session.add_all([response, later])
    listed = monitoring.get("/projects").text
    assert "K7Q28" in listed
    assert "Later message" in listed
    page = monitoring.get(f"/projects/responses/{response.id}").text
    assert "RVC GAO-22-014 PARTIEL" in page
    assert "MOD K7Q28 2 &lt;script&gt;NON" in page


def test_the_pages_are_closed_to_officers_of_cases(make_visitor):
    assert make_visitor(roles=(Role.FOCAL_POINT,)).get("/projects").status_code == 403
