"""The door: what is signed and in order is stored once; what is not leaves no row, or stands apart in quarantine."""

import pytest

from gateway.records import db
from gateway.records.message import Message
from gateway.records.states import MessageState
from gateway.vault.seal import open_seal
from tests.stand_ins import twilio_webhooks as twilio
from tests.stand_ins.street import rows

FORM = "application/x-www-form-urlencoded"


def _only_messages(count):
    return {table: count if table == "messages" else 0 for table in rows()}


def test_a_signed_message_is_stored_sealed_before_the_empty_answer(street, open_vault):
    answer = street.post("ENF REC 3G ANSONGO 14/11")
    assert (answer.status_code, answer.content_type) == (200, "text/xml")
    assert answer.data == b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
    [message] = street.all(Message)
    assert (message.state, message.attempt, message.body_sealed) == (MessageState.RECEIVED, 0, None)
    assert b"ANSONGO" not in message.sealed
    assert b"ANSONGO" in open_seal(open_vault, message.sealed, bound_to=message.id)
    assert street.rung() == ["read"]


UNSIGNED = {
    "B26 no signature": {},
    "B27 empty": {"X-Twilio-Signature": ""},
    "B27 wrong": {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
    "B27 not ASCII": {"X-Twilio-Signature": "caf\u00e9"},
    "B27 ten kilobytes": {"X-Twilio-Signature": "A" * 10_000},
}


@pytest.mark.parametrize("headers", UNSIGNED.values(), ids=UNSIGNED.keys())
def test_without_a_good_signature_nothing_is_kept(street, headers):
    answer = twilio.post(street.client, twilio.fields(), signed_with=None, headers=headers)
    assert (answer.status_code, answer.data) == (403, b"")
    assert rows() == _only_messages(0)


SIGNED_FOR = {
    "another scheme": "http://intake.example/twilio/sms",
    "another host": "https://intake.example.org/twilio/sms",
    "a port": "https://intake.example:443/twilio/sms",
    "another path": "https://intake.example/twilio/voice",
    "a query": "https://intake.example/twilio/sms?x=1",
}


@pytest.mark.parametrize("url", SIGNED_FOR.values(), ids=SIGNED_FOR.keys())
def test_a_signature_for_another_address_is_refused(street, url):
    assert twilio.post(street.client, twilio.fields(), url=url).status_code == 403
    assert rows() == _only_messages(0)


def test_a_query_nobody_signed_is_refused_and_a_signed_one_is_not(street):
    path = "/twilio/sms?x=1"
    assert twilio.post(street.client, twilio.fields(), path=path, url=twilio.PUBLIC_URL + twilio.SMS).status_code == 403
    assert twilio.post(street.client, twilio.fields(), path=path).status_code == 200
    assert rows() == _only_messages(1)


SAID_OF_ITSELF = (
    {"Host": "evil.example:99999"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-Prefix": "/x"},
)


@pytest.mark.parametrize("headers", SAID_OF_ITSELF)
def test_what_a_request_says_of_its_address_is_ignored(street, headers):
    assert twilio.post(street.client, twilio.fields(), headers=headers).status_code == 200
    for_theirs = twilio.post(street.client, twilio.fields(), url="http://evil.example/twilio/sms", headers=headers)
    assert for_theirs.status_code == 403
    assert rows() == _only_messages(1)


def test_the_second_secret_is_accepted_while_the_first_is_changed(make_street):
    street = make_street(TWILIO_AUTH_TOKEN_SECONDARY="0" * 32)
    for token in (twilio.TOKEN, "0" * 32):
        assert twilio.post(street.client, twilio.fields(), signed_with=token).status_code == 200
    assert twilio.post(street.client, twilio.fields(), signed_with="1" * 32).status_code == 403


def test_without_any_secret_everything_is_refused(make_street):
    street = make_street(TWILIO_AUTH_TOKEN="", TWILIO_ACCOUNT_SID="")
    assert twilio.post(street.client, twilio.fields()).status_code == 403


def _without(name, **changes):
    return {key: value for key, value in twilio.fields(**changes).items() if key != name}


ARABIC_DIGITS = "+" + "".join(chr(0x660 + int(digit)) for digit in twilio.SENDER[1:])
OUT_OF_ORDER = {
    "B29 sender folded into the text": (_without("From", body="helloFrom+22370000001"), "missing_field"),
    "B29 the id's name cut": (_without("MessageSid") | {"MessageS": "id" + twilio.message_sid()}, "missing_field"),
    "B30 two senders in one": (twilio.fields(sender="+22370006666From+22370000001"), "bad_sender"),
    "B31 two texts": ([*twilio.fields().items(), ("Body", "again")], "repeated_field"),
    "B31 the same text twice": ([*twilio.fields("x").items(), ("Body", "x")], "repeated_field"),
    "B31 two senders": ([*twilio.fields().items(), ("From", "+22370000002")], "repeated_field"),
    "B34 a foreign account": (twilio.fields(AccountSid="AC" + "0" * 32), "foreign_account"),
    "B34 an unknown number": (twilio.fields(To="+22370000009"), "unknown_number"),
    "B36 a tel: address": (twilio.fields(sender="tel:+22370000001;phone-context=evil"), "bad_sender"),
    "B36 an extension": (twilio.fields(sender="+22370000001 ext 5"), "bad_sender"),
    "B36 digits of another script": (twilio.fields(sender=ARABIC_DIGITS), "bad_sender"),
    "an id that is none": (twilio.fields(MessageSid="SM123"), "bad_sid"),
    "no text field": (_without("Body"), "missing_field"),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "reason"), OUT_OF_ORDER.values(), ids=OUT_OF_ORDER.keys())
def test_signed_but_out_of_order_is_kept_apart_and_never_read(street, sent, reason):
    for _ in range(2):  # a repeat of it stores nothing either
        assert twilio.post(street.client, sent).status_code == 200
    [message] = street.all(Message)
    assert (message.state, message.reason) == (MessageState.QUARANTINED, reason)
    assert message.provider_id.startswith(("SM", "q-"))
    assert street.work() == 0
    assert rows() == _only_messages(1)


def test_a_repeat_answers_the_same_and_stores_nothing(street):
    sent = twilio.fields()
    first = twilio.post(street.client, sent)
    for _ in range(20):
        again = twilio.post(
            street.client, sent | {"ErrorCode": "11200", "ErrorUrl": "https://intake.example/twilio/sms"}
        )
        assert (again.status_code, again.data) == (first.status_code, first.data)
    assert rows() == _only_messages(1)
    assert 'webhook_duplicates_total{channel="twilio"} 20.0' in street.client.get("/metrics").text


def test_the_same_id_with_other_words_is_kept_apart(street):
    sent = twilio.fields()
    twilio.post(street.client, sent)
    for _ in range(3):
        assert twilio.post(street.client, sent | {"Body": "something else"}).status_code == 200
    kept, apart = sorted(street.all(Message), key=lambda message: message.state)[::-1]
    assert (kept.state, kept.provider_id) == (MessageState.RECEIVED, sent["MessageSid"])
    assert (apart.state, apart.reason) == (MessageState.QUARANTINED, "sid_conflict")


SENDERS = {
    "+22370000001": "phone", "7000": "short_code", "ORANGE": "alphanumeric", "anonymous": "withheld",
    "+266696687": "withheld", "": "withheld", twilio.OUR_NUMBER: "ours",
}  # fmt: skip


@pytest.mark.parametrize(("sender", "kind"), SENDERS.items())
def test_every_kind_of_sender_is_stored(street, sender, kind):
    assert street.post("ENF REC 3G ANSONGO 14/11", sender).status_code == 200
    [message] = street.all(Message)
    assert (message.state, message.sender_kind) == (MessageState.RECEIVED, kind)


COUNTS = {"999": 1, "-1": 1, "1e9": 1, "3": 3, "10": 10, "\u0663": 1, "": 1}


@pytest.mark.parametrize(("given", "stored"), COUNTS.items())
def test_numbers_of_parts_and_pictures_are_clamped(street, given, stored):
    assert street.post("ENF", NumSegments=given, NumMedia=given, MediaUrl0="http://169.254.169.254/").status_code == 200
    [message] = street.all(Message)
    assert (message.segments, message.state) == (stored, MessageState.RECEIVED)


WRONG_FORM = {
    "B37 JSON": (b'{"Body":"x"}', "application/json", {}, 415),
    "B37 XML": (b"<Body/>", "text/xml", {}, 415),
    "B37 many parts": (b"--x\r\n" * 1200, "multipart/form-data; boundary=x", {}, 415),
    "B37 packed": (b"\x1f\x8b", FORM, {"Content-Encoding": "gzip"}, 415),
    "B38 six hundred kilobytes": (b"Body=" + b"a" * 600_000, FORM, {}, 413),
    "B38 ten thousand fields": (b"&".join(b"f%d=1" % n for n in range(10_000))[:64_000], FORM, {}, 400),
    "no type": (b"Body=x", "", {}, 415),
}


@pytest.mark.parametrize(("data", "kind", "headers", "status"), WRONG_FORM.values(), ids=WRONG_FORM.keys())
def test_what_is_no_plain_small_form_is_refused(street, data, kind, headers, status):
    answer = street.client.post(twilio.SMS, data=data, content_type=kind, headers=headers)
    assert (answer.status_code, answer.data) == (status, b"")
    assert rows() == _only_messages(0)


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "OPTIONS", "TRACE", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/twilio/sms", "/twilio/status"])
def test_only_post_is_answered(street, method, path):
    answer = street.client.open(path, method=method)
    assert (answer.status_code, answer.data) == (405, b"")
    assert answer.headers["Allow"] == "POST"
    assert rows() == _only_messages(0)


def test_an_address_that_is_none_of_ours_says_nothing(street):
    answer = street.client.get("/wp-login.php")
    assert (answer.status_code, answer.data) == (404, b"")


BYTES = {
    "B3 a zero byte": (b"ENF%00REC", "ENF\x00REC"),
    "B4 no UTF-8": (b"ENF%ff%fe", "ENF%FF%FE"),
    "B5 half a pair": (b"%ED%A0%80", "%ED%A0%80"),
}


@pytest.mark.parametrize(("encoded", "text"), BYTES.values(), ids=BYTES.keys())
def test_strange_bytes_are_stored_if_they_were_signed_so(street, encoded, text):
    sent = twilio.fields("@@@")
    raw = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in sent.items()).encode()
    raw = raw.replace(b"@@@", encoded)
    assert twilio.post(street.client, sent, raw=raw).status_code == 403
    assert twilio.post(street.client, sent | {"Body": text}, raw=raw).status_code == 200
    street.work()
    [message] = street.all(Message)
    assert (message.state, message.body) == (MessageState.DONE, text)
    codes = {problem["code"] for problem in street.alert_of(message).parsed["problems"]}
    assert ("encoding" in codes) == ("%" in text)


def test_when_the_database_is_gone_the_provider_is_asked_to_come_again(make_street):
    street = make_street()
    db.disconnect()
    answer = street.post("ENF REC 3G ANSONGO 14/11")
    assert (answer.status_code, answer.data) == (503, b"")
