"""What the desk, the conduct unit and the monitors find of each message."""

from datetime import date

import pytest
from sqlalchemy import update

from gateway.casework import handing_over
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.codes import AlertKind, AnswerKind, Outcome, Role
from gateway.records.feedback import Feedback
from gateway.records.release import Release
from gateway.records.reporter import Reporter
from gateway.records.response import Response
from tests.make import officer as make_officer

OTHER = "+22370000002"
UNKNOWN_REFERENCE = "K7Q28"


def _reporter(street, **values):
    """The reporter of the usual number, known before the text that matters."""
    street.text("AIDE")
    with db.transaction() as session:
        session.execute(update(Reporter).values(values))


def test_an_incident_is_an_alert_with_what_the_desk_filters_on(street):
    message = street.text("ENF REC 3G 2F 12-15 ANSONGO 14/11/2026 URG")
    alert = street.alert_of(message)
    assert (alert.kind, alert.reference, alert.channel) == (AlertKind.INCIDENT, message.reference, "twilio")
    assert (alert.region, alert.types, alert.children) == ("ML07", ["recruitment"], 5)
    assert alert.place.startswith("ML07")
    assert (alert.happened_from, alert.happened_to) == (date(2026, 11, 14), date(2026, 11, 14))
    assert (alert.is_urgent, alert.needs_check, alert.missing) == (True, False, [])
    assert alert.parsed["fields"]["boys"] == 3
    assert alert.reporter_id == message.reporter_id


def test_what_is_missing_stands_in_the_order_of_the_card(street):
    alert = street.alert_of(street.text("ENF REC"))
    assert (alert.needs_check, alert.missing, alert.region) == (True, ["children", "place", "date"], None)


def test_without_a_place_the_reporters_own_area_gives_the_region(street):
    _reporter(street, area="ML0703")
    assert street.alert_of(street.text("ENF REC 3G 14/11")).region == "ML07"


def test_an_early_warning_is_urgent(street):
    alert = street.alert_of(street.text("ALERTE ATTAQUE ANSONGO"))
    assert (alert.kind, alert.is_urgent, alert.types) == (AlertKind.ALERT, True, ["attack"])


def test_a_release_keeps_its_counts_apart(street):
    alert = street.alert_of(street.text("LIB 3G 1F ANSONGO 14/11/2026 REMIS CMA"))
    [release] = street.all(Release)
    assert (release.alert_id, release.boys, release.girls, release.unknown) == (alert.id, 3, 1, 0)
    assert (release.how, release.region, release.released_on) == ("handover", "ML07", date(2026, 11, 14))


def test_a_complaint_is_for_the_conduct_unit_alone_and_nothing_of_it_is_read(street):
    message = street.text("PLAINTE un agent demande de l'argent a ANSONGO")
    [feedback] = street.all(Feedback)
    assert (feedback.reference, street.all(Alert)) == (message.reference, [])
    assert feedback.text == "PLAINTE un agent demande de l'argent a ANSONGO"


def test_a_payment_asked_is_sensitive(street):
    street.text("RVC GAO-22-014 8=ARGENT")
    street.text("RVC GAO-22-014 8=EAU")
    assert sorted(response.is_sensitive for response in street.all(Response)) == [False, True]


LATER = [
    ("{} 4 ANSONGO", AnswerKind.COMPLETION),
    ("MOD {} 4 GAO", AnswerKind.CORRECTION),
    ("ANNUL {}", AnswerKind.CANCELLATION),
]


@pytest.mark.parametrize(("body", "kind"), LATER)
@pytest.mark.parametrize(("sender", "is_same"), [("+22370000001", True), (OTHER, False)])
def test_a_later_message_is_laid_beside_its_report_and_changes_nothing_in_it(street, body, kind, sender, is_same):
    before = street.alert_of(street.text("ENF REC 3G 14/11"))
    message = street.text(body.format(before.reference), sender)
    [answer] = street.all(Answer)
    assert (answer.alert_id, answer.kind, answer.same_sender) == (before.id, kind, is_same)
    assert (message.outcome, message.outcome_id, message.reference) == (Outcome.ANSWER, answer.id, None)
    assert street.answered(message) == f"{before.reference} recu. Merci."
    [after] = street.all(Alert)
    assert after.has_answer_waiting
    unchanged = ("status", "parsed", "place", "region", "missing", "version", "types", "children")
    assert all(getattr(after, name) == getattr(before, name) for name in unchanged)


def test_an_answer_to_no_report_of_ours_is_read_by_a_person_and_answered_alike(street):
    message = street.text(f"{UNKNOWN_REFERENCE} 4 ANSONGO")
    assert street.alert_of(message).kind is AlertKind.UNKNOWN
    assert street.answered(message) == f"{UNKNOWN_REFERENCE} recu. Merci."


def test_more_about_a_complaint_stays_with_the_conduct_unit(street):
    complaint = street.text("PLAINTE un agent")
    street.text(f"{complaint.reference} c'etait lundi")
    assert (len(street.all(Feedback)), street.all(Answer), street.all(Alert)) == (2, [], [])


def test_more_about_a_report_that_was_handed_over_stays_with_the_conduct_unit(street):
    message = street.text("L'agent a demande de l'argent")
    with db.transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        alert = street.alert_of(message)
        handing_over.hand_over(session, alert.id, alert.version, officer=officer, now=message.received_at)
    street.text(f"RE {message.reference} il est revenu hier")
    assert (len(street.all(Feedback)), street.all(Answer), len(street.all(Alert))) == (2, [], 1)


def test_an_answer_about_a_project_is_kept_with_its_reference(street):
    response = street.text("RVC GAO-22-014 2 OUI")
    street.text(f"{response.reference} 3 TOUS")
    [answer] = street.all(Answer)
    assert (answer.alert_id, answer.reference) == (None, response.reference)


def test_a_bare_answer_to_the_one_question_asked_finds_its_report(street):
    first = street.text("ENF REC 3G 14/11")
    assert street.reply_to(first).fields == [4]
    street.text("ANSONGO")
    [answer] = street.all(Answer)
    assert (answer.reference, answer.parsed["fields"]["place"]["name"]) == (first.reference, "Ansongo")


def test_training_is_answered_like_the_real_one_and_never_on_the_desk(street):
    for message in (street.text("TEST ENF REC 3G ANSONGO 14/11"), street.text("TEST ENF REC")):
        assert (message.outcome, message.is_training) == (Outcome.TRAINING, True)
        assert "(TEST)" in street.answered(message)
    _reporter(street, is_training=True)
    assert street.text("ENF TUE 3G GAO 14/11").outcome is Outcome.TRAINING
    assert street.text("AIDE").outcome is Outcome.COMMAND
    assert street.all(Alert) == []


def test_a_sender_who_is_no_telephone_has_no_name_and_no_index(street):
    for sender in ("ORANGE", "7000", ""):
        message = street.text("ENF REC 3G ANSONGO 14/11", sender)
        assert street.alert_of(message).reporter_id is None
    assert street.all(Reporter) == []


def test_the_region_of_an_ambiguous_or_unknown_place_is_nobodys(street):
    for body in ("ENF REC 3G NULLEPARTVILLE 14/11", "ENF REC 3G 14/11 lieu: Bamba"):
        assert street.alert_of(street.text(body)).region is None
