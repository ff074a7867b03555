"""From something wrong to those on duty: a letter and a text, without a word of what people reported."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from gateway import clock
from gateway.records import db
from gateway.records.alarm import Alarm
from gateway.records.message import Message
from tests.stand_ins import mail_server, twilio_api
from tests.stand_ins import twilio_webhooks as twilio
from workers import watch

DUTY = {"LAKANA_ALARM_EMAILS": "awa@example.org, issa@example.org", "LAKANA_SMTP_FROM": "lakana@example.org"}
NUMBER = "+22370000077"


@pytest.fixture
def late(make_street):
    """An office in which a report has waited for a quarter of an hour."""
    street = make_street()
    street.post("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Message).values(received_at=clock.now() - timedelta(minutes=15)))
    return street


def _alarms():
    with db.reading() as session:
        return session.scalars(select(Alarm)).all()


def test_a_letter_goes_to_everybody_on_duty_and_holds_no_content(late, make_settings):
    with mail_server.running() as server:
        settings = make_settings(**DUTY, LAKANA_SMTP_URL=server.url, LAKANA_ALARM_LANGUAGE="en")
        watch.look(settings)
        watch.look(settings)
    (letter,) = server.letters
    assert server.readers == [["awa@example.org", "issa@example.org"]]
    assert letter["Subject"] == "[Lakana] The oldest message has waited 15 minutes to be read."
    for forbidden in ("ANSONGO", "ENF", twilio.SENDER, twilio.SENDER[1:]):
        assert forbidden not in letter.as_string()


def test_it_is_told_again_after_the_set_time_and_once_when_it_is_over(late, make_settings):
    start = clock.now()
    with mail_server.running() as server, time_machine.travel(start, tick=False) as time:
        settings = make_settings(**DUTY, LAKANA_SMTP_URL=server.url, LAKANA_ALARM_REPEAT_HOURS="2")
        for minutes in range(0, 250, 10):
            time.move_to(start + timedelta(minutes=minutes))
            if minutes == 200:
                late.work()
            watch.look(settings)
    subjects = [letter["Subject"] for letter in server.letters]
    assert subjects == [
        "[Lakana] Le plus ancien message attend d'être lu depuis 15 minutes.",
        "[Lakana] Le plus ancien message attend d'être lu depuis 135 minutes.",
        "[Lakana] Terminé : Le plus ancien message attend d'être lu depuis 205 minutes.",
    ]


def test_a_text_goes_to_duty_numbers(late, make_settings):
    with twilio_api.running() as api:
        settings = make_settings(LAKANA_ALARM_NUMBERS=NUMBER, TWILIO_API_BASE=api.url)
        watch.look(settings)
        watch.look(settings)
    (taken,) = api.taken
    assert (taken["To"], taken["From"]) == (NUMBER, twilio.OUR_NUMBER)
    assert taken["Body"] == "Lakana: Le plus ancien message attend d'être lu depuis 15 minutes.".replace("ê", "e")


def test_whoever_cannot_be_reached_is_tried_again(late, make_settings, free_port):
    start = clock.now()
    nowhere = make_settings(**DUTY, LAKANA_SMTP_URL=f"smtp://127.0.0.1:{free_port}")
    with mail_server.running() as server, time_machine.travel(start, tick=False) as time:
        watch.look(nowhere)
        assert [alarm.told_at for alarm in _alarms()] == [None]
        somewhere = make_settings(**DUTY, LAKANA_SMTP_URL=server.url)
        watch.look(somewhere)
        assert server.letters == []
        time.move_to(start + timedelta(minutes=10))
        watch.look(somewhere)
    assert len(server.letters) == 1


def test_a_text_of_unknown_outcome_is_not_sent_twice(late, make_settings):
    start = clock.now()
    with twilio_api.running() as api, time_machine.travel(start, tick=False) as time:
        api.is_broken = True
        settings = make_settings(LAKANA_ALARM_NUMBERS=NUMBER, TWILIO_API_BASE=api.url)
        watch.look(settings)
        time.move_to(start + timedelta(minutes=30))
        watch.look(settings)
    assert len(api.taken) == 1


def test_with_nobody_on_duty_alarms_still_stand_on_the_page(late, make_settings):
    watch.look(make_settings())
    (alarm,) = _alarms()
    assert (alarm.figure, alarm.told_at) == (15, None)


def test_a_broken_audit_is_told_at_once(late, make_settings):
    late.work()
    with db.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE audit_entries SET action = 'officer.added' WHERE number = 1")
    with mail_server.running() as server:
        watch.check_audit(make_settings(**DUTY, LAKANA_SMTP_URL=server.url, LAKANA_ALARM_LANGUAGE="en"))
    assert [letter["Subject"] for letter in server.letters] == ["[Lakana] The audit chain is broken at entry 1."]
