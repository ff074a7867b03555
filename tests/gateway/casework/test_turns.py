"""Who is read next: calls for help, then one of each sender in turn; nobody waits for a flooder."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from gateway import clock
from gateway.casework import turns
from gateway.casework.turns import Turn
from gateway.records import db
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.blind import lane
from gateway.vault.current import current
from tests.make import message as make_message

USUAL, HELP = "ENF REC 3G ANSONGO 14/11", "ALERTE ATTAQUE ANSONGO"
NOW = clock.now()


def _sent(senders, body=USUAL, *, times=1, first=0):
    """So many messages of each sender, the oldest first; their ids by sender."""
    with db.transaction() as session:
        return {
            sender: [
                make_message.message(
                    session,
                    f"{body} {time}",
                    sender=make_message.number(current(), sender),
                    received_at=NOW - timedelta(hours=1) + timedelta(seconds=first + time),
                ).id
                for time in range(times)
            ]
            for sender in senders
        }


def _next(most, turn=Turn(), now=NOW):  # noqa: B008  frozen
    with db.transaction() as session:
        claims, reached = turns.claim_next(session, turn, most=most, now=now)
    return [claim.message_id for claim in claims], reached


def _settle(ids):
    with db.transaction() as session:
        session.execute(update(Message).where(Message.id.in_(ids)).values(state=MessageState.DONE))


def _by_lane(sent):
    """What one round is expected to bring: the first of each sender, in the order of their lanes."""
    with db.reading() as session:
        lanes = dict(session.execute(select(Message.id, Message.lane)).all())
    return sorted((ids[0] for ids in sent.values()), key=lambda each: lanes[each])


def test_a_flooder_and_everybody_else_have_one_place_each(database, open_vault):
    flood = _sent([1], times=300)[1]
    other = _sent([2], first=1000)[2]
    claimed, turn = _next(100)
    assert set(claimed) == {flood[0], other[0]}
    _settle(claimed)
    assert _next(100, turn)[0] == [flood[1]]


def test_what_one_sender_wrote_is_read_in_its_order_and_one_after_the_other(database, open_vault):
    sent, turn, seen = _sent([1, 2], times=4), Turn(), []
    while claimed := _next(100, turn)[0]:
        assert _next(100, turn)[0] == []  # the next of a sender waits until the one before is settled
        seen += claimed
        _settle(claimed)
    for ids in sent.values():
        assert [each for each in seen if each in ids] == ids


def test_each_batch_begins_where_the_last_one_ended(database, open_vault):
    order = _by_lane(_sent(range(10)))
    first, turn = _next(4)
    second, turn = _next(4, turn)
    third, turn = _next(4, turn)
    assert [set(first), set(second), set(third)] == [set(order[:4]), set(order[4:8]), set(order[8:])]
    assert _next(4, turn)[0] == []


def test_more_senders_than_places_all_have_their_turn_before_anybody_has_two(database, open_vault):
    sent, turn, read = _sent(range(9), times=3), Turn(), []
    owner = {row_id: sender for sender, ids in sent.items() for row_id in ids}
    for _ in range(5):
        claimed, turn = _next(2, turn)
        _settle(claimed)
        read += [owner[each] for each in claimed]
    assert Counter(read).most_common(1)[0][1] <= 2
    assert len(set(read)) == 9


def test_who_calls_for_help_is_read_first_and_leaves_room_for_others(database, open_vault):
    usual, urgent = _sent(range(20)), _sent(range(20, 30), HELP, first=1000)
    claimed, _ = _next(8)
    helped = {ids[0] for ids in urgent.values()}
    assert len(helped & set(claimed)) == 6
    assert len({ids[0] for ids in usual.values()} & set(claimed)) == 2


@pytest.mark.parametrize("body", [HELP, "alerte! mouvement", "SOS", "ENF REC 3G Ansongo URG", "Help us, URGENT"])
def test_words_that_call_for_help_are_noticed_at_the_door(sqlite_database, open_vault, body):
    _sent([1], body)
    with db.reading() as session:
        assert session.scalar(select(Message.urgency)) == 1


def test_two_workers_never_take_the_same_message(database, open_vault):
    _sent(range(6))
    first, _ = _next(4)
    second, _ = _next(4)
    assert len({*first, *second}) == 6


def test_a_dead_workers_lane_is_free_after_its_lease(database, open_vault):
    [ids] = _sent([1], times=2).values()
    assert _next(4)[0] == ids[:1]
    later = NOW + turns.LEASE + timedelta(seconds=1)
    assert _next(4, now=later)[0] == ids[1:]
    with db.transaction() as session:
        again = turns.claim_again(session, now=later)
    assert (again.message_id, again.attempt) == (ids[0], 2)


def test_a_further_attempt_is_no_first_one_and_holds_up_nobody(database, open_vault):
    [ids] = _sent([1], times=2).values()
    with db.transaction() as session:
        session.execute(update(Message).where(Message.id == ids[0]).values(attempt=1, next_try_at=NOW))
    with db.transaction() as session:
        assert turns.claim_again(session, now=NOW).message_id == ids[0]
        assert turns.claim_again(session, now=NOW) is None
    assert _next(4)[0] == ids[1:]


def test_a_lane_says_little_of_its_sender(keyring):
    keys = keyring.inbox()
    lanes = [lane(keys, f"+223700{number:05}") for number in range(20_000)]
    assert lanes[7] == lane(keys, "+22370000007")
    assert max(lanes) < 1 << 16
    assert max(Counter(lanes).values()) > 1


def test_picking_asks_the_same_with_few_and_with_many_done(database, open_vault):
    """What waits is found by an index that holds nothing else."""
    _sent(range(3))
    statements = []
    with db.transaction() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *given: statements.append(given[2]))
        turns.claim_next(session, Turn(), most=3, now=NOW)
    plan = "EXPLAIN QUERY PLAN " if db.engine().dialect.name == "sqlite" else "EXPLAIN "
    heads = next(each for each in statements if "RECURSIVE" in each)
    with db.reading() as session:
        connection = session.connection()
        if plan == "EXPLAIN ":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        values = {"urgency": 0, "after": -1, "most": 3}
        given = (
            values
            if "%(" in heads
            else tuple(values[name] for name in ("urgency", "after", "urgency", "most", "urgency"))
        )
        told = "\n".join(str(row) for row in connection.exec_driver_sql(plan + heads, given))
    assert told.count("ix_messages_turn") >= 2
    assert "SCAN messages" not in told
    assert "Seq Scan on messages" not in told
