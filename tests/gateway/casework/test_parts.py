"""REL-7: parts out of order, doubled, missing or mixed become what was written, as far as it came."""

import itertools
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from gateway import clock
from gateway.casework import intake, parts
from gateway.casework.later_messages import text_of
from gateway.channels import simulator
from gateway.channels.contract import Part
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.answer import Answer
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.current import current
from workers import parts as joiner
from workers import schedule
from workers.run import run_job

ONE, TWO, THREE = "ENF REC 3G AN", "SONGO 14/11 // ils ont pris", " les garcons la nuit"
WHOLE = ONE + TWO + THREE
MINUTE = timedelta(minutes=1)
SENDER = "+22370000001"


def _arrives(body, number, *, total=3, reference="7", sender=SENDER, ago=timedelta(), sent_at=None):
    """One part reaches the inbox."""
    part = Part(reference=reference, number=number, total=total)
    inbound = replace(simulator.inbound(sender, body), part=part, sent_at=sent_at)
    with db.transaction() as session:
        return intake.receive(session, inbound, keys=current().inbox(), now=clock.now() - ago).message_id


def _join(street):
    joiner.join()
    street.work()


def _wholes():
    with db.reading() as session:
        found = session.scalars(select(Message).where(Message.source == "parts").order_by(Message.received_at)).all()
    return [(text_of(whole), whole) for whole in found]


def _later(minutes):
    """Time goes by for everything that is there."""
    with db.transaction() as session:
        for message in session.scalars(select(Message)):
            message.received_at -= minutes * MINUTE


def _problems(alert):
    return {problem["code"] for problem in alert.parsed["problems"]}


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_in_whatever_order_they_come_it_is_one_report_with_one_reply(street, order):
    for number in order:
        _arrives((ONE, TWO, THREE)[number - 1], number)
        joiner.join()
    assert street.work() == 2
    [(text, whole)] = _wholes()
    assert text == WHOLE
    assert (whole.state, whole.parts_missing, whole.segments) == (MessageState.DONE, None, 3)
    [alert] = street.all(Alert)
    assert (alert.message_id, alert.children, alert.place, _problems(alert)) == (whole.id, 3, "ML0701", set())
    assert len(street.carrier.sent) == 1
    theirs = [message for message in street.all(Message) if message.part_number]
    assert {(part.state, part.part_of_id, part.outcome) for part in theirs} == {(MessageState.DONE, whole.id, None)}


def test_until_all_are_there_they_wait_and_nobody_is_answered(street):
    _arrives(ONE, 1)
    _arrives(THREE, 3)
    _later(10)
    _join(street)
    assert [message.state for message in street.all(Message)] == [MessageState.WAITING_PARTS] * 2
    assert (street.all(Alert), street.carrier.sent) == ([], [])


def test_a_part_that_comes_twice_is_used_once(street):
    for body, number in ((ONE, 1), (TWO, 2), (TWO, 2), (ONE, 1), (THREE, 3), (THREE, 3)):
        _arrives(body, number)
    _join(street)
    assert [text for text, _ in _wholes()] == [WHOLE]
    states = [message.state for message in street.all(Message)]
    assert (states.count(MessageState.DUPLICATE), states.count(MessageState.DONE)) == (3, 4)


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_what_never_comes_leaves_a_visible_gap(street, missing):
    bodies = {1: ONE, 2: TWO, 3: THREE}
    for number in {1, 2, 3} - {missing}:
        _arrives(bodies[number], number)
    _later(15)
    _join(street)
    [(text, whole)] = _wholes()
    assert text == "".join(parts.GAP if number == missing else bodies[number] for number in (1, 2, 3))
    assert whole.parts_missing == [str(missing)]
    [alert] = street.all(Alert)
    assert alert.needs_check
    assert "part_missing" in _problems(alert)


