"""Incidents: opened by a person from an alert or by hand, joined by a person, never by the machine."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.casework import incidents, matching, openings, parties, sources, victims, violations
from gateway.casework.incidents import Draft, Move
from gateway.casework.openings import Joining, Manual
from gateway.casework.sources import Told
from gateway.casework.victims import Described
from gateway.casework.violations import Count, Facts
from gateway.errors import IllegalMove, Invalid, NotFound, Overtaken
from gateway.records.codes import (
    Grade,
    Role,
    Sex,
    SourceCategory,
    SourceType,
    VictimKind,
    ViolationType,
)
from gateway.records.ids import new_id
from gateway.records.incident import Incident
from gateway.records.incident_step import IncidentStep
from gateway.records.party import Party
from gateway.records.states import FINAL_STATUSES, AlertStatus, IncidentStatus
from tests.make import alert as make_alert
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make.alert import FIELDS, NOW

T = ViolationType
DRAFT = Draft("ML0701", "", date(2026, 11, 14), None, False, "Récit", "")
TOLD = Told(SourceCategory.PRIMARY_VICTIM, SourceType.ORAL_TESTIMONY, Grade.HIGH, Grade.MEDIUM, False, True, False,
            None, "Appelée", ())  # fmt: skip


@pytest.fixture
def officer(session):
    return make_officer.officer(session, roles=(Role.REGIONAL, Role.FOCAL_POINT), regions=("ML07",))


@pytest.fixture
def incident(session, officer):
    return make_incident.incident(session, officer)


def open_it(session, alert, officer, *types, version=1):
    joining = Joining(version, types or (T.RECRUITMENT,))
    return openings.open_from_alert(session, alert.id, joining, officer=officer, now=NOW)


def test_an_incident_takes_over_what_the_alert_says(session, officer):
    alert = make_alert.alert(session, fields=FIELDS | {"age_min": 12, "age_max": 15, "date_approximate": True})
    incident = open_it(session, alert, officer)
    violation = incident.violations[0]
    assert (incident.region, incident.place, incident.happened_from) == ("ML07", "ML0701", date(2026, 11, 14))
    assert incident.is_date_estimated
    assert not incident.is_manual
    assert (violation.boys, violation.girls, violation.unknown, violation.age_max) == (3, 1, 0, 15)
    assert not violation.is_boys_estimated
    assert [party.code for party in violation.parties] == ["cma"]
    assert (alert.status, alert.incident_id) == (AlertStatus.IN_INCIDENT, incident.id)


@pytest.mark.parametrize(
    ("said", "category", "form"),
    [
        ("witness", SourceCategory.PRIMARY_WITNESS, SourceType.TEXT_OR_CALL),
        ("victim", SourceCategory.PRIMARY_VICTIM, SourceType.TEXT_OR_CALL),
        ("secondary", SourceCategory.SECONDARY, SourceType.TEXT_OR_CALL),
        ("document", SourceCategory.SECONDARY, SourceType.DOCUMENT),
        (None, SourceCategory.SECONDARY, SourceType.TEXT_OR_CALL),
    ],
)
def test_the_reporter_becomes_an_unassessed_source(session, officer, said, category, form):
    incident = open_it(session, make_alert.alert(session, fields=FIELDS | {"source": said}), officer)
    source = incident.violations[0].sources[0]
    assert (source.category, source.type) == (category, form)
    assert (source.reliability, source.credibility) == (Grade.UNASSESSED, Grade.UNASSESSED)


def test_children_of_several_violations_are_estimates(session, officer):
    incident = open_it(session, make_alert.alert(session), officer, T.KILLING, T.MAIMING)
    assert all(violation.is_boys_estimated for violation in incident.violations)
    assert {violation.boys for violation in incident.violations} == {3}


def test_opening_twice_gives_the_same_incident(session, officer):
    alert = make_alert.alert(session)
    assert open_it(session, alert, officer).id == open_it(session, alert, officer).id
    assert session.query(Incident).count() == 1


def test_of_two_officers_who_open_at_once_one_is_told_so(session, officer):
    with pytest.raises(Overtaken):
        open_it(session, make_alert.alert(session), officer, version=3)


def test_an_incident_needs_a_violation(session, officer):
    alert = make_alert.alert(session)
    with pytest.raises(Invalid, match="types: choose"):
        openings.open_from_alert(session, alert.id, Joining(1, ()), officer=officer, now=NOW)


def test_another_report_joins_and_brings_its_source(session, officer, incident):
    alert = make_alert.alert(session)
    version = incident.violations[0].version
    openings.attach(session, alert.id, incident.id, Joining(1), by=(officer, NOW))
    assert (alert.incident_id, len(incident.violations[0].sources)) == (incident.id, 1)
    session.flush()
    assert incident.violations[0].version == version + 1


def test_nothing_joins_a_closed_incident_or_one_elsewhere(session, officer):
    alert = make_alert.alert(session)
    closed = make_incident.incident(session, officer, status=IncidentStatus.CLOSED)
    with pytest.raises(Invalid, match="not_open"):
        openings.attach(session, alert.id, closed.id, Joining(1), by=(officer, NOW))
    elsewhere = make_incident.incident(session, officer, region="ML01")
    with pytest.raises(NotFound):
        openings.attach(session, alert.id, elsewhere.id, Joining(1), by=(officer, NOW))


SUGGESTED = [
    ({}, True),
    ({"happened_from": date(2026, 11, 17)}, True),
    ({"happened_from": date(2026, 11, 18)}, False),
    ({"happened_from": date(2026, 11, 11)}, True),
    ({"happened_from": date(2026, 11, 10)}, False),
    ({"happened_from": date(2026, 11, 1), "happened_to": date(2026, 11, 30)}, True),
    ({"region": "ML01", "place": None}, False),
    ({"status": IncidentStatus.CLOSED}, False),
    ({"types": (T.KILLING,)}, True),
    ({"types": (T.KILLING,), "place": "ML07"}, False),
    ({"place": "ML07"}, True),
]


@pytest.mark.parametrize(("given", "is_suggested"), SUGGESTED)
def test_likely_incidents_are_suggested(session, officer, given, is_suggested):
    make_incident.incident(session, officer, **given)
    assert bool(matching.suggest(session, make_alert.alert(session), officer)) is is_suggested


def test_a_suggestion_says_why(session, officer, incident):
    found = matching.suggest(session, make_alert.alert(session), officer)[0]
    assert (found.is_same_place, found.days_apart, found.shared_types) == (True, 0, (T.RECRUITMENT,))


def test_suggestions_stay_within_the_officers_regions(session, officer, incident):
    stranger = make_officer.officer(session, regions=("ML01",))
    assert matching.suggest(session, make_alert.alert(session), stranger) == []


def test_by_hand_it_is_marked_and_opened_once(session, officer):
    manual = Manual(new_id(), DRAFT, (T.KILLING,))
    for _ in range(2):
        incident = openings.open_manually(session, manual, officer=officer, now=NOW)
    assert (incident.is_manual, incident.region, incident.happened_to) == (True, "ML07", date(2026, 11, 14))
    assert session.query(Incident).count() == 1


DRAFTS = [
    ({"place": "ML01"}, "place: outside_scope"),
    ({"place": None}, "place: outside_scope"),
    ({"place": "XX"}, "place: unknown_place"),
    ({"happened_to": date(2026, 11, 1)}, "happened_to: wrong_order"),
    ({"happened_from": date(2026, 11, 21)}, "happened_from: in_future"),
    ({"happened_from": date(1900, 1, 1)}, "happened_from: too_early"),
    ({"account": "x" * 10_001}, "account: too_long"),
]


@pytest.mark.parametrize(("given", "words"), DRAFTS)
def test_a_draft_is_checked(session, officer, incident, given, words):
    with pytest.raises(Invalid, match=words):
        incidents.edit(session, incident.id, replace(DRAFT, **given), 1, by=(officer, NOW))


def test_an_edit_takes_the_next_version_or_is_overtaken(session, officer, incident):
    incidents.edit(session, incident.id, DRAFT, 1, by=(officer, NOW))
    assert (incident.account, incident.version) == ("Récit", 2)
    with pytest.raises(Overtaken):
        incidents.edit(session, incident.id, replace(DRAFT, account="Autre"), 1, by=(officer, NOW))
    assert incident.account == "Récit"


def test_an_incident_is_closed_and_reopened_with_reasons(session, officer, incident):
    with pytest.raises(Invalid, match="reason"):
        incidents.move(session, incident.id, Move(IncidentStatus.CLOSED, "", 1), officer=officer, now=NOW)
    for _ in range(2):
        incidents.move(session, incident.id, Move(IncidentStatus.CLOSED, "Fini", 1), officer=officer, now=NOW)
    with pytest.raises(IllegalMove):
        incidents.move(session, incident.id, Move(IncidentStatus.DUPLICATE, "x", 2), officer=officer, now=NOW)
    incidents.move(session, incident.id, Move(IncidentStatus.OPEN, "Un témoin", 2), officer=officer, now=NOW)
    assert [step.reason for step in session.query(IncidentStep).order_by(IncidentStep.after)] == ["Fini", "Un témoin"]


def test_a_duplicate_names_the_incident_it_repeats(session, officer, incident):
    first = make_incident.incident(session, officer)
    move = Move(IncidentStatus.DUPLICATE, "Le même", 1, incident.reference)
    with pytest.raises(Invalid, match="unknown_reference"):
        incidents.move(session, incident.id, move, officer=officer, now=NOW)
    incidents.move(session, incident.id, replace(move, original=first.reference), officer=officer, now=NOW)
    assert session.query(IncidentStep).one().original_id == first.id


def test_grading_a_source_renews_the_violations_it_stands_behind(session, officer, incident):
    ids = (incident.violations[0].id,)
    source = sources.add(session, incident.id, new_id(), replace(TOLD, violation_ids=ids), by=(officer, NOW))
    version = incident.violations[0].version
    told = replace(TOLD, reliability=Grade.LOW, violation_ids=ids)
    sources.assess(session, source.id, told, 1, by=(officer, NOW))
    session.flush()
    assert (source.reliability, incident.violations[0].version) == (Grade.LOW, version + 1)
    sources.assess(session, source.id, replace(told, violation_ids=()), 2, by=(officer, NOW))
    session.flush()
    assert (incident.violations[0].sources, incident.violations[0].version) == ([], version + 2)
    with pytest.raises(Overtaken):
        sources.assess(session, source.id, told, 2, by=(officer, NOW))


def test_a_source_supports_violations_of_its_own_incident_only(session, officer, incident):
    other = make_incident.incident(session, officer)
    told = replace(TOLD, violation_ids=(other.violations[0].id,))
    with pytest.raises(Invalid, match="violations: choose"):
        sources.add(session, incident.id, new_id(), told, by=(officer, NOW))


def test_the_same_source_sent_twice_is_one(session, officer, incident):
    source_id = new_id()
    for _ in range(2):
        sources.add(session, incident.id, source_id, TOLD, by=(officer, NOW))
    assert len(incident.sources) == 1


@pytest.mark.parametrize("status", sorted(FINAL_STATUSES))
def test_a_decided_violation_is_not_changed(session, officer, incident, status):
    incident.violations[0].status = status
    session.flush()
    with pytest.raises(violations.Decided):
        violations.edit(session, incident.violations[0].id, Facts(), 1, by=(officer, NOW))


def test_a_violation_is_counted(session, officer, incident):
    facts = Facts({"girls": Count(2, is_estimated=True)}, 9, None, ("jnim",), {"child_role": "combatant"})
    violation = violations.edit(session, incident.violations[0].id, facts, 1, by=(officer, NOW))
    assert (violation.boys, violation.girls, violation.is_girls_estimated, violation.age_max) == (0, 2, True, 9)
    assert violation.details == {"child_role": "combatant"}


FACTS = [
    (Facts({"boys": Count(501)}), "boys: out_of_range"),
    (Facts(age_min=15, age_max=12), "age_min: out_of_range"),
    (Facts(parties=("nobody",)), "party: choose"),
    (Facts(details={"child_role": "king"}), "child_role: choose"),
    (Facts(details={"weapon_type": "small_arm"}), "weapon_type: unknown_field"),
    (Facts(details={"released_number": -1}), "released_number: number"),
]


@pytest.mark.parametrize(("facts", "words"), FACTS)
def test_impossible_facts_are_refused(session, officer, incident, facts, words):
    with pytest.raises(Invalid, match=words):
        violations.edit(session, incident.violations[0].id, facts, 1, by=(officer, NOW))


def test_victims_get_codes_and_never_names(session, officer, incident):
    described = Described(VictimKind.INDIVIDUAL, Sex.FEMALE, 12, None, False, 7, True, False, False, "",
                          (incident.violations[0].id,))  # fmt: skip
    for wanted in ("V01", "V02"):
        victim = victims.add(session, incident.id, new_id(), described, by=(officer, NOW))
        assert (victim.code, victim.size, victim.is_size_estimated) == (wanted, 1, False)
    with pytest.raises(Invalid, match="violations"):
        victims.add(session, incident.id, new_id(), replace(described, violation_ids=()), by=(officer, NOW))
    with pytest.raises(Invalid, match="sex"):
        victims.add(session, incident.id, new_id(), replace(described, sex=Sex.MIXED), by=(officer, NOW))


def test_the_registry_of_parties_is_written_once(session):
    assert parties.seed(session) > 20
    assert parties.seed(session) == 0
    assert session.query(Party).filter_by(code="fama").one().category == "armed_force"


def test_only_parties_of_that_day_are_offered(session):
    codes = {party.code for party in parties.valid_on(session, date(2015, 1, 1))}
    assert "cma" in codes
    assert "jnim" not in codes
