"""Corrections and later messages: the first reading stays, the last word that a person took counts."""

from datetime import date, timedelta

import pytest

from gateway.casework import alerts, answers, corrections, fields
from gateway.casework.corrections import Amendment
from gateway.errors import Invalid, NotFound, Overtaken
from gateway.records.codes import AlertKind
from gateway.records.correction import Correction
from gateway.records.ids import new_id
from gateway.records.states import AnswerStatus
from tests.make import alert as make_alert
from tests.make import officer as make_officer
from tests.make.alert import NOW

ONE_BOY = {"boys": 1, "girls": 0, "unknown": 0, "children_approximate": False}


@pytest.fixture
def officer(session):
    return make_officer.officer(session, regions=("ML07", "ML05"))


@pytest.fixture
def alert(session):
    return make_alert.alert(session, missing=["place", "date"], needs_check=True)


def amend(session, alert, officer, field, value, *, reason="Rappelé", now=NOW, **given):
    wanted = {"id": new_id(), "version_seen": alert.version} | given
    amendment = Amendment(field=field, value=value, reason=reason, **wanted)
    return corrections.correct(session, alert.id, amendment, officer=officer, now=now)


TAKEN = [
    ("violation", {"violation": ["killing", "maiming"]}, {"violation": ["killing", "maiming"]}),
    ("children", {"boys": 2, "girls": None, "unknown": 1}, {"boys": 2, "girls": 0, "unknown": 1,
                                                            "children_approximate": False}),
    ("age", {"age_min": 9, "age_max": None}, {"age_min": 9, "age_max": 9}),
    ("place", {"place": "ml05"}, {"place": {"pcode": "ML05", "name": "Mopti", "level": "region"}}),
    ("date", {"date_from": date(2026, 11, 1), "date_to": None}, {"date_from": "2026-11-01", "date_to": "2026-11-01",
                                                                 "date_approximate": False}),
    ("party", {"party": ["jnim"]}, {"party": ["jnim"]}),
    ("source", {"source": "victim"}, {"source": "victim"}),
    ("needs", {"urgent": True, "needs": ["medical"]}, {"urgent": True, "needs": ["medical"]}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "kept"), TAKEN, ids=[row[0] for row in TAKEN])
def test_every_field_can_be_corrected(session, alert, officer, field, value, kept):
    correction = amend(session, alert, officer, field, value)
    assert correction.after == kept
    effective = fields.effective(session, alert)
    assert {name: effective.values[name] for name in kept} == kept
    assert effective.changed_by == {field: "officer"}
    assert fields.first_reading(alert)["violation"] == ["recruitment"]


REFUSED = [
    ("violation", {"violation": []}, "violation: choose"),
    ("violation", {"violation": ["theft"]}, "violation: choose"),
    ("children", {"boys": 0, "girls": 0}, "children: out_of_range"),
    ("children", {"boys": 501}, "children: out_of_range"),
    ("children", {"boys": -1, "girls": 3}, "children: number"),
    ("age", {"age_min": 15, "age_max": 12}, "age: out_of_range"),
    ("age", {}, "age: number"),
    ("place", {"place": "ML99"}, "place: unknown_place"),
    ("date", {"date_from": date(2026, 11, 21)}, "date: in_future"),
    ("date", {"date_from": date(2026, 11, 2), "date_to": date(2026, 11, 1)}, "date: wrong_order"),
    ("date", {"date_from": date(1970, 1, 1)}, "date: too_early"),
    ("party", {"party": ["nobody"]}, "party: choose"),
    ("source", {"source": "gossip"}, "source: choose"),
    ("needs", {"needs": ["money"]}, "needs: choose"),
    ("threat", {"threat": ["attack"]}, "threat: unknown_field"),
    ("kind", {"kind": "unprocessed"}, "kind: choose"),
]


@pytest.mark.parametrize(("field", "value", "words"), REFUSED)
def test_a_wrong_value_is_refused_by_field_and_reason(session, alert, officer, field, value, words):
    with pytest.raises(Invalid, match=words):
        amend(session, alert, officer, field, value)


def test_a_correction_says_why(session, alert, officer):
    with pytest.raises(Invalid, match="reason: missing"):
        amend(session, alert, officer, "source", {"source": "victim"}, reason="  ")


