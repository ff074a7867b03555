"""A newer reading that waits for an officer: accepted it counts, set aside it changes nothing."""

import pytest

from gateway.casework import alert_sheet, queue, readings
from gateway.errors import Invalid, NotFound, Overtaken
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Outcome, Role
from gateway.records.correction import Correction
from gateway.records.ids import new_id
from gateway.records.message import Message
from gateway.records.release import Release
from gateway.records.states import AlertStatus, ReadingStatus
from tests.make import alert as make_alert
from tests.make import officer as make_officer
from tests.make.alert import FIELDS, NOW

GAO = {"place": {"pcode": "ML0703", "name": "Gao", "level": "cercle"}}


@pytest.fixture
def officer(session):
    return make_officer.officer(session, roles=(Role.FOCAL_POINT,))


@pytest.fixture
def alert(session):
    return make_alert.alert(session, status=AlertStatus.TRIAGED)


@pytest.fixture
def waiting(session, alert):
    return make_alert.reading(session, alert, fields=FIELDS | GAO)


def _correct(session, alert, officer, field, value):
    correction = Correction(alert_id=alert.id, field=field, officer_id=officer.id, at=NOW)
    correction.after = value
    session.add(correction)
    session.flush()


def test_an_accepted_reading_counts_from_now_on(session, alert, waiting, officer):
    readings.accept(session, waiting.id, officer=officer, now=NOW)
    assert (alert.place, alert.parsed["fields"]["place"]["name"], alert.version) == ("ML0703", "Gao", 2)
    assert (waiting.status, waiting.decided_by_id, alert.has_reading_waiting) == (
        ReadingStatus.ACCEPTED,
        officer.id,
        False,
    )
    assert session.get_one(Message, alert.message_id).edition == waiting.edition
    assert session.query(AuditEntry).all()[-1].action == "reading.accepted"


def test_a_reading_that_finds_less_takes_away_what_it_does_not_find(session, alert, officer):
    fields = {name: value for name, value in FIELDS.items() if name != "place"}
    waiting = make_alert.reading(session, alert, fields=fields, state="check", missing=["place"])
    readings.accept(session, waiting.id, officer=officer, now=NOW)
    assert (alert.place, alert.missing, alert.needs_check) == (None, ["place"], True)


def test_an_officers_correction_stays_above_an_accepted_reading(session, alert, waiting, officer):
    _correct(session, alert, officer, "place", {"place": {"pcode": "ML0501", "name": "Mopti", "level": "cercle"}})
    readings.accept(session, waiting.id, officer=officer, now=NOW)
    assert alert.place == "ML0501"


def test_another_kind_is_another_list_and_another_record(session, officer):
    alert = make_alert.alert(session, kind=AlertKind.UNKNOWN, status=AlertStatus.TRIAGED)
    fields = {name: value for name, value in FIELDS.items() if name != "violation"} | {"how": "escaped"}
    waiting = make_alert.reading(session, alert, fields=fields, kind="release")
    readings.accept(session, waiting.id, officer=officer, now=NOW)
    session.flush()
    [release] = session.query(Release).all()
    assert (alert.kind, release.boys, release.how, release.region) == (AlertKind.RELEASE, 3, "escaped", "ML07")
    assert session.get_one(Message, alert.message_id).outcome is Outcome.ALERT


def test_the_kind_that_an_officer_named_stays(session, officer):
    alert = make_alert.alert(session, status=AlertStatus.TRIAGED)
    _correct(session, alert, officer, "kind", {"kind": "alert"})
    alert.kind = AlertKind.ALERT
    waiting = make_alert.reading(session, alert, fields=FIELDS | GAO)
    readings.accept(session, waiting.id, officer=officer, now=NOW)
    assert alert.kind is AlertKind.ALERT


def test_what_is_set_aside_changes_nothing_and_keeps_its_reason(session, alert, waiting, officer):
    readings.set_aside(session, waiting.id, "the village of that name", officer=officer, now=NOW)
    assert (alert.place, alert.has_reading_waiting) == ("ML0701", False)
    assert (waiting.status, waiting.reason) == (ReadingStatus.SET_ASIDE, "the village of that name")
    assert session.query(AuditEntry).all()[-1].action == "reading.set_aside"


def test_setting_aside_needs_a_reason(session, waiting, officer):
    with pytest.raises(Invalid):
        readings.set_aside(session, waiting.id, " ", officer=officer, now=NOW)
    assert waiting.status is ReadingStatus.WAITING


