"""A suspect text is read apart, and what it does there stays there."""

from datetime import date

import pytest
from sqlalchemy import update

from gateway.records import db
from gateway.records.message import Message
from gateway.records.states import MessageState
from parsers import parse
from parsers.result import ReporterContext
from workers import suspect

ON = date(2026, 11, 20)
TEXTS = [
    "ENF REC 3G ANSONGO 14/11 // note",
    "ENF REC 3G GAO 14/11 ;; TUE 1F",
    "TEST ENF REC",
    "",
    "\x00\ud800 % {{}}",
    "K7Q28 4 ANSONGO",
    "AIDE",
]


@pytest.mark.parametrize("text", TEXTS)
def test_it_reads_the_same_as_at_home(text):
    context = ReporterContext(language="fr", area="ML07", asked=("incident", "4"))
    apart = suspect.parse_apart(text, received_on=ON, reporter=context)
    assert apart.as_dict() == parse(text, received_on=ON, reporter=context).as_dict()


def test_what_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(suspect, "SECONDS", 0.01)
    with pytest.raises(suspect.ParserDied):
        suspect.parse_apart("ENF REC", received_on=ON)


def test_a_second_attempt_is_read_apart_and_ends_the_same(make_street):
    street = make_street()
    street.post("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Message).values(attempt=1))
    street.work()
    [message] = street.all(Message)
    assert (message.state, message.attempt) == (MessageState.DONE, 2)
    assert street.alert_of(message).children == 3
