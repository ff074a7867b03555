"""Several reports in one message: one alert, answer or complaint each, one reply, and no word of one with another."""

import pytest

from gateway import failpoint
from gateway.casework import alert_sheet, alerts, candidates, handing_over
from gateway.casework.alerts import Triage
from gateway.casework.candidates import Choice
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Outcome, Role
from gateway.records.feedback import Feedback
from gateway.records.ids import new_id
from gateway.records.message import Message
from gateway.records.release import Release
from gateway.records.reply import Reply
from gateway.records.response import Response
from gateway.records.states import AlertStatus, MessageState
from tests.make import officer as make_officer
from tests.stand_ins.street import rows

FIRST, SECOND = "ENF REC 3G ANSONGO 14/11", "ENF TUE 1F MOPTI 15/11"
BOTH = f"{FIRST} ;; {SECOND}"


def _sheet(alert, **duties):
    with db.transaction() as session:
        now = alert.received_at
        return alert_sheet.read(session, alert.id, officer=make_officer.officer(session, **duties), now=now)


def _officer(session, **duties):
    return make_officer.officer(session, **{"roles": (Role.FOCAL_POINT,)} | duties)


def test_each_report_is_an_alert_of_its_own_with_one_reply_that_names_both(street):
    message = street.text(BOTH)
    first, second = street.all_alerts(message)
    assert (message.state, message.outcome, message.parts) == (MessageState.DONE, Outcome.ALERT, 2)
    assert (message.outcome_id, message.reference) == (first.id, first.reference)
    assert [(each.place, each.types, each.children, each.needs_check) for each in (first, second)] == [
        ("ML0701", ["recruitment"], 3, False),
        ("ML05", ["killing"], 1, False),
    ]
    assert len({first.reference, second.reference}) == 2
    assert street.answered(message) == f"{first.reference} et {second.reference} recus. Merci."
    assert (len(street.all(Alert)), len(street.all(Reply))) == (2, 1)


def test_the_words_of_each_are_kept_apart_and_marked_in_their_place(street):
    message = street.text(f"{BOTH} vu par les voisins")
    first, second = street.all_alerts(message)
    assert [each.parsed["text"] for each in (first, second)] == [FIRST, f"{SECOND} vu par les voisins"]
    for each, words in ((first, "ANSONGO"), (second, "MOPTI")):
        [[start, end]] = each.parsed["spans"]["place"]
        assert each.parsed["text"][start:end] == words
        assert "more" not in each.parsed
    assert message.body == f"{BOTH} vu par les voisins"


def test_what_each_lacks_is_asked_for_by_its_reference(street):
    message = street.text("ENF REC 3G ANSONGO ;; ENF TUE 1F")
    first, second = street.all_alerts(message)
    assert (first.missing, second.missing) == (["date"], ["place", "date"])
    asked = f"Manque: {first.reference} 5; {second.reference} 4 et 5. Repondez: {first.reference} ..."
    assert street.answered(message) == f"{first.reference} et {second.reference} recus. {asked}"


def test_whoever_warns_of_danger_is_asked_for_nothing(street):
    message = street.text("ENF REC 3G ANSONGO ;; ALERTE ATTAQUE GAO")
    first, second = street.all_alerts(message)
    assert street.answered(message) == f"{first.reference} et {second.reference} recus. Restez en lieu sur."


def test_an_answer_goes_to_the_report_whose_reference_it_names(street):
    first, second = street.all_alerts(street.text("ENF REC 3G ANSONGO ;; ENF TUE 1F GAO"))
    street.text(f"{second.reference} 5 14/11")
    street.text(f"{first.reference} 5 13/11 ;; {second.reference} 4 BOUREM")
    told = [(each.alert_id, each.part, each.same_sender) for each in street.all(Answer)]
    assert told == [(second.id, 1, True), (first.id, 1, True), (second.id, 2, True)]
    assert {each.has_answer_waiting for each in street.all(Alert)} == {True}


def test_the_unreadable_part_waits_in_the_tray_beside_the_reports(street):
    message = street.text(f"{FIRST} ;; xyzzy qsdf wxcv ;; {SECOND}")
    kinds = [(each.kind, each.parsed["text"]) for each in street.all_alerts(message)]
    assert kinds == [
        (AlertKind.INCIDENT, FIRST),
        (AlertKind.UNKNOWN, "xyzzy qsdf wxcv"),
        (AlertKind.INCIDENT, SECOND),
    ]
    references = [each.reference for each in street.all_alerts(message)]
    assert street.answered(message) == f"{references[0]}, {references[1]} et {references[2]} recus. Merci."


def test_a_question_asked_before_is_answered_by_the_first_report_only(street):
    asked = street.text("ENF REC 3G 14/11")
    assert street.answered(asked) == f"{asked.reference} recu. Il manque 4. Repondez: {asked.reference} 4 ..."
    message = street.text(f"{FIRST} ;; K7Q29 qsdf wxcv azer ;; {SECOND}")
    assert street.all(Answer) == []
    assert [each.kind for each in street.all_alerts(message)] == [
        AlertKind.INCIDENT,
        AlertKind.UNKNOWN,
        AlertKind.INCIDENT,
    ]


