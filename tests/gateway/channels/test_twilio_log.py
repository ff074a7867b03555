"""Twilio's own log, read with their own client from a server that lists like theirs."""

from datetime import timedelta

import pytest

from gateway import clock
from gateway.channels.twilio_log import TwilioLog
from gateway.errors import ChannelError
from gateway.records.codes import MessageSource, SenderKind
from gateway.records.states import ReplyState
from tests import services
from tests.stand_ins import twilio_api
from tests.stand_ins import twilio_webhooks as twilio

HOUR = timedelta(hours=1)


@pytest.fixture
def api():
    with twilio_api.running() as api:
        yield api


def _log(url, *our_numbers):
    ours = our_numbers or (twilio.OUR_NUMBER,)
    return TwilioLog(sid=twilio.ACCOUNT, token=twilio.TOKEN, api_base=url, our_numbers=ours)


def _since(hours=48):
    return clock.now() - timedelta(hours=hours)


def test_messages_of_all_pages_are_listed_with_the_time_they_were_sent(api):
    for number in range(7):
        api.log.text(f"SM{number:032x}", f"text {number}", ago=HOUR * number)
    api.log.text("SM" + "f" * 32, "ours", direction="outbound-api", to="+22370000001", sender=twilio.OUR_NUMBER)
    api.log.page = 3
    found = list(_log(api.url).messages(since=_since(4)))
    assert sorted(each.body for each in found) == ["text 0", "text 1", "text 2", "text 3"]
    [first] = [each for each in found if each.body == "text 2"]
    assert abs(clock.now() - 2 * HOUR - first.sent_at) < timedelta(minutes=1)
    assert (first.channel, first.account, first.our_number) == ("twilio", twilio.ACCOUNT, twilio.OUR_NUMBER)
    assert (first.source, first.sender_kind, first.flags) == (MessageSource.RECONCILE, SenderKind.PHONE, ())
    assert len(api.log.asked) == 3


def test_a_text_whose_words_are_gone_is_asked_for_once_more_and_then_lost(api):
    api.log.text("SM" + "a" * 32, "words", sender="+2237000XXXX", num_media="1")
    api.log.is_redacting = True
    [found] = _log(api.url).messages(since=_since())
    assert (found.body, found.source, found.flags) == ("", MessageSource.LOST, ("media", "content_lost"))
    assert found.sender_kind is SenderKind.WITHHELD
    assert api.log.asked[-1].endswith(f"SM{'a' * 32}.json")


def test_calls_and_recordings_are_listed(api):
    api.log.call("CA" + "1" * 32)
    api.log.call("CA" + "2" * 32, direction="outbound-dial")
    api.log.recording("RE" + "3" * 32, "CA" + "1" * 32)
    log = _log(api.url)
    [call] = log.calls(since=_since())
    [recording] = log.recordings(since=_since())
    assert (call.provider_id, call.channel, call.sender) == ("CA" + "1" * 32, "twilio_voice", twilio.SENDER)
    assert (recording.provider_id, recording.call_id) == ("RE" + "3" * 32, call.provider_id)
    assert log.call(call.provider_id) == call
    assert (log.call("CA" + "2" * 32), log.call("CA" + "9" * 32)) == (None, None)


def test_our_texts_to_a_phone_are_found_with_what_became_of_them(api):
    for sid, status, code in (("1", "queued", None), ("2", "delivered", None), ("3", "undelivered", 30003)):
        api.log.text(
            "SM" + sid * 32, "K7Q28 recu.", sender=twilio.OUR_NUMBER, to="+22370000001",
            direction="outbound-api", status=status, error_code=code, date_sent=None,
        )  # fmt: skip
    api.log.text("SM" + "4" * 32, "theirs", to="+22370000001")
    found = _log(api.url).sent_to("+22370000001", since=_since(1))
    assert [(each.state, each.reason) for each in found] == [
        (ReplyState.FAILED, "unreachable"),
        (ReplyState.DELIVERED, None),
        (None, None),
    ]


def test_a_message_is_known_or_not(api):
    api.log.text("SM" + "a" * 32, "words")
    assert _log(api.url).has_message("SM" + "a" * 32)
    assert not _log(api.url).has_message("SM" + "b" * 32)


QUESTIONS = [
    lambda log: list(log.messages(since=_since())),
    lambda log: list(log.calls(since=_since())),
    lambda log: list(log.recordings(since=_since())),
    lambda log: log.sent_to("+22370000001", since=_since()),
    lambda log: log.has_message("SM" + "a" * 32),
    lambda log: log.call("CA" + "a" * 32),
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("status", [401, 429, 500, None])
def test_what_does_not_answer_is_one_error(api, question, status):
    api.log.status = status or 200
    log = _log(api.url if status else f"http://127.0.0.1:{services.free_port()}")
    with pytest.raises(ChannelError) as caught:
        question(log)
    assert (caught.value.reason, caught.value.retryable) == ("log_unreachable", True)


def test_without_numbers_of_ours_all_are_listed(api):
    api.log.text("SM" + "a" * 32, "words", to="+22370009998")
    log = TwilioLog(sid=twilio.ACCOUNT, token=twilio.TOKEN, api_base=api.url, our_numbers=())
    assert len(list(log.messages(since=_since()))) == 1
    assert list(_log(api.url).messages(since=_since())) == []
