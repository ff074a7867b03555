"""Which words come back, to whom, and when nothing does."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.records import db
from gateway.records.codes import ReplyMode
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import MessageState, ReplyState
from gateway.texts.catalogue import catalogues

NEUTRAL = "Merci de votre message. Mots utiles: AIDE, STOP, REPRISE, LANGUE EN."
COMPLETE = "ENF REC 3G ANSONGO 14/11"


def _set(**values):
    with db.transaction() as session:
        session.execute(update(Reporter).values(values))


def _reason(street, message):
    reply = street.reply_to(message)
    assert reply.state is ReplyState.SUPPRESSED
    return reply.reason


SAID = [
    (COMPLETE, "{} recu. Merci."),
    ("ENF REC", "{0} recu. Il manque 2, 4 et 5. Repondez: {0} 2 ... 4 ... 5 ..."),
    ("CHILD REC 3B ANSONGO 14/11", "{} received. Thank you."),
    ("ALERTE ATTAQUE ANSONGO", "{} recu. Restez en lieu sur."),
    ("PLAINTE un agent", "Recu {}."),
    ("bonjour tout le monde", "Message recu {}. Nous vous rappelons. Aide: AIDE"),
    ("AIDE", NEUTRAL),
    ("ETAT K7Q28", NEUTRAL),
    ("  ", NEUTRAL),
    ("AIDE ENF", "Lignes de la carte a remplir: 1, 2, 4 et 5."),
    ("LANGUE EN", "Language: English."),
    ("LANGUE BAMBARA", NEUTRAL),
]


@pytest.mark.parametrize(("body", "text"), SAID)
def test_each_kind_has_its_words(street, body, text):
    message = street.text(body)
    assert street.answered(message) == text.format(message.reference)


def test_no_reply_holds_a_word_that_was_sent(street):
    message = street.text("ENF REC 3G ANSONGO 14/11 {{7*7}} %s <b>")
    said = street.answered(message)
    assert not {"REC", "ANSONGO", "14/11", "49", "%s", "<b>"} & set(said.split())


def test_the_same_words_again_get_the_same_reply_and_no_second_report(street):
    first = street.text("ENF REC 3G ANSONGO 14/11")
    again = street.text("ENF REC 3G ANSONGO 14/11")
    assert (again.state, again.duplicate_of_id, again.outcome) == (MessageState.DUPLICATE, first.id, None)
    assert street.answered(again) == street.answered(first)
    other = street.text("ENF REC 3G ANSONGO 14/11", "+22370000002")
    assert other.state is MessageState.DONE


def test_after_a_week_the_same_words_are_a_new_report(street):
    street.text(COMPLETE)
    with db.transaction() as session:
        session.execute(update(Message).values(received_at=clock.now() - timedelta(days=8)))
    assert street.text(COMPLETE).state is MessageState.DONE


def test_a_word_of_command_works_each_time(street):
    texts = [street.answered(street.text(word)) for word in ("STOP", "REPRISE", "STOP")]
    assert texts[0] == texts[2] == "Vous ne recevrez plus de messages. Pour reprendre: REPRISE"


def test_after_stop_reports_are_taken_in_silence_and_words_get_the_line_for_everybody(street):
    street.text("STOP")
    report = street.text(COMPLETE)
    assert (report.state, _reason(street, report)) == (MessageState.DONE, "stopped")
    for word in ("AIDE", "ETAT K7Q28", "STOP"):
        assert street.answered(street.text(word)) == NEUTRAL
    assert street.answered(street.text("REPRISE")) == "Vous recevrez de nouveau nos messages. Pour arreter: STOP"


def test_a_status_question_gets_the_same_line_from_anybody_about_anything(street):
    reference = street.text(COMPLETE).reference
    asked = [
        (f"ETAT {reference}", "+22370000001"),
        (f"ETAT {reference}", "+22370000002"),
        ("ETAT K7Q28", "+22370000003"),
    ]
    assert {street.answered(street.text(body, sender)) for body, sender in asked} == {NEUTRAL}


def test_a_silent_reporter_gets_nothing(street):
    street.text("AIDE")
    _set(mode=ReplyMode.SILENT)
    assert _reason(street, street.text(COMPLETE)) == "silent"


def test_a_read_back_is_in_codes(street):
    street.text("AIDE")
    _set(mode=ReplyMode.READBACK)
    message = street.text("ENF REC 3G1F ANSONGO 14/11/2026")
    place = street.alert_of(message).place
    said = f"{message.reference}: 1=3 2=3G1F 4={place} 5=14/11. Pour corriger: MOD {message.reference} 4 ..."
    assert street.answered(message) == said


def test_strangers_get_silence_where_the_office_wants_it(make_street):
    street = make_street(LAKANA_UNKNOWN_SENDERS="silent")
    assert _reason(street, street.text(COMPLETE)) == "stranger"
    _set(is_registered=True)
    assert street.answered(street.text("ENF TUE 2F GAO 14/11")) is not None


@pytest.mark.parametrize("sender", ["ORANGE", "7000", "", "+22370009999"])
def test_only_telephones_get_a_reply(street, sender):
    assert _reason(street, street.text(COMPLETE, sender)) == "sender_kind"
    assert street.carrier.sent == []


def test_the_number_to_call_is_told_once(make_street):
    street = make_street(LAKANA_CONDUCT_NUMBER="80000")
    first, second = street.text("PLAINTE un"), street.text("PLAINTE deux")
    assert street.answered(first) == f"Recu {first.reference}. Vous pouvez appeler le 80000."
    assert street.answered(second) == f"Recu {second.reference}."


def test_an_answering_machine_at_the_other_end_is_left_alone(street):
    told = [street.answered(street.text(f"ENF REC {boys}G ANSONGO 14/11")) for boys in range(1, 9)]
    assert [bool(text) for text in told] == [True] * 5 + [False] * 3
    with db.transaction() as session:
        session.execute(update(Reply).values(prepared_at=clock.now() - timedelta(minutes=31)))
    assert street.answered(street.text("ENF REC 9G ANSONGO 14/11")) is not None


def test_a_restart_forgives_no_answering_machine(street):
    for boys in range(1, 6):
        assert street.answered(street.text(f"ENF REC {boys}G ANSONGO 14/11"))
    db.connect(db.engine().url.render_as_string(hide_password=False))
    assert _reason(street, street.text("ENF REC 6G ANSONGO 14/11")) == "loop"


def test_a_phone_in_a_childs_hands_is_left_alone_sooner(street):
    told = [street.answered(street.text(f"blabla {'x' * length}")) for length in range(1, 6)]
    assert [bool(text) for text in told] == [True] * 3 + [False] * 2


def test_fifty_times_the_same_words_are_fifty_rows_one_report_and_few_replies(street):
    messages = [street.text("quelque chose arrive ici") for _ in range(50)]
    assert [message.state for message in messages].count(MessageState.DONE) == 1
    assert len(street.carrier.sent) <= 3


def test_the_chosen_language_comes_before_the_language_of_a_text(street):
    street.text("LANGUE EN")
    assert street.answered(street.text(COMPLETE)).endswith("received. Thank you.")
    assert set(catalogues()) >= {"fr", "en"}
