"""One text, from the street to the desk and back, in each shape the service can have."""

from sqlalchemy import select

from gateway import dispatch
from gateway.casework import inbox
from gateway.channels.registry import senders
from gateway.dispatch import RQBell
from gateway.records import db
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState, ReplyState
from tests.stand_ins import twilio_api
from tests.stand_ins import twilio_webhooks as twilio
from workers import redis_queue
from workers.shop import Shop, use

BODY = "ENF REC 3G ANSONGO 14/11"


def _receipt(street, reply, status):
    sent = {"MessageSid": reply.provider_id, "MessageStatus": status, "AccountSid": twilio.ACCOUNT}
    return twilio.post(street.client, sent, path=f"/twilio/status?reply={reply.id}").status_code


def test_a_text_is_stored_read_answered_and_its_delivery_noted(street, make_settings, redis_url):
    with twilio_api.running() as api:
        use(Shop(street.office, senders(make_settings(TWILIO_API_BASE=api.url))))
        dispatch.use(RQBell(redis_url))
        assert street.post(BODY).status_code == 200
        redis_queue.worker(redis_url).work(burst=True, with_scheduler=False, logging_level="ERROR")
        [message], [reply] = street.all(Message), street.all(Reply)
        assert (message.state, reply.state) == (MessageState.DONE, ReplyState.SENT)
        [taken] = api.taken
        assert (taken["To"], taken["From"]) == (twilio.SENDER, twilio.OUR_NUMBER)
        assert taken["Body"] == f"{message.reference} recu. Merci."
        assert _receipt(street, reply, "delivered") == 204
        assert street.all(Reply)[0].state is ReplyState.DELIVERED
    with db.reading() as session:
        said = inbox.reply_to(session, message.provider_id, street.office)
    assert (said.text, said.reference) == (taken["Body"], message.reference)


def test_the_conversation_about_one_report(street):
    first = street.text("ENF REC 3G 14/11")
    reference = first.reference
    assert street.answered(first) == f"{reference} recu. Il manque 4. Repondez: {reference} 4 ..."
    assert street.answered(street.text(f"{reference} 4 ANSONGO")) == f"{reference} recu. Merci."
    assert street.answered(street.text(f"MOD {reference} 2 5G")) == f"{reference} recu. Merci."
    assert street.answered(street.text(f"ANNUL {reference}")) == f"{reference} recu. Merci."
    alert = street.alert_of(first)
    assert (alert.has_answer_waiting, alert.place, alert.children, alert.status) == (True, None, 3, "new")
    with db.reading() as session:
        outcomes = session.scalars(select(Message.outcome).order_by(Message.received_at)).all()
    assert outcomes == ["alert", "answer", "answer", "answer"]