def test_a_part_that_comes_late_is_laid_beside_the_report_and_answered_by_silence(street):
    _arrives(ONE, 1)
    _arrives(THREE, 3)
    _later(15)
    _join(street)
    late = _arrives(TWO, 2)
    _join(street)
    assert street.all(Answer) == []
    _later(2)
    _join(street)
    [answer], [alert] = street.all(Answer), street.all(Alert)
    assert (answer.message_id, answer.alert_id, answer.same_sender) == (late, alert.id, True)
    assert alert.has_answer_waiting
    assert len(street.carrier.sent) == 1
    [(_, whole)] = _wholes()
    with db.reading() as session:
        message = session.get(Message, late)
    assert (message.continues_id, text_of(message), message.state) == (whole.id, TWO, MessageState.DONE)


def test_a_late_part_waits_until_its_report_was_read(street):
    _arrives(ONE, 1)
    _later(15)
    joiner.join()
    _arrives(TWO, 2)
    _later(2)
    assert joiner.join() == 0
    street.work()
    assert joiner.join() == 1


KINDS = [("PLAINTE un agent m'a", "demande de l'argent"), ("TEST ENF REC 3G", " ANSONGO 14/11")]


@pytest.mark.parametrize(("begins", "goes_on"), KINDS)
def test_a_late_part_goes_where_its_message_went(street, begins, goes_on):
    _arrives(begins, 1, total=2)
    _later(15)
    _join(street)
    _arrives(goes_on, 2, total=2)
    _later(2)
    _join(street)
    first, second = sorted((m for m in street.all(Message) if m.outcome), key=lambda m: m.received_at)
    assert first.outcome is second.outcome
    assert (street.all(Alert), len(street.carrier.sent)) == ([], 1)


def test_the_same_number_a_day_later_is_another_message(street):
    for body, number in ((ONE, 1), (TWO, 2), (THREE, 3)):
        _arrives(body, number)
    _join(street)
    _later(24 * 60 * 8)
    for body, number in ((ONE, 1), (TWO, 2), (THREE, 3)):
        _arrives(body, number)
    _join(street)
    assert [text for text, _ in _wholes()] == [WHOLE] * 2
    assert len(street.all(Alert)) == 2


def test_a_number_used_again_while_a_part_is_missing_begins_another_message(street):
    _arrives(ONE, 1)
    _arrives(THREE, 3)
    _later(15)
    _join(street)
    for number, body in ((2, "SONGO"), (1, "ENF TUE 1F AN"), (3, " 13/11")):
        _arrives(body, number)
    _join(street)
    assert [text for text, _ in _wholes()][1] == "ENF TUE 1F ANSONGO 13/11"
    assert street.all(Answer) == []


def test_two_messages_under_one_number_are_told_apart_or_marked(street):
    """The phone has used its number again within the window: whose the third part is, nobody can know."""
    for body, number in ((ONE, 1), ("ENF TUE 1F ", 1), ("GAO ", 2), (TWO, 2), (THREE, 3), ("13/11", 3)):
        _arrives(body, number)
    _join(street)
    texts = [text for text, _ in _wholes()]
    assert len(texts) == 2
    assert sorted("".join(texts)) == sorted(WHOLE + "ENF TUE 1F GAO 13/11")
    assert all("parts_mixed" in _problems(alert) for alert in street.all(Alert))


def test_parts_further_apart_than_the_window_are_not_put_together_as_if_nothing_were(street):
    """The worker was away for an hour: what waited meanwhile is sorted by when it came."""
    _arrives(ONE, 1, total=2, ago=60 * MINUTE)
    late = _arrives(TWO, 2, total=2, ago=20 * MINUTE)
    _join(street)
    _join(street)
    [(text, whole)] = _wholes()
    assert (text, whole.parts_missing) == (ONE + parts.GAP, ["2"])
    [answer] = street.all(Answer)
    assert answer.message_id == late


