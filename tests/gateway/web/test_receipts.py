"""Delivery receipts move a reply forward, never back, never another one."""

import pytest
from sqlalchemy import update

from gateway.records import db
from gateway.records.reply import Reply
from gateway.records.states import ReplyState
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.street import rows

SID = "SM" + "a1" * 16


@pytest.fixture
def reply(street):
    """A reply that the provider has taken."""
    message = street.text("ENF REC 3G ANSONGO 14/11")
    reply = street.reply_to(message)
    _put(reply, state=ReplyState.SENT, provider_id=SID)
    return reply


def _put(reply, **values):
    with db.transaction() as session:
        session.execute(update(Reply).where(Reply.id == reply.id).values(values))


def _receipt(street, status, *, sid=SID, reply_id=None, **options):
    path = "/twilio/status" + (f"?reply={reply_id}" if reply_id else "")
    sent = {"MessageSid": sid, "MessageStatus": status, "AccountSid": twilio.ACCOUNT}
    answer = twilio.post(street.client, sent, path=path, **options)
    [now] = street.all(Reply)
    return answer.status_code, now.state.value


STEPS = [
    ("sent", "queued", "sent"),
    ("sent", "delivered", "delivered"),
    ("sent", "undelivered", "failed"),
    ("sent", "no-such-word", "sent"),
    ("delivered", "sent", "delivered"),
    ("delivered", "failed", "delivered"),
    ("failed", "delivered", "failed"),
    ("unknown", "delivered", "delivered"),
]


@pytest.mark.parametrize(("before", "status", "after"), STEPS)
def test_a_receipt_moves_a_reply_forward_only(street, reply, before, status, after):
    _put(reply, state=ReplyState(before))
    assert _receipt(street, status, reply_id=reply.id) == (204, after)
    assert _receipt(street, status, reply_id=reply.id) == (204, after)


def test_an_unknown_id_is_ignored_and_counted(street, reply):
    assert _receipt(street, "delivered", sid="SM" + "b2" * 16) == (204, "sent")
    assert 'webhook_receipts_total{result="unknown"} 1.0' in street.client.get("/metrics").text


def test_the_id_of_one_reply_with_the_name_of_another_changes_neither(street, reply):
    assert _receipt(street, "delivered", reply_id="aaaaaaaaaaaaaaaa") == (204, "sent")
    assert _receipt(street, "delivered", sid="SM" + "b2" * 16, reply_id=reply.id) == (204, "sent")
    assert 'webhook_receipts_total{result="mismatched"} 2.0' in street.client.get("/metrics").text


def test_a_reply_of_unknown_outcome_is_recognised_by_its_own_id(street, reply):
    _put(reply, state=ReplyState.UNKNOWN, provider_id=None)
    assert _receipt(street, "delivered", reply_id=reply.id) == (204, "delivered")


def test_an_unsigned_receipt_is_refused(street, reply):
    before = rows()
    assert _receipt(street, "delivered", signed_with=None) == (403, "sent")
    assert _receipt(street, "delivered", reply_id=reply.id, url=twilio.PUBLIC_URL + "/twilio/status") == (403, "sent")
    assert rows() == before
