"""Personal codes: who writes is told by the code, whosever the phone is; and no reply tells what a code is worth."""

import re

import pytest
from sqlalchemy import select, text

from gateway import clock
from gateway.casework import personal_codes, reporters
from gateway.errors import Refused
from gateway.records import db
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import ReplyMode
from gateway.records.message import Message
from gateway.records.personal_code import PersonalCode
from gateway.records.reporter import Reporter
from tests.make import reporter as make_reporter
from tests.make.vocabulary import all_again

BODY = "ENF REC 3G ANSONGO 14/11"
OWN_PHONE, BORROWED = "+22370000031", "+22370000032"


def _give(number=OWN_PHONE, **known):
    """A reporter the office knows, and the code that was given."""
    with db.transaction() as session:
        made = reporters.find(session, number) or make_reporter.reporter(session, number=number, **known)
        return made, personal_codes.give(session, made, officer=None, now=clock.now())


def _codes_of(alert):
    return [each["code"] for each in alert.parsed["problems"] if "code" in each["code"] or "phone" in each["code"]]


def test_a_text_from_a_borrowed_phone_is_the_reporters_own_and_says_so(street):
    reporter, code = _give(area="ML05")
    message = street.text(f"{code} {BODY}", BORROWED)
    alert = street.alert_of(message)
    assert (alert.reporter_id, _codes_of(alert), alert.needs_check) == (reporter.id, ["other_phone"], False)
    with db.reading() as session:
        assert session.get_one(Reporter, message.reporter_id).number == BORROWED
    assert street.carrier.sent[-1].to == BORROWED


def test_from_their_own_phone_there_is_nothing_to_say(street):
    reporter, code = _give()
    alert = street.alert_of(street.text(f"{code} {BODY}", OWN_PHONE))
    assert (alert.reporter_id, _codes_of(alert)) == (reporter.id, [])


def test_a_report_without_a_place_goes_where_its_author_is_known_to_be(street):
    _, code = _give(area="ML05")
    assert street.alert_of(street.text(f"{code} ENF REC 3G 14/11", BORROWED)).region == "ML05"


@pytest.mark.parametrize("typed", ["@482193", "@1", "@GAO", "@99999999999"])
def test_a_wrong_code_is_stored_and_flagged_and_nobody_is_guessed(street, typed):
    _give()
    message = street.text(f"{typed} {BODY}", OWN_PHONE)
    alert = street.alert_of(message)
    assert (alert.reporter_id, _codes_of(alert), alert.needs_check) == (None, ["unknown_code"], True)
    assert message.body == f"{typed} {BODY}"


BODIES = [
    BODY,
    "ENF REC 3G 14/11",
    "ENF REC 3G Bara 14/11",
    "RVC 2=1",
    "il y a un probleme",
    "K7Q28 4 GAO",
    "AIDE",
    f"{BODY};;{BODY} CMA",
]


@pytest.mark.parametrize("body", BODIES)
def test_the_reply_is_the_same_whatever_the_code_is_worth(street, body):
    known = {"area": "ML0703", "project": "GAO-23-004", "mode": ReplyMode.READBACK, "language": "en"}
    _, code = _give(**known)
    _, trainee = _give("+22370000033", is_training=True)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    said = set()
    for number, opening in enumerate(("", f"{code} ", f"{trainee} ", f"{wrong} ", "@1 ")):
        answered = street.answered(street.text(opening + body, f"+2237000004{number}"))
        said.add(re.sub(r"\b[2-9A-Z]{5}\b", "REF", answered.replace("K7Q28", "REF")))
    assert len(said) == 1


def test_a_code_is_nowhere_in_the_clear_and_shown_once(street):
    _, code = _give()
    street.text(f"{code} {BODY}", BORROWED)
    digits = code.removeprefix("@")
    with db.reading() as session:
        for table in ("personal_codes", "reporters", "alerts", "messages", "audit_entries"):
            for row in session.execute(text(f"SELECT * FROM {table}")):
                values = (bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in row)
                assert all(digits.encode() not in value for value in values), table


def test_a_new_code_ends_the_one_before_and_an_ended_one_is_worth_nothing(street):
    reporter, first = _give()
    _, second = _give()
    assert first != second
    assert _codes_of(street.alert_of(street.text(f"{first} {BODY}", BORROWED))) == ["unknown_code"]
    assert _codes_of(street.alert_of(street.text(f"{second} {BODY}", BORROWED))) == ["other_phone"]
    with db.transaction() as session:
        assert personal_codes.holders(session) == {reporter.id}
        again = session.get_one(Reporter, reporter.id)
        assert personal_codes.end(session, again, officer=None, now=clock.now())
        assert not personal_codes.end(session, again, officer=None, now=clock.now())
        assert personal_codes.holders(session) == frozenset()
    assert _codes_of(street.alert_of(street.text(f"{second} {BODY} CMA", BORROWED))) == ["unknown_code"]
    given = [each.action for each in street.all(AuditEntry) if each.action.startswith("reporter.")]
    assert given == ["reporter.code_given", "reporter.code_given", "reporter.code_ended"]


def test_a_code_that_was_ever_given_is_not_given_again(street, monkeypatch):
    drawn = iter([7, 7, 8])
    monkeypatch.setattr(personal_codes.secrets, "randbelow", lambda _: next(drawn))
    first, second = _give()[1], _give("+22370000034")[1]
    assert (first[:-1], second[:-1]) == ("@00007", "@00008")
    assert len(street.all(PersonalCode)) == 2


def test_one_wrong_digit_or_two_swapped_ones_are_never_another_code():
    codes = {f"{number:05}" + str(personal_codes._check(f"{number:05}")) for number in range(0, 100_000, 997)}
    for code in codes:
        for at in range(6):
            others = {code[:at] + digit + code[at + 1 :] for digit in "0123456789"} - {code}
            swapped = code[:at] + code[at : at + 2][::-1] + code[at + 2 :]
            for other in others | ({swapped} - {code}):
                assert str(personal_codes._check(other[:5])) != other[5], (code, other)


def test_only_registered_reporters_get_a_code_and_it_ends_with_their_registration(street):
    with db.transaction() as session:
        stranger = make_reporter.reporter(session, is_registered=False)
        with pytest.raises(Refused, match="not registered"):
            personal_codes.give(session, stranger, officer=None, now=clock.now())
    reporter, code = _give()
    with db.transaction() as session:
        session.get_one(Reporter, reporter.id).is_registered = False
    assert _codes_of(street.alert_of(street.text(f"{code} {BODY}", BORROWED))) == ["unknown_code"]


def test_one_phone_carries_the_reports_of_several_reporters(street):
    one, first = _give()
    other, second = _give("+22370000035")
    message = street.text(f"{first} {BODY} ;; ENF TUE 1F GAO 15/11 ;; {second} ENF BLE 1G GAO 13/11", BORROWED)
    assert [each.reporter_id for each in street.all_alerts(message)] == [one.id, one.id, other.id]


def test_read_again_a_code_is_worth_what_it_was_when_the_message_came(street, newer):
    reporter, code = _give()
    message = street.text(f"{code} ENF REC 3G ZOROBUGU 14/11", BORROWED)
    _give()
    [told] = all_again(message, newer)
    assert told.difference.fields.keys() == {"place"}
    assert street.alert_of(message).reporter_id == reporter.id
    with db.reading() as session:
        kept = session.scalars(select(Message).where(Message.id == message.id)).one().known
    assert kept["authors"] == [{"reporter_id": reporter.id, "area": None, "part": 1, "code": "other_phone"}]