def test_phones_and_numbers_are_not_mixed(street):
    for sender, reference in ((SENDER, "7"), (SENDER, "8"), ("+22370000002", "7")):
        _arrives(f"ENF REC {len(sender)}G ", 1, total=2, reference=reference, sender=sender)
    for sender, reference, place in ((SENDER, "7", "GAO"), (SENDER, "8", "KIDAL"), ("+22370000002", "7", "MENAKA")):
        _arrives(f"{place} 14/11", 2, total=2, reference=reference, sender=sender)
    _join(street)
    assert sorted(text.split()[3] for text, _ in _wholes()) == ["GAO", "KIDAL", "MENAKA"]
    assert not any("parts_mixed" in _problems(alert) for alert in street.all(Alert))


IMPOSSIBLE = [(1, 0), (0, 3), (4, 3), (-1, 2), (1, 256), (0, 0)]


@pytest.mark.parametrize(("number", "total"), IMPOSSIBLE)
def test_under_an_impossible_header_each_is_a_message_of_its_own(street, number, total):
    for body in ("ENF REC 3G ANSONGO 14/11", "ENF TUE 1F GAO 13/11"):
        _arrives(body, number, total=total)
    street.work()
    assert [(message.state, message.part_key) for message in street.all(Message)] == [(MessageState.DONE, None)] * 2
    assert all("part_header" in _problems(alert) for alert in street.all(Alert))


def test_a_part_of_one_is_a_whole_message(street):
    _arrives(WHOLE, 1, total=1)
    street.work()
    [alert] = street.all(Alert)
    assert _problems(alert) == set()


def test_the_time_on_the_phone_is_kept_apart_and_says_when_it_was_written(street):
    with time_machine.travel(clock.now(), tick=False):
        written = clock.now() - timedelta(hours=9)
        _arrives(ONE + TWO, 1, total=2, sent_at=written)
        _arrives(THREE, 2, total=2, sent_at=written + timedelta(seconds=2))
        _join(street)
        [(_, whole)] = _wholes()
        assert (whole.sent_at, whole.received_at) == (written, clock.now())


def test_many_joiners_at_once_write_one_message(street):
    for body, number in ((ONE, 1), (TWO, 2), (THREE, 3)):
        _arrives(body, number)
    gate = threading.Barrier(5)

    def one():
        gate.wait()
        joiner.join()

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    street.work()
    assert (len(_wholes()), len(street.all(Alert)), len(street.carrier.sent)) == (1, 1, 1)


def test_a_part_that_cannot_be_opened_holds_up_no_other_and_is_seen(street):
    broken = _arrives(ONE, 1, total=2, reference="9")
    _arrives(TWO, 2, total=2, reference="9")
    with db.transaction() as session:
        session.execute(update(Message).where(Message.id == broken).values(sealed=b"\x01rubbish"))
    for body, number in ((ONE, 1), (TWO, 2), (THREE, 3)):
        _arrives(body, number)
    _join(street)
    assert [text for text, _ in _wholes()] == [WHOLE]
    with db.reading() as session:
        message = session.get(Message, broken)
    assert (message.state, message.reason) == (MessageState.RECEIVED, "seal_broken")


def test_the_same_long_report_again_is_a_repeat(street):
    for reference in ("1", "2"):
        for body, number in ((ONE, 1), (TWO, 2), (THREE, 3)):
            _arrives(body, number, reference=reference)
        _join(street)
    assert [whole.state for _, whole in _wholes()] == [MessageState.DONE, MessageState.DUPLICATE]
    assert len(street.all(Alert)) == 1


def test_a_bell_for_a_waiting_part_finds_nothing_to_do(street):
    _arrives(ONE, 1)
    run_job("read")
    [message] = street.all(Message)
    assert (message.state, message.attempt) == (MessageState.WAITING_PARTS, 0)


def test_it_is_done_in_both_modes():
    assert schedule.EVERY["parts"] == schedule.EMBEDDED["parts"] == (2.0, joiner.join)
