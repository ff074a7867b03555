"""Project answers are for the monitoring officer, with the later messages that name them."""

import pytest

from gateway import clock
from gateway.casework import responses
from gateway.errors import NotFound
from gateway.records.answer import Answer
from gateway.records.codes import AnswerKind, Role
from gateway.records.db import transaction
from gateway.records.response import Response
from tests.make import message as make_message
from tests.make import officer as make_officer


@pytest.fixture
def told(database, open_vault):
    """The ids of a response and of a later message that names it."""
    with transaction() as session:
        now = clock.now()
        first, second = make_message.message(session), make_message.message(session)
        response = Response(message_id=first.id, reference="K7Q28", project="GAO-22-014", answers={}, received_at=now)
        response.parsed = {"text": "RVC GAO-22-014 OUI"}
        later = Answer(message_id=second.id, reference="K7Q28", kind=AnswerKind.COMPLETION, received_at=now)
        later.parsed = {"text": "K7Q28 2 NON"}
        session.add_all([response, later])
        return response.id, later.id


def read(response_id, *roles):
    with transaction() as session:
        officer = make_officer.officer(session, roles=roles)
        return responses.read(session, response_id, officer=officer, now=clock.now())


def test_a_later_message_stands_beside_the_answer_it_names(told):
    response_id, later_id = told
    found = read(response_id, Role.MONITORING)
    assert [answer.id for answer in found.later] == [later_id]


def test_the_list_shows_where_a_later_message_waits(told):
    with transaction() as session:
        officer = make_officer.officer(session, roles=(Role.MONITORING,))
        [row] = responses.listed(session, officer=officer, now=clock.now())
    assert [answer.id for answer in row.later] == [told[1]]


def test_nobody_else_reads_it(told):
    with pytest.raises(NotFound):
        read(told[0], Role.FOCAL_POINT, Role.ADMINISTRATOR)