def test_the_queue_follows_a_correction(session, alert, officer):
    amend(session, alert, officer, "place", {"place": "ML05"})
    assert (alert.region, alert.place, alert.missing, alert.needs_check) == ("ML05", "ML05", ["date"], True)
    amend(session, alert, officer, "date", {"date_from": date(2026, 11, 1)})
    assert (alert.happened_from, alert.missing, alert.needs_check) == (date(2026, 11, 1), [], False)


def test_the_same_correction_sent_twice_is_one(session, alert, officer):
    given = {"id": new_id(), "version_seen": 1}
    for _ in range(2):
        amend(session, alert, officer, "children", ONE_BOY, **given)
    assert session.query(Correction).count() == 1


def test_an_overtaken_correction_changes_nothing(session, alert, officer):
    with pytest.raises(Overtaken):
        amend(session, alert, officer, "children", ONE_BOY, version_seen=9)


def test_a_text_that_was_not_understood_becomes_a_report(session, officer):
    tray = make_alert.alert(session, kind=AlertKind.UNKNOWN, fields={"violation": ["killing"]}, region="ML07")
    amend(session, tray, officer, "kind", {"kind": "incident"})
    assert (tray.kind, tray.missing, tray.needs_check) == (AlertKind.INCIDENT, ["children", "place", "date"], True)


def test_a_later_message_counts_only_when_an_officer_accepted_it(session, alert, officer):
    answer = make_alert.answer(session, alert, fields=ONE_BOY)
    assert fields.effective(session, alert).values["boys"] == 3
    answers.accept(session, answer.id, officer=officer, now=NOW)
    assert fields.effective(session, alert).values["boys"] == 1
    assert (alert.children, alert.has_answer_waiting, answer.decided_by_id) == (1, False, officer.id)


def test_a_message_set_aside_changes_nothing(session, alert, officer):
    first = make_alert.answer(session, alert, fields=ONE_BOY)
    make_alert.answer(session, alert, fields=ONE_BOY)
    answers.set_aside(session, first.id, officer=officer, now=NOW)
    assert first.status is AnswerStatus.SET_ASIDE
    assert (alert.children, alert.has_answer_waiting) == (4, True)


def test_the_last_word_counts(session, alert, officer):
    answer = make_alert.answer(session, alert, fields=ONE_BOY)
    answers.accept(session, answer.id, officer=officer, now=NOW)
    later = NOW + timedelta(minutes=1)
    amend(session, alert, officer, "children", {"girls": 2}, now=later)
    effective = fields.effective(session, alert)
    assert (effective.values["boys"], effective.values["girls"]) == (0, 2)
    assert effective.changed_by["children"] == "officer"


def test_a_correction_by_number_is_read_as_the_card_numbers(session, alert, officer):
    command = {"command": "correct", "field": "4", "value": "Mopti"}
    answer = make_alert.answer(session, alert, fields=command, text=f"MOD {alert.reference} 4 Mopti")
    answers.accept(session, answer.id, officer=officer, now=NOW)
    assert (alert.place, alert.region) == ("ML05", "ML05")


def test_a_cancellation_is_taken_note_of_and_nothing_more(session, alert, officer):
    answer = make_alert.answer(session, alert, fields={"command": "cancel"})
    answers.accept(session, answer.id, officer=officer, now=NOW)
    assert (alert.status, alert.children) == ("new", 4)


def test_of_two_officers_one_settles_a_message(session, alert, officer):
    answer = make_alert.answer(session, alert, fields=ONE_BOY)
    second = make_officer.officer(session, regions=("ML07",))
    answers.accept(session, answer.id, officer=officer, now=NOW)
    answers.accept(session, answer.id, officer=officer, now=NOW)
    with pytest.raises(Overtaken):
        answers.set_aside(session, answer.id, officer=second, now=NOW)


def test_a_message_about_another_regions_report_is_not_there(session, alert):
    answer = make_alert.answer(session, alert, fields=ONE_BOY)
    with pytest.raises(NotFound):
        answers.accept(session, answer.id, officer=make_officer.officer(session, regions=("ML01",)), now=NOW)


def test_while_another_officer_works_on_it_nothing_is_corrected(session, alert, officer):
    second = make_officer.officer(session, regions=("ML07",))
    alerts.claim(session, alert.id, officer=second, now=NOW)
    with pytest.raises(alerts.ClaimedByOther):
        amend(session, alert, officer, "children", ONE_BOY)