def test_twice_is_once_and_a_second_officer_is_told(session, alert, waiting, officer):
    other = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
    readings.accept(session, waiting.id, officer=officer, now=NOW)
    readings.accept(session, waiting.id, officer=officer, now=NOW)
    assert alert.version == 2
    with pytest.raises(Overtaken):
        readings.set_aside(session, waiting.id, "no", officer=other, now=NOW)


@pytest.mark.parametrize("kind", ["complaint", "command", "project", "answer", "network"])
def test_what_is_no_report_by_now_is_dealt_with_by_hand(session, alert, officer, kind):
    waiting = make_alert.reading(session, alert, fields={}, kind=kind)
    with pytest.raises(Invalid, match="by_hand"):
        readings.accept(session, waiting.id, officer=officer, now=NOW)
    readings.set_aside(session, waiting.id, "dealt with", officer=officer, now=NOW)
    assert alert.parsed["fields"] == FIELDS


def chosen(field, *, seen=1):
    return readings.Choice(new_id(), field, "taken", seen)


def test_one_field_is_taken_as_a_correction_and_the_rest_still_waits(session, alert, officer):
    waiting = make_alert.reading(session, alert, fields=FIELDS | GAO | {"boys": 9})
    assert readings.to_take(waiting, alert, FIELDS).keys() == {"place", "children"}
    kept = readings.take(session, waiting.id, chosen("place"), officer=officer, now=NOW)
    assert (kept.field, kept.after, kept.reason) == ("place", GAO, "taken")
    assert (alert.place, alert.children, alert.version) == ("ML0703", 4, 2)
    assert (waiting.status, alert.has_reading_waiting) == (ReadingStatus.WAITING, True)


def test_with_the_last_field_the_newer_reading_is_accepted_whole(session, alert, waiting, officer):
    wanted = chosen("place")
    readings.take(session, waiting.id, wanted, officer=officer, now=NOW)
    assert (waiting.status, alert.has_reading_waiting, alert.place) == (ReadingStatus.ACCEPTED, False, "ML0703")
    assert alert.parsed["fields"]["place"]["name"] == "Gao"
    assert readings.take(session, waiting.id, wanted, officer=officer, now=NOW).id == wanted.id


def test_a_reading_that_loses_something_is_not_accepted_by_taking_the_rest(session, alert, officer):
    fields = {name: value for name, value in FIELDS.items() if name != "source"} | GAO
    waiting = make_alert.reading(session, alert, fields=fields)
    readings.take(session, waiting.id, chosen("place"), officer=officer, now=NOW)
    assert waiting.status is ReadingStatus.WAITING
    assert alert.parsed["fields"]["source"] == "witness"


@pytest.mark.parametrize("field", ["violation", "source", "kind", "nothing"])
def test_what_reads_the_same_or_is_no_field_cannot_be_taken(session, alert, waiting, officer, field):
    with pytest.raises(Invalid):
        readings.take(session, waiting.id, chosen(field), officer=officer, now=NOW)
    assert waiting.status is ReadingStatus.WAITING


def test_of_another_kind_of_report_no_field_is_taken_by_itself(session, alert, officer):
    waiting = make_alert.reading(session, alert, fields=FIELDS | GAO, kind="release")
    assert readings.to_take(waiting, alert, FIELDS) == {}


def test_a_field_is_taken_by_who_saw_the_report_as_it_is(session, alert, waiting, officer):
    with pytest.raises(Overtaken):
        readings.take(session, waiting.id, chosen("place", seen=7), officer=officer, now=NOW)


def test_another_region_sees_no_reading(session, waiting):
    stranger = make_officer.officer(session, roles=(Role.REGIONAL,), regions=("ML01",))
    for act in (readings.accept, lambda *given, **named: readings.set_aside(*given, "no", **named)):
        with pytest.raises(NotFound):
            act(session, waiting.id, officer=stranger, now=NOW)
    with pytest.raises(NotFound):
        readings.accept(session, "a" * 16, officer=stranger, now=NOW)


def test_the_queue_finds_the_reports_with_a_newer_reading(session, alert, waiting, officer):
    make_alert.alert(session)
    found = queue.page(session, queue.Filters(statuses=tuple(AlertStatus), has_reading=True), officer=officer, now=NOW)
    assert [row.alert.id for row in found.rows] == [alert.id]


def test_the_first_reading_is_the_very_first(session, alert, officer):
    for fields in (FIELDS | GAO, FIELDS | {"boys": 9}):
        readings.accept(session, make_alert.reading(session, alert, fields=fields).id, officer=officer, now=NOW)
    sheet = alert_sheet.read(session, alert.id, officer=officer, now=NOW)
    assert (sheet.first, sheet.effective.values["boys"], len(sheet.readings)) == (FIELDS, 9, 2)
