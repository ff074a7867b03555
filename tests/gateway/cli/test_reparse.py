"""`lakana reparse`: what it shows and what it never shows; that it changes nothing unless asked, and nothing twice."""

import json

import pytest

from gateway import clock
from gateway.casework import reading, turns
from gateway.casework.office import office as office_of
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.message import Message
from gateway.settings import load
from gateway.trust import audit
from gateway.vault import current
from gateway.vault.keyring import load_keyring
from parsers import parse
from tests.make import message as make_message
from tests.make import vocabulary

TEXTS = ["ENF REC 3G ZOROBUGU 14/11", "ENF REC 3G ANSONGO 14/11", "FLASH REC 3G GAO 14/11", "AIDE"]
NEVER = ("zorobugu", "ansongo", "ML07", "flash", "+223")


@pytest.fixture
def connected(office, home, migrated_database_url):
    """This process is at the office's database, with its keys, between two commands."""

    def connect():
        current.unlock(load_keyring(home / "keys" / "lakana.keys"))
        db.connect(migrated_database_url)

    connect()
    yield connect
    db.disconnect()
    current.lock()


@pytest.fixture
def received(connected, home):
    """Some messages, read by the vocabulary that is built in."""
    ours = office_of(load({"LAKANA_HOME": str(home)}))
    for number, text in enumerate(TEXTS):
        with db.transaction() as session:
            message = make_message.message(session, text, sender=f"+2237000{number:04}")
        with db.transaction() as session:
            claim = turns.claim(session, message.id, now=clock.now())
        with db.transaction() as session:
            opened = reading.open_message(session, claim, ours)
            parsed = parse(text, received_on=opened.received_on, reporter=opened.context)
            reading.settle(session, opened, parsed, office=ours, now=clock.now())


@pytest.fixture
def newer(received, tmp_path, monkeypatch):
    """Then a release came that knows more."""
    monkeypatch.setenv("LAKANA_CODEBOOK", str(vocabulary.newer(tmp_path / "newer")))


def _lines(result):
    assert result.exit_code == 0, result.output
    *changed, summary = [json.loads(line) for line in result.stdout.splitlines()]
    return changed, summary["summary"]


def test_it_shows_what_differs_without_a_word_of_it(office, newer, connected):
    result = office("reparse", "--json")
    changed, summary = _lines(result)
    assert [each["fate"] for each in changed] == ["replaced", "routed"]
    assert changed[0]["fields"] == {"place": "gained"}
    assert changed[0]["lost"] == ["missing_place:place", "unread"]
    assert (changed[1]["kind"], changed[1]["reconstructed"]) == (["unknown", "incident"], False)
    wanted = {"applied": False, "read": 4, "unchanged": 2, "replaced": 1, "routed": 1, "failed": 0}
    assert {name: summary[name] for name in wanted} == wanted
    assert summary["changes"]["field place"] == 1
    told = (result.output + office("reparse").output).lower()
    assert [word for word in NEVER if word.lower() in told] == []
    connected()
    with db.reading() as session:
        assert [each.place for each in session.query(Alert).order_by(Alert.received_at)] == [None, "ML0701", "ML07"]
        assert {each.compared_with for each in session.query(Message)} == {None}


def test_in_words_it_says_what_would_happen_and_then_what_did(office, newer):
    shown = office("reparse").output
    assert "place gained" in shown
    assert "would be replaced" in shown
    assert "Nothing was written; --apply writes it." in shown
    done = office("reparse", "--apply").output
    assert "went where a first reading brings it" in done
    assert "4 read again: 2 say the same" in done


def test_applied_once_it_has_nothing_to_do_the_second_time(office, newer, connected):
    _, first = _lines(office("reparse", "--apply", "--json"))
    _, second = _lines(office("reparse", "--apply", "--json"))
    assert (first["read"], first["replaced"], first["routed"]) == (4, 1, 1)
    assert (second["read"], second["changes"]) == (0, {})
    connected()
    with db.reading() as session:
        assert [each.place for each in session.query(Alert).order_by(Alert.received_at)] == ["ML0701", "ML0701", "ML07"]
        assert audit.verify(session) is None


def test_one_that_cannot_be_opened_stays_and_holds_up_no_other(office, newer, connected):
    connected()
    with db.transaction() as session:
        broken = session.query(Message).order_by(Message.received_at).first()
        broken.sealed = broken.sealed[:-1] + bytes([broken.sealed[-1] ^ 1])
    result = office("reparse", "--apply", "--json")
    assert result.exit_code == 1
    assert broken.id in result.stderr
    summary = json.loads(result.stdout.splitlines()[-1])["summary"]
    assert (summary["read"], summary["routed"], summary["failed"]) == (3, 1, 1)


def test_since_leaves_out_what_is_older(office, newer):
    assert _lines(office("reparse", "--json", "--since", "2090-01-01"))[1]["read"] == 0
    assert _lines(office("reparse", "--json", "--since", "2020-01-01"))[1]["read"] == 4
    assert office("reparse", "--since", "yesterday").exit_code == 2


def test_messages_beyond_one_page_are_read_too(office, newer, monkeypatch):
    monkeypatch.setattr("gateway.casework.rereading.PAGE", 1)
    assert _lines(office("reparse", "--apply", "--json"))[1]["read"] == 4
