"""A suspect text is read apart, and what it does there stays there."""

import os
import signal
from datetime import date

import pytest
from sqlalchemy import update

from gateway.records import db
from gateway.records.message import Message
from gateway.records.states import MessageState
from parsers import parse
from parsers.result import ReporterContext
from workers import suspect
from workers.sweep import sweep

ON = date(2026, 11, 20)


@pytest.fixture
def reader():
    """The process that reads suspect texts, warm."""
    suspect.warm(None)
    return suspect.reader()


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


def test_what_takes_too_long_is_stopped_and_the_next_text_finds_another_reader(monkeypatch):
    suspect.parse_apart("AIDE", received_on=ON)
    os.kill(suspect.reader(), signal.SIGSTOP)
    monkeypatch.setattr(suspect, "SECONDS", 0.2)
    with pytest.raises(suspect.ParserDied):
        suspect.parse_apart("ENF REC", received_on=ON)
    monkeypatch.undo()
    assert suspect.parse_apart("AIDE", received_on=ON).kind == "command"


def test_a_reader_that_was_killed_is_replaced():
    suspect.warm(None)
    os.kill(suspect.reader(), signal.SIGKILL)
    with pytest.raises(suspect.ParserDied):
        suspect.parse_apart("ENF REC", received_on=ON)
    assert suspect.parse_apart("AIDE", received_on=ON).kind == "command"


def test_one_reader_reads_one_text_after_the_other(reader):
    for text in TEXTS:
        suspect.parse_apart(text, received_on=ON)
    assert suspect.reader() == reader


def test_a_second_attempt_is_read_apart_and_ends_the_same(make_street):
    street = make_street()
    street.post("ENF REC 3G ANSONGO 14/11")
    with db.transaction() as session:
        session.execute(update(Message).values(attempt=1))
    sweep()
    street.work()
    [message] = street.all(Message)
    assert (message.state, message.attempt) == (MessageState.DONE, 2)
    assert street.alert_of(message).children == 3
