"""Many messages in one go: what breaks one of them takes nobody else along, and nothing is written twice."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from gateway import clock
from gateway.casework import turns
from gateway.dispatch import Job
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState
from gateway.trust import audit
from gateway.vault.current import current
from tests.make import message as make_message
from workers import jobs
from workers.run import run_job
from workers.shop import shop
from workers.sweep import sweep

NOW = clock.now()


def _sent(senders, times=1):
    with db.transaction() as session:
        return [
            make_message.message(
                session,
                f"ENF REC {sender % 9 + 1}G ANSONGO 14/11 n{time}",
                sender=make_message.number(current(), sender),
                received_at=NOW + timedelta(seconds=time),
            ).id
            for time in range(times)
            for sender in range(senders)
        ]


def _commits():
    """Counts the commits of this process, from here on."""
    seen = []
    event.listen(db.engine(), "commit", seen.append)
    return seen


def _states(street):
    return {message.id: message.state for message in street.all(Message)}


def _is_whole(street, settled):
    with db.reading() as session:
        assert audit.verify(session) is None
    assert len(street.all(Alert)) == len(street.all(Reply)) == settled


def test_a_hundred_messages_take_two_commits(street):
    _sent(jobs.MOST_TOGETHER)
    commits = _commits()
    assert jobs.read(shop())
    assert len(commits) == 2
    assert set(_states(street).values()) == {MessageState.DONE}
    _is_whole(street, jobs.MOST_TOGETHER)


def _spoil_the_seal(message_id):
    with db.transaction() as session:
        session.execute(update(Message).where(Message.id == message_id).values(sealed=b"\x01rubbish"))


def _take_its_place(message_id):
    """An alert of this message is there already: the database refuses the one that reading it would write."""
    with db.transaction() as session:
        there = Alert(message_id=message_id, reference="THERE", kind=AlertKind.UNKNOWN, received_at=NOW)
        session.add(there)


POISON = [(_spoil_the_seal, 2, "seal_broken"), (_take_its_place, 2, None)]


@pytest.mark.parametrize(("spoil", "most_commits", "reason"), POISON)
def test_a_poisoned_message_in_the_middle_fails_alone(street, spoil, most_commits, reason):
    ids = _sent(9)
    spoil(ids[4])
    commits = _commits()
    run_job(Job.READ)
    states = _states(street)
    assert states.pop(ids[4]) is MessageState.RECEIVED
    assert set(states.values()) == {MessageState.DONE}
    # Claim, all the others together, the note of the failure, and the claim that finds nothing more.
    assert len(commits) == 4
    with db.reading() as session:
        poisoned = session.get_one(Message, ids[4])
        assert audit.verify(session) is None
    assert (poisoned.attempt, poisoned.reason or reason) == (1, reason or poisoned.reason)
    assert poisoned.next_try_at > clock.now()
    assert len(street.all(Reply)) == 8
    assert [entry.action for entry in street.all(AuditEntry)] == [audit.Action.MESSAGE_READ] * 8


def test_when_the_transaction_fails_as_a_whole_each_has_one_of_its_own(street):
    _sent(5)
    seen = []

    def fall_once(_connection):
        seen.append(None)
        if len(seen) == 2:
            raise ConnectionResetError

    event.listen(db.engine(), "commit", fall_once)
    run_job(Job.READ)
    event.remove(db.engine(), "commit", fall_once)
    assert {(message.state, message.attempt) for message in street.all(Message)} == {(MessageState.DONE, 1)}
    _is_whole(street, 5)


def test_two_workers_on_the_same_rows_settle_each_once_and_in_each_senders_order(street, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_TOGETHER", 7)
    ids = _sent(12, times=4)
    while MessageState.RECEIVED in _states(street).values():
        workers = [threading.Thread(target=run_job, args=(Job.READ,)) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
    _is_whole(street, len(ids))
    order = [entry.subject_id for entry in sorted(street.all(AuditEntry), key=lambda entry: entry.number)]
    for sender in range(12):
        assert [each for each in order if each in ids[sender::12]] == ids[sender::12]


def test_what_a_dead_worker_had_in_hand_is_read_again_apart_and_once(street):
    ids = _sent(3)
    street.rung()
    with db.transaction() as session:
        turns.claim_next(session, turns.Turn(), most=10, now=clock.now() - timedelta(minutes=5))
    assert sweep().rung == 1
    assert street.rung() == [Job.READ_AGAIN]
    run_job(Job.READ_AGAIN)
    assert {(message.state, message.attempt) for message in street.all(Message)} == {(MessageState.DONE, 2)}
    _is_whole(street, len(ids))


def test_a_report_sent_into_a_flood_is_read_with_the_next_batch(street):
    _sent(1, times=300)
    assert jobs.read(shop())
    other = street.arrived("ENF REC 3G ANSONGO 14/11", "+22370008888")
    assert jobs.read(shop())
    states = _states(street)
    assert states[other] is MessageState.DONE
    assert sum(state is MessageState.DONE for state in states.values()) == 3


def test_a_lost_ring_is_made_good_by_the_sweep(street):
    _sent(2)
    street.rung()
    assert (sweep().rung, street.rung()) == (1, [Job.READ])
    assert sweep().rung == 1
    street.work()
    assert set(_states(street).values()) == {MessageState.DONE}
    with db.reading() as session:
        assert session.scalar(select(Reply.attempt).limit(1)) == 1
