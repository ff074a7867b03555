"""Project answers are for the monitoring officer, with the later messages that name them and how they were read."""

import pytest

from gateway.casework import answers, responses
from gateway.casework.fates import Fate
from gateway.errors import NotFound, Overtaken
from gateway.records import db
from gateway.records.answer import Answer
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.response import Response
from gateway.records.states import AnswerStatus, ReadingStatus
from tests.make import officer as make_officer
from tests.make import response as make_response
from tests.make.alert import NOW
from tests.make.vocabulary import again


@pytest.fixture
def monitoring(session):
    return make_officer.officer(session, roles=(Role.MONITORING,))


@pytest.fixture
def monitoring_of():
    """What the monitoring officer sees of a response, after accepting a later message perhaps."""

    def look(response, accepting=None):
        with db.transaction() as session:
            officer = make_officer.officer(session, roles=(Role.MONITORING,))
            if accepting is not None:
                answers.accept(session, accepting.id, officer=officer, now=NOW)
            return read(session, response, officer)

    return look


def read(session, response, officer):
    return responses.read(session, response.id, officer=officer, now=NOW)


def test_a_later_message_stands_beside_the_answer_it_names(session, monitoring):
    response = make_response.response(session)
    answer = make_response.answer(session, response, "{} 2 NON")
    [later] = read(session, response, monitoring).later
    assert (later.answer.id, later.text, later.values) == (answer.id, answer.parsed["text"], {"functional": "no"})
    [listed] = responses.listed(session, officer=monitoring, now=NOW)
    assert listed.response.has_answer_waiting


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("{} 2 NON", {"functional": "no", "rating": 4}),
        ("{} 7=2 8=EAU", {"functional": "yes", "rating": 2, "problem": ["water"]}),
        ("MOD {} 2 NON", {"functional": "no", "rating": 4}),
        ("{} merci", {"functional": "yes", "rating": 4}),
    ],
)
def test_it_counts_once_an_officer_accepted_it_and_the_first_reading_stays(session, monitoring, text, counts):
    response = make_response.response(session)
    answer = make_response.answer(session, response, text)
    assert response.answers == {"functional": "yes", "rating": 4}
    answers.accept(session, answer.id, officer=monitoring, now=NOW)
    assert (response.answers, response.project) == (counts, "GAO-22-014")
    assert (response.has_answer_waiting, response.version) == (False, 2)
    assert (answer.status, answer.decided_by_id) == (AnswerStatus.ACCEPTED, monitoring.id)
    sheet = read(session, response, monitoring)
    assert sheet.first == make_response.FIELDS
    assert set(sheet.effective.changed_by) == {name for name in counts if counts[name] != sheet.first.get(name)}
    assert sheet.names[monitoring.id] == monitoring.display_name
    assert session.query(AuditEntry).filter_by(action="answer.accepted").one().subject_id == response.id


def test_a_project_that_was_missing_is_filled_in_and_nothing_is_left_to_check(session, monitoring):
    missing = {"code": "missing_project", "field": "project", "severity": "check", "start": 0, "end": 0, "detail": ""}
    response = make_response.response(session, fields={"functional": "yes"}, problems=(missing,))
    assert (response.project, response.needs_check) == (None, True)
    answers.accept(session, make_response.answer(session, response, "{} 1=GAO-22-014").id, officer=monitoring, now=NOW)
    assert (response.project, response.needs_check) == ("GAO-22-014", False)


def test_words_nobody_understood_are_still_to_be_checked(session, monitoring):
    unread = {"code": "unread", "field": None, "severity": "check", "start": 0, "end": 3, "detail": ""}
    response = make_response.response(session, problems=(unread,))
    answers.accept(session, make_response.answer(session, response, "{} 2 NON").id, officer=monitoring, now=NOW)
    assert response.needs_check


def test_what_is_set_aside_changes_nothing(session, monitoring):
    response = make_response.response(session)
    answer = make_response.answer(session, response, "{} 2 NON")
    answers.set_aside(session, answer.id, officer=monitoring, now=NOW)
    assert (response.answers["functional"], response.has_answer_waiting) == ("yes", False)
    assert answer.status is AnswerStatus.SET_ASIDE


def test_twice_is_once_and_a_second_officer_is_told(session, monitoring):
    response = make_response.response(session)
    answer = make_response.answer(session, response, "{} 2 NON")
    waiting = make_response.answer(session, response, "{} 7=1")
    for _ in range(2):
        answers.accept(session, answer.id, officer=monitoring, now=NOW)
    assert (response.version, response.has_answer_waiting) == (2, True)
    other = make_officer.officer(session, roles=(Role.MONITORING,))
    with pytest.raises(Overtaken):
        answers.set_aside(session, answer.id, officer=other, now=NOW)
    assert waiting.status is AnswerStatus.WAITING


@pytest.mark.parametrize("roles", [(Role.FOCAL_POINT,), (Role.ADMINISTRATOR,), (Role.CONDUCT,)])
def test_nobody_else_reads_it_or_decides_on_what_came_later(session, roles):
    response = make_response.response(session)
    answer = make_response.answer(session, response, "{} 2 NON")
    officer = make_officer.officer(session, roles=roles)
    with pytest.raises(NotFound):
        read(session, response, officer)
    for act in (answers.accept, answers.set_aside):
        with pytest.raises(NotFound):
            act(session, answer.id, officer=officer, now=NOW)
    assert answer.status is AnswerStatus.WAITING


def test_a_later_message_that_speaks_of_money_takes_the_answer_to_the_conduct_unit(street):
    first = street.text("RVC GAO-22-014 2=OUI")
    street.text(f"{first.reference} 8=ARGENT")
    [response] = street.all(Response)
    assert (response.is_sensitive, response.has_answer_waiting) == (True, True)


def test_an_answer_to_the_one_question_asked_about_a_project_finds_it(street, monitoring_of):
    first = street.text("RVC 2=OUI")
    assert "Il manque 1" in street.answered(first)
    street.text("GAO-22-014")
    [response] = street.all(Response)
    [answer] = street.all(Answer)
    assert (answer.reference, answer.parsed["fields"]["project"]) == (first.reference, "GAO-22-014")
    sheet = monitoring_of(response, accepting=answer)
    assert sheet.response.project == "GAO-22-014"


def test_what_an_officer_accepted_stays_above_a_newer_reading_and_the_history_is_told(street, newer, monitoring_of):
    first = street.text("RVC GAO-22-014 2=OUI\nFLASH")
    later = street.text(f"{first.reference} 2 NON ZOROBUGU")
    [response] = street.all(Response)
    assert again(later, newer) is not None
    [answer] = street.all(Answer)
    monitoring_of(response, accepting=answer)
    assert again(first, newer).fate is Fate.REPLACED
    sheet = monitoring_of(response)
    assert sheet.response.answers["functional"] == "no"
    assert sheet.effective.changed_by == {"functional": "answer"}
    [entry] = sheet.readings
    assert (entry.message_id, entry.status) == (first.id, ReadingStatus.APPLIED)
    [[beside]] = [each.readings for each in sheet.later]
    assert (beside.message_id, beside.status) == (later.id, ReadingStatus.APPLIED)


def test_the_very_first_reading_is_told_however_often_it_was_read_again(street, newer, monitoring_of):
    message = street.text("ZAMPA GAO-22-014 2=OUI")
    again(message, newer)
    [response] = street.all(Response)
    sheet = monitoring_of(response)
    assert sheet.effective.values["functional"] == "yes"
    assert [each.kind_before for each in sheet.readings] == ["unknown"]
