"""Storing is one step that a repeat cannot double, and what is stored cannot be read at the door."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import clock
from gateway.casework import intake
from gateway.casework.intake import Arrival
from gateway.channels import simulator
from gateway.channels.contract import Inbound
from gateway.dispatch import Job
from gateway.records import db
from gateway.records.codes import SenderKind
from gateway.records.message import Message
from gateway.vault.seal import SealBroken, open_seal
from tests.make import message as make_message
from tests.make import reporter as make_reporter
from workers.run import run_job

TYPED = simulator.inbound("+22370000001", "ENF REC 3G ANSONGO 14/11")


def _receive(session, inbound, keyring):
    return intake.receive(session, inbound, keys=keyring.inbox(), now=clock.now())


def test_a_repeat_is_recognised_by_id_and_words(session, open_vault, bell):
    first = _receive(session, TYPED, open_vault)
    again = _receive(session, TYPED, open_vault)
    assert (first.arrival, again.arrival, again.message_id) == (Arrival.STORED, Arrival.REPEATED, first.message_id)


def test_other_words_under_the_same_id_are_kept_apart_once(session, open_vault, bell):
    _receive(session, TYPED, open_vault)
    other = replace(TYPED, body="something else")
    assert [_receive(session, other, open_vault).arrival for _ in range(2)] == [Arrival.QUARANTINED, Arrival.REPEATED]
    assert session.query(Message).count() == 2


def test_many_at_once_are_told_apart(session, open_vault, bell):
    keys, now = open_vault.inbox(), clock.now()
    inbound = [replace(TYPED, provider_id=f"p{number}") for number in (1, 2, 1, 3)]
    received = intake.store(session, [intake.prepare(each, keys=keys, now=now) for each in inbound])
    assert [each.arrival for each in received] == ["stored", "stored", "repeated", "stored"]
    assert received[0].message_id == received[2].message_id


def test_the_same_id_on_another_channel_or_account_is_another_message(session, open_vault, bell):
    for inbound in (TYPED, replace(TYPED, channel="twilio"), replace(TYPED, account="other")):
        assert _receive(session, inbound, open_vault).arrival is Arrival.STORED


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=400))
def test_every_text_comes_out_of_its_seal_as_it_went_in_and_out_of_no_other(keyring, text):
    row = intake.prepare(replace(TYPED, body=text), keys=keyring.inbox(), now=clock.now())
    assert json.loads(open_seal(keyring, row.sealed, bound_to=row.id))["body"] == text
    with pytest.raises(SealBroken):
        open_seal(keyring, row.sealed, bound_to="another row")


def test_the_digest_tells_contents_apart_and_is_no_plain_hash(keyring):
    def digest(**changes):
        return intake.prepare(replace(TYPED, **changes), keys=keyring.inbox(), now=clock.now()).digest

    assert digest() == digest(provider_id="other", segments=3)
    changed = [
        {"sender": "+22370000002"},
        {"our_number": "1"},
        {"body": "x"},
        {"sender": "+2237000000", "body": "1ENF"},
    ]
    assert len({digest(), *(digest(**each) for each in changed)}) == len(changed) + 1


def test_out_of_order_fields_are_kept_whole(session, open_vault, bell):
    strange = Inbound(
        channel="twilio", account="AC", provider_id="", our_number="", sender="", sender_kind=SenderKind.WITHHELD,
        body="", fields=(("Body", "one"), ("Body", "two")), quarantine="repeated_field",
    )  # fmt: skip
    message = session.get_one(Message, _receive(session, strange, open_vault).message_id)
    kept = json.loads(open_seal(open_vault, message.sealed, bound_to=message.id))
    assert kept["fields"] == [["Body", "one"], ["Body", "two"]]
    assert message.provider_id == f"q-{message.digest.hex()}"


def test_what_a_known_reporter_wrote_is_laid_to_their_name(make_street):
    street = make_street()
    with db.transaction() as session:
        known = make_reporter.reporter(session, number="+22370000055", area="ML0703")
        make_message.message(session, "ENF REC 3G 14/11", sender="+22370000055")
    run_job(Job.READ)
    [message] = street.all(Message)
    assert message.reporter_id == known.id
    assert street.alert_of(message).region == "ML07"
