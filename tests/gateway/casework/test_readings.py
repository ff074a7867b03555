"""A newer reading that waits for an officer: accepted it counts, set aside it changes nothing."""

import pytest

from gateway.casework import alert_sheet, queue, readings
from gateway.errors import Invalid, NotFound, Overtaken
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Outcome, Role
from gateway.records.correction import Correction
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
