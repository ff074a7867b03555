"""The phone in the browser: for whoever is signed in, in training and development, and never in production."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from admin.simulator_words import ABOUT, KINDS, NAMES
from admin.views import simulator as view
from gateway import clock
from gateway.casework import reading, sending, simulation, turns
from gateway.casework.office import office
from gateway.channels.simulator import SimulatorSender
from gateway.errors import NotFound
from gateway.records.alert import Alert
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Outcome, Role
from gateway.records.db import reading as only_reading
from gateway.records.db import transaction
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import ReplyState
from gateway.settings import load
from gateway.trust.audit import Action
from gateway.vault.keyring import Keyring
from parsers import parse
from tests.admin.conftest import Visitor, build, visitor_of
from tests.make import officer as make_officer
from workers import parts

Make = Callable[..., Visitor]


@pytest.fixture
def in_development(sqlite_database: Engine, open_vault: Keyring, tmp_path: Path) -> Visitor:
    """An officer of Gao at the panel of a machine in development."""
    panel = build(tmp_path, LAKANA_MODE="development")
    with transaction() as session:
        made = make_officer.officer(session, roles=(Role.REGIONAL,), regions=("ML07",))
    return visitor_of(panel).signed_in(made)


def work(tmp_path: Path) -> None:
    """What the worker does: reads what waits and sends what is prepared."""
    now, ours = clock.now(), office(load({"LAKANA_HOME": str(tmp_path), "LAKANA_MODE": "training"}))
    with transaction() as session:
        for message_id in session.scalars(select(Message.id)).all():
            claim = turns.claim(session, message_id, now=now)
            if claim:
                opened = reading.open_message(session, claim, ours)
                parsed = parse(opened.body, received_on=opened.received_on, reporter=opened.context)
                reading.settle(session, opened, parsed, office=ours, now=now)
    with transaction() as session:
        for reply_id in session.scalars(select(Reply.id).where(Reply.state == ReplyState.PENDING)).all():
            taken = sending.claim(session, reply_id, office=ours, now=now)
            assert taken
            sent = SimulatorSender().send(sending.write_out(session, taken, ours))
            sending.sent(session, taken, sent, now=now)


def _message() -> Message:
    with only_reading() as session:
        return session.scalars(select(Message)).one()


def test_in_production_there_is_no_such_page(sqlite_database: Engine, open_vault: Keyring, tmp_path: Path) -> None:
    panel = build(tmp_path, LAKANA_MODE="production")
    assert not [rule.rule for rule in panel.url_map.iter_rules() if "simulator" in rule.rule]
    with transaction() as session:
        made = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
    visitor = visitor_of(panel).signed_in(made)
    assert visitor.get("/simulator").status_code == 404
    assert visitor.post("/simulator/relay", {"text": "ENF"}).status_code == 404


def test_a_stranger_is_sent_to_the_door(sqlite_visitor: Visitor) -> None:
    assert sqlite_visitor.get("/simulator").status_code == 303
    assert sqlite_visitor.post("/simulator/relay", {"text": "ENF"}).status_code in (303, 400)
    with only_reading() as session:
        assert session.scalars(select(Message)).all() == []


@pytest.mark.parametrize("role", Role)
def test_every_role_may_use_it(make_visitor: Make, role: Role) -> None:
    assert make_visitor(roles=(role,)).get("/simulator").status_code == 200


@pytest.mark.parametrize("key", [phone.key for phone in simulation.PHONES])
def test_every_phone_has_a_page_and_words(make_visitor: Make, key: str) -> None:
    page = make_visitor().get(f"/simulator/{key}").text
    assert str(simulation.find(key, for_training=True).number) in page
    assert key in NAMES
    assert key in ABOUT


def test_an_unknown_phone_is_not_found(make_visitor: Make) -> None:
    visitor = make_visitor()
    assert visitor.get("/simulator/nobody").status_code == 404
    with pytest.raises(NotFound):
        simulation.find("nobody", for_training=True)


def test_what_is_sent_is_sealed_stored_and_traced(make_visitor: Make) -> None:
    answer = make_visitor().post("/simulator/relay", {"text": "ENF REC 3G Ansongo hier"})
    assert answer.status_code == 303
    message = _message()
    assert (message.channel, message.body) == ("simulator", None)
    assert b"Ansongo" not in (message.sealed or b"")
    with only_reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.SIMULATED)).one()
    assert (entry.subject_id, entry.detail) == (message.id, {"phone": "relay"})


def test_it_stands_on_the_phone_at_once_and_the_answer_follows(make_visitor: Make, tmp_path: Path) -> None:
    visitor = make_visitor()
    visitor.post("/simulator/relay", {"text": "ENF REC 3G 12-15ans Ansongo 14/11 CMA VU"})
    waiting = visitor.get("/simulator/relay/conversation").text
    assert "ENF REC 3G 12-15ans Ansongo" in waiting
    assert "bubble-in" not in waiting
    work(tmp_path)
    answered = visitor.get("/simulator/relay/conversation").text
    assert _message().reference in answered
    assert answered.count("bubble-in") == 1
    assert "bubble-in" not in visitor.get("/simulator/readback/conversation").text


LONG = "ENF REC 3G 12-15ans Ansongo 14/11 CMA VU // " + "ils sont venus la nuit avec deux voitures. " * 6


def test_a_long_text_may_arrive_in_parts_and_is_read_as_one(make_visitor: Make, tmp_path: Path) -> None:
    visitor = make_visitor()
    assert visitor.post("/simulator/relay", {"text": LONG, "manner": "shuffled"}).status_code == 303
    assert visitor.get("/simulator/relay/conversation").text.count("bubble-out") == 2
    parts.join()
    work(tmp_path)
    page = visitor.get("/simulator/relay/conversation").text
    assert (page.count("bubble-out"), page.count("bubble-in"), page.count("sim-understood")) == (2, 1, 1)
    with only_reading() as session:
        whole = session.scalars(select(Message).where(Message.source == "parts")).one()
    assert whole.body == LONG.strip()


def test_a_part_may_get_lost(make_visitor: Make) -> None:
    visitor = make_visitor()
    visitor.post("/simulator/relay", {"text": LONG, "manner": "gapped"})
    assert parts.join() == 0
    assert (_message().part_number, _message().part_total) == (1, 2)


def test_an_unknown_manner_is_refused(make_visitor: Make) -> None:
    assert make_visitor().post("/simulator/relay", {"text": LONG, "manner": "pigeon"}).status_code == 400


def test_in_training_nothing_reaches_the_desk(make_visitor: Make, tmp_path: Path) -> None:
    visitor = make_visitor(roles=(Role.FOCAL_POINT,))
    visitor.post("/simulator/relay", {"text": "ENF REC 3G Ansongo hier VU"})
    work(tmp_path)
    with only_reading() as session:
        assert session.scalars(select(Alert)).all() == []
    assert _message().outcome is Outcome.TRAINING
    assert "(TEST)" in visitor.get("/simulator/relay/conversation").text


def test_in_development_it_becomes_an_alert_that_its_officers_may_open(in_development: Visitor, tmp_path: Path) -> None:
    in_development.post("/simulator/relay", {"text": "ENF REC 3G Ansongo hier VU"})
    work(tmp_path)
    with only_reading() as session:
        alert = session.scalars(select(Alert)).one()
        elsewhere = make_officer_of(("ML05",))
    ours = office(load({"LAKANA_HOME": str(tmp_path)}))
    phone = simulation.find("relay", for_training=False)
    assert f"/alerts/{alert.id}" in in_development.get("/simulator/relay/conversation").text
    with only_reading() as session:
        bubbles = simulation.conversation(session, phone, officer=elsewhere, office=ours)
    assert [bubble.alerts for bubble in bubbles] == [(), ()]


def make_officer_of(regions: tuple[str, ...]) -> make_officer.Officer:
    with transaction() as session:
        return make_officer.officer(session, roles=(Role.REGIONAL,), regions=regions)


def test_a_phone_that_stopped_gets_no_answer_and_the_page_says_why(make_visitor: Make, tmp_path: Path) -> None:
    visitor = make_visitor(language="en")
    visitor.post("/simulator/stopped", {"text": "ENF REC 3G Bankass hier VU"})
    work(tmp_path)
    page = visitor.get("/simulator/stopped/conversation").text
    assert "bubble-in" not in page
    assert "has said STOP" in page


def test_what_a_phone_chose_for_itself_stays(make_visitor: Make, tmp_path: Path) -> None:
    visitor = make_visitor()
    for text in ("REPRISE", "ENF REC 3G Bankass hier VU"):
        visitor.post("/simulator/stopped", {"text": text})
        work(tmp_path)
    with only_reading() as session:
        assert session.scalars(select(Reporter)).one().stopped_at is None
    assert visitor.get("/simulator/stopped/conversation").text.count("bubble-in") == 2


def test_an_empty_text_is_not_sent(make_visitor: Make) -> None:
    visitor = make_visitor()
    assert visitor.post("/simulator/relay", {"text": "  "}).status_code == 400
    with only_reading() as session:
        assert session.scalars(select(Message)).all() == []


def test_a_text_too_long_for_a_phone_comes_back_whole(make_visitor: Make) -> None:
    answer = make_visitor().post("/simulator/relay", {"text": "x" * 1601})
    assert answer.status_code == 400
    assert "x" * 1601 in answer.text


def test_without_scripts_a_sample_fills_the_box(make_visitor: Make) -> None:
    visitor = make_visitor()
    page = visitor.get("/simulator/relay?sample=0").text
    assert "CHILD REC 3B1G 12-15 years Ansongo yesterday CMA witness</textarea>" in page
    assert visitor.get("/simulator/relay?sample=999").status_code == 200
    assert visitor.get("/simulator/relay?sample=²").status_code == 200


def test_a_script_gets_the_conversation_back(make_visitor: Make) -> None:
    answer = make_visitor().post("/simulator/relay", {"text": "AIDE"}, headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 200
    assert "AIDE" in answer.text
    assert "<html" not in answer.text


def test_a_text_is_shown_and_never_run(make_visitor: Make) -> None:
    visitor = make_visitor()
    visitor.post("/simulator/relay", {"text": "<script>alert(1)</script>"})
    assert "<script>alert" not in visitor.get("/simulator/relay").text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sample_is_read_as_the_kind_it_stands_under(language: str) -> None:
    for sample in view._read_samples():
        parsed = parse(sample[language], received_on=clock.now().date())
        meant = {
            "incomplete": "incident",
            "several": "incident",
            "borrowed": "incident",
            "training": parsed.kind if parsed.test else "not a test",
        }
        assert parsed.kind == meant.get(sample["kind"], sample["kind"]), sample[language]
        assert sample["kind"] in KINDS
        assert len(parsed.more) == (sample["kind"] == "several")
        assert (parsed.sender_code is not None) == (sample["kind"] == "borrowed")


def test_all_numbers_are_invented_and_their_own() -> None:
    numbers = [phone.number for phone in simulation.PHONES]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("+2237000900") for number in numbers)


def test_two_reports_in_one_text_are_shown_one_by_one_and_each_opens(in_development: Visitor, tmp_path: Path) -> None:
    in_development.post("/simulator/relay", {"text": "ENF REC 3G Ansongo hier VU ;; ENF BLE 1F Gao hier VU"})
    work(tmp_path)
    page = in_development.get("/simulator/relay/conversation").text
    with only_reading() as session:
        alerts = session.scalars(select(Alert)).all()
    assert len(alerts) == 2
    assert all(f'href="/alerts/{alert.id}"' in page and alert.reference in page for alert in alerts)


def test_the_relays_code_is_worth_something_on_another_phone(in_development: Visitor, tmp_path: Path) -> None:
    in_development.post("/simulator/stranger", {"text": "@000013 ENF REC 3G Ansongo hier VU"})
    work(tmp_path)
    with only_reading() as session:
        alert = session.scalars(select(Alert)).one()
        assert session.get_one(Reporter, alert.reporter_id).number == simulation.PHONES[0].number