def test_every_kind_of_part_finds_its_own_desk(street):
    message = street.text(f"LIB 3G ANSONGO 14/11 ;; RVC GAO-22-014 2=1 ;; RVC GAO-22-015 2=3 ;; {FIRST}")
    assert [each.part for each in street.all_alerts(message)] == [1, 4]
    assert [(each.part, each.project) for each in street.all(Response)] == [(2, "GAO-22-014"), (3, "GAO-22-015")]
    [release] = street.all(Release)
    assert release.alert_id == street.all_alerts(message)[0].id
    later = street.text(f"{street.all(Response)[1].reference} 7 4")
    assert (later.outcome, street.all(Answer)[-1].alert_id) == (Outcome.ANSWER, None)


def test_the_same_message_again_makes_no_second_reports_and_gets_the_same_words(street):
    first, again_ = street.text(BOTH), street.text(BOTH)
    assert (again_.state, again_.duplicate_of_id) == (MessageState.DUPLICATE, first.id)
    assert len(street.all(Alert)) == 2
    assert street.answered(again_) == street.answered(first)


def test_all_or_nothing_is_written(street, monkeypatch):
    street.post(BOTH)
    before = rows()

    class Killed(BaseException):
        pass

    def kill(point):
        if point == "case_before_commit":
            raise Killed

    monkeypatch.setattr(failpoint, "hit", kill)
    with pytest.raises(Killed):
        street.work()
    assert rows() == before
    assert street.all(Alert) == []


@pytest.mark.parametrize("text", [f"TEST {BOTH}", f"{BOTH} ;; {FIRST} CMA"])
def test_a_test_stays_a_test_whatever_is_in_it(street, text):
    message = street.text(text)
    is_test = text.startswith("TEST")
    assert (message.outcome is Outcome.TRAINING) == is_test
    assert len(street.all_alerts(message)) == (0 if is_test else 3)
    if is_test:
        assert street.answered(message) == f"{message.reference} recu (TEST). Merci."


def test_a_test_among_real_reports_is_left_out_alone(street):
    message = street.text(f"{FIRST} ;; TEST {SECOND}")
    assert [each.part for each in street.all_alerts(message)] == [1]
    assert street.answered(message) == f"{message.reference} recu. Merci."


def test_a_complaint_beside_a_report_goes_to_the_conduct_unit_and_leaves_no_trace_on_the_desk(street):
    message = street.text(f"{FIRST} ;; PLAINTE un agent demande de l'argent")
    [alert], [complaint] = street.all_alerts(message), street.all(Feedback)
    assert (complaint.part, complaint.text) == (2, message.body)
    assert alert.parsed["text"] == FIRST
    sheet = _sheet(alert, roles=(Role.FOCAL_POINT,))
    assert (sheet.text, sheet.came_with) == (FIRST, ())
    entries = [(each.subject_kind, each.detail["as"]) for each in street.all(AuditEntry) if "as" in each.detail]
    assert entries == [("messages", "alert"), ("feedback", "feedback")]
    assert street.answered(message) == f"{alert.reference} et {complaint.reference} recus. Merci."
    street.text(f"{complaint.reference} il l'a refait")
    assert (len(street.all(Alert)), len(street.all(Feedback))) == (1, 2)


def test_an_officer_sees_what_came_with_it_as_far_as_their_regions_go(street):
    first, second = street.all_alerts(street.text(BOTH))
    everywhere = _sheet(first, roles=(Role.FOCAL_POINT,))
    assert (everywhere.text, [each.reference for each in everywhere.came_with]) == (FIRST, [second.reference])
    gao = _sheet(first, roles=(Role.REGIONAL,), regions=("ML07",))
    assert (gao.text, gao.came_with) == (FIRST, ())


def test_a_place_left_out_is_taken_from_the_other_report_with_one_click(street):
    _, second = street.all_alerts(street.text("ENF REC 2G Gao 14/11/2026 ;; TUE 1F"))
    problems = {each["code"]: each for each in second.parsed["problems"]}
    with db.transaction() as session:
        officer = _officer(session)
        for version, (code, field) in enumerate((("missing_place", "place"), ("missing_date", "date")), 1):
            [offered] = candidates.of_problem(second, problems[code])
            choice = Choice(new_id(), field, offered.code, "the other report", version)
            candidates.accept(session, second.id, choice, officer=officer, now=second.received_at)
    [_, after] = street.all(Alert)
    assert (after.place, str(after.happened_from), after.missing, after.needs_check) == (
        "ML07",
        "2026-11-14",
        [],
        False,
    )


def test_each_is_moved_by_itself(street):
    first, second = street.all_alerts(street.text(BOTH))
    with db.transaction() as session:
        wanted = Triage(AlertStatus.NOT_MRM, "not ours", 1)
        alerts.triage(session, second.id, wanted, officer=_officer(session), now=second.received_at)
    assert [each.status for each in street.all(Alert) if each.id == first.id] == [AlertStatus.NEW]


def test_handed_to_the_conduct_unit_one_report_leaves_the_others_where_they_are(street):
    message = street.text(BOTH)
    _, second = street.all_alerts(message)
    with db.transaction() as session:
        handing_over.hand_over(session, second.id, 1, officer=_officer(session), now=second.received_at)
    [complaint] = street.all(Feedback)
    assert (complaint.part, complaint.text, complaint.reference) == (2, SECOND, second.reference)
    with db.reading() as session:
        assert session.get_one(Message, message.id).outcome is Outcome.ALERT
    assert [(each.part, each.is_restricted) for each in street.all_alerts(message)] == [(1, False), (2, True)]
    street.text(f"{second.reference} 4 GAO")
    assert (len(street.all(Feedback)), len(street.all(Answer))) == (2, 0)
