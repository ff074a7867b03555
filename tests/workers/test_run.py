"""The job runner and the sweep: nothing waits for ever, nothing is done twice, nothing takes others down."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway import clock
from gateway.dispatch import Job
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState, ReplyState
from gateway.vault import current
from workers.run import run_job
from workers.sweep import sweep

BODY = "ENF REC 3G ANSONGO 14/11"


def _arrived(street):
    return street.arrived(BODY)


def _put(record, **values):
    with db.transaction() as session:
        session.execute(update(record).values(values))


def test_a_bell_that_rings_twice_finds_nothing_to_do(street):
    _arrived(street)
    for _ in range(3):
        run_job(Job.READ)
    assert len(street.all(Alert)) == len(street.all(Reply)) == 1


def test_a_failure_is_noted_and_leaves_the_next_message_alone(street, open_vault, caplog):
    _arrived(street)
    _put(Message, sealed=b"\x01rubbish")
    run_job(Job.READ)
    [message] = street.all(Message)
    assert (message.state, message.attempt, message.reason) == (MessageState.RECEIVED, 1, "seal_broken")
    assert message.next_try_at > clock.now()
    assert street.text(BODY, "+22370000002").state is MessageState.DONE
    assert "ANSONGO" not in caplog.text


def test_a_message_that_never_can_be_read_ends_on_the_desk(street):
    _arrived(street)
    _put(Message, sealed=b"\x01rubbish")
    for _ in range(5):
        run_job(Job.READ)
        run_job(Job.READ_AGAIN)
        _put(Message, next_try_at=None)
    [message], [alert] = street.all(Message), street.all(Alert)
    assert (message.state, alert.kind, alert.needs_check) == (MessageState.DEAD, AlertKind.UNPROCESSED, True)
    assert sweep().rung == 0


def test_while_the_keys_are_locked_messages_wait(street, open_vault):
    _arrived(street)
    current.lock()
    run_job(Job.READ)
    current.unlock(open_vault)
    [message] = street.all(Message)
    assert (message.state, message.reason) == (MessageState.RECEIVED, "vault_locked")


def test_a_lost_ring_is_found(street):
    _arrived(street)
    assert sweep().rung == 1
    assert street.rung() == [Job.READ]
    run_job(Job.READ)
    assert street.rung() == [Job.SEND]
    assert sweep().rung == 1
    assert street.rung() == [Job.SEND]


PAST, FUTURE = timedelta(minutes=-1), timedelta(minutes=1)
WAITING = [
    ({"state": MessageState.PROCESSING, "attempt": 1}, {"lease_until": PAST}, 1),
    ({"state": MessageState.PROCESSING, "attempt": 1}, {"lease_until": FUTURE}, 0),
    ({"state": MessageState.RECEIVED, "attempt": 1}, {"next_try_at": PAST}, 1),
    ({"state": MessageState.RECEIVED, "attempt": 1}, {"next_try_at": FUTURE}, 0),
    ({"state": MessageState.QUARANTINED}, {}, 0),
    ({"state": MessageState.DONE}, {}, 0),
]


@pytest.mark.parametrize(("values", "times", "rung"), WAITING)
def test_only_what_is_due_is_rung_for(street, values, times, rung):
    _arrived(street)
    _put(Message, **values, **{name: clock.now() + away for name, away in times.items()})
    assert sweep().rung == rung


def test_a_message_whose_workers_all_died_is_given_up_visibly(street):
    _arrived(street)
    _put(Message, state=MessageState.PROCESSING, attempt=5, lease_until=clock.now() + PAST)
    assert sweep().given_up == 1
    [message], [alert] = street.all(Message), street.all(Alert)
    assert (message.state, message.reason, alert.kind) == (MessageState.DEAD, "worker_died", AlertKind.UNPROCESSED)


def test_a_reply_whose_worker_died_while_sending_is_unknown_and_stays_so(street):
    street.text(BODY)
    _put(Reply, state=ReplyState.SENDING, lease_until=clock.now() + PAST)
    assert sweep().unknown == 1
    [reply] = street.all(Reply)
    assert (reply.state, reply.reason) == (ReplyState.UNKNOWN, "worker_died")
    assert sweep().rung == 0


def test_whoever_works_alone_takes_back_every_lease_at_once(street):
    _arrived(street)
    _put(Message, state=MessageState.PROCESSING, attempt=1, lease_until=clock.now() + timedelta(seconds=80))
    assert sweep().rung == 0
    sweep(is_alone=True)
    assert sweep().rung == 1
