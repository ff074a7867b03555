"""Many rows in one statement: the same values, the same refusals as one by one, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gateway.records import bulk, db
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, ReplyMode
from gateway.records.message import Message
from gateway.records.reporter import Reporter
from gateway.records.states import MessageState
from tests.make import message as make_message

NOW = datetime(2026, 11, 20, 8, 30, 15, 250, tzinfo=UTC)
REPORTERS, MESSAGES = Reporter.metadata.tables["reporters"], Message.metadata.tables["messages"]


def _reporters(count):
    made = []
    for number in range(count):
        values = {"pseudonym": f"Relais-{number}", "number_index": bytes([number]) * 32, "first_seen_at": NOW}
        made.append(Reporter(**values))
        made[-1].number = f"+2237000{number:04} \\N \t\n"
    return made


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_new_comes_back_as_it_was(database, open_vault, count):
    made = _reporters(count)
    with db.transaction() as session:
        session.add_all(made)
        for number, reporter in enumerate(made):
            values = {"reporter_id": reporter.id, "received_at": NOW, "types": ["a", "b"]}
            session.add(Alert(reference=f"R{number}", kind=AlertKind.INCIDENT, **values))
        bulk.insert_new(session)
    with db.reading() as session:
        found = session.scalars(select(Reporter).order_by(Reporter.pseudonym)).all()
        alerts = session.scalars(select(Alert).order_by(Alert.reference)).all()
    assert [each.number for each in found] == [f"+2237000{number:04} \\N \t\n" for number in range(count)]
    assert {(each.mode, each.is_registered, each.first_seen_at) for each in found} == {(ReplyMode.NEUTRAL, False, NOW)}
    assert [(each.reporter_id, each.types, each.missing, each.version) for each in alerts] == [
        (each.id, ["a", "b"], [], 1) for each in made
    ]


def test_a_row_that_may_not_be_is_refused_and_so_are_those_beside_it(database, open_vault):
    made = _reporters(3)
    made[2].pseudonym = made[0].pseudonym

    def write():
        with db.transaction() as session:
            session.add_all(made)
            bulk.insert_new(session)

    with pytest.raises(Exception, match=r"unique|UNIQUE"):
        write()
    with db.reading() as session:
        assert session.scalars(select(Reporter)).all() == []


def test_only_rows_that_are_still_as_they_were_are_changed(database, open_vault):
    with db.transaction() as session:
        ids = [make_message.message(session, sender=f"+2237000000{number}").id for number in range(3)]
    rows = [
        {"id": row_id, "lease_until": NOW + timedelta(hours=number), "reason": None, "attempt": 7, "was_attempt": was}
        for number, (row_id, was) in enumerate(zip(ids, [0, 1, 0], strict=True))
    ]
    with db.transaction() as session:
        assert bulk.update_rows(session, MESSAGES, rows) == 2
    with db.reading() as session:
        found = {each.id: each for each in session.scalars(select(Message))}
    assert [found[row_id].attempt for row_id in ids] == [7, 0, 7]
    assert found[ids[2]].lease_until == NOW + timedelta(hours=2)
    assert found[ids[0]].state is MessageState.RECEIVED


def test_a_single_row_is_refused_in_the_words_of_the_house(database, open_vault):
    def write():
        with db.transaction() as session:
            session.add_all(_reporters(1))
            bulk.insert_new(session)

    write()
    with pytest.raises(IntegrityError):
        write()
