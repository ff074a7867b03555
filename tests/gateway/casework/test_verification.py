"""One decision on one violation: every rule that stands between a report and a published number."""

from datetime import date, timedelta

import pytest

from gateway.casework import evidence, verification
from gateway.errors import Invalid, NotFound, Overtaken
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Grade, Level, SourceCategory
from gateway.records.states import IncidentStatus
from gateway.records.states import VerificationStatus as V
from gateway.records.verification_step import VerificationStep
from gateway.trust import deciding
from tests.make import incident as make
from tests.make import officer as make_officer
from tests.make.alert import NOW
from tests.make.verification import LEVELS, STEPS, decide, walk


def test_two_officers_take_a_violation_to_verified(session, case, focal, second):
    violation = case.violations[0]
    walk(session, violation, [focal, second, second])
    assert (violation.status, violation.verified_on) == (V.VERIFIED, NOW.date())
    assert [step.officer_id for step in violation.steps] == [focal.id, second.id, second.id]


def test_every_step_keeps_the_evidence_as_it_stood(session, case, focal):
    step = decide(session, case.violations[0], focal, *STEPS[0])
    case.sources[0].reliability = Grade.LOW
    assert step.evidence["trusted_primary"] == 1
    assert step.evidence["sources"][0] == {"id": case.sources[0].id, "reliability": "high", "credibility": "medium"}


def test_every_step_is_audited_without_its_words(session, case, focal):
    decide(session, case.violations[0], focal, *STEPS[0], note="Le chef du village")
    entry = session.query(AuditEntry).filter_by(action="violation.decided").one()
    assert entry.detail["to"] == "focal_point_assessed"
    assert "village" not in str(entry.detail)


@pytest.mark.parametrize("at", [1, 2])
def test_who_took_the_first_decision_takes_no_other(session, case, focal, second, at):
    violation = case.violations[0]
    walk(session, violation, [focal, second][:at])
    with pytest.raises(deciding.SamePerson):
        decide(session, violation, focal, *STEPS[at])
    assert len(violation.steps) == at


def test_after_reopening_everybody_may_begin_anew(session, case, focal, second):
    violation = case.violations[0]
    walk(session, violation, [focal, second, second])
    decide(session, violation, second, Level.FINAL, V.PENDING, reason="Un nouveau témoin")
    walk(session, violation, [second, focal, focal])
    assert violation.status is V.VERIFIED


def test_a_step_back_does_not_make_the_first_officer_the_second_person(session, case, focal, second):
    violation = case.violations[0]
    walk(session, violation, [focal])
    decide(session, violation, second, Level.TECHNICAL, V.PENDING, reason="Trop peu")
    walk(session, violation, [second])
    with pytest.raises(deciding.SamePerson):
        decide(session, violation, focal, *STEPS[1])


@pytest.mark.parametrize(("level", "role"), list(zip(Level, LEVELS, strict=True)))
def test_each_level_asks_for_its_own_role(session, case, level, role):
    other = make_officer.officer(session, roles=tuple(each for each in LEVELS if each is not role))
    with pytest.raises(deciding.WrongRole):
        decide(session, case.violations[0], other, level, V.FOCAL_POINT_ASSESSED)


def test_an_incident_of_another_region_is_not_there(session, case):
    elsewhere = make_officer.officer(session, roles=LEVELS, regions=("ML01",))
    with pytest.raises(NotFound):
        decide(session, case.violations[0], elsewhere, *STEPS[0])


def test_nobody_verifies_what_they_typed_in_themselves(session, focal, second):
    made = make.incident(session, focal, is_manual=True)
    make.source(session, made, recorded_by=second)
    with pytest.raises(deciding.OwnReport):
        decide(session, made.violations[0], focal, *STEPS[0])
    decide(session, made.violations[0], second, *STEPS[0])


def test_nobody_verifies_on_their_own_word_alone(session, focal, second):
    made = make.incident(session, second)
    make.source(session, made, recorded_by=focal, category=SourceCategory.PRIMARY_WITNESS)
    with pytest.raises(deciding.OwnReport):
        decide(session, made.violations[0], focal, *STEPS[0])
    decide(session, made.violations[0], second, *STEPS[0])


@pytest.mark.parametrize("status", [IncidentStatus.CLOSED, IncidentStatus.DUPLICATE])
def test_nothing_is_decided_on_an_incident_that_is_not_open(session, case, focal, status):
    case.status = status
    with pytest.raises(deciding.IncidentNotOpen):
        decide(session, case.violations[0], focal, *STEPS[0])


@pytest.mark.parametrize("done", [1, 2])
def test_evidence_that_was_withdrawn_stops_the_later_levels_too(session, case, focal, second, done):
    violation = case.violations[0]
    walk(session, violation, [focal, second][:done])
    case.sources[0].credibility = Grade.LOW
    with pytest.raises(evidence.EvidenceThin):
        decide(session, violation, second, *STEPS[done])


def test_what_somebody_else_changed_meanwhile_is_not_decided_on(session, case, focal):
    violation = case.violations[0]
    violation.version = 5
    session.flush()
    with pytest.raises(Overtaken):
        decide(session, violation, focal, *STEPS[0], version_seen=4)
    assert violation.steps == []


def test_the_same_decision_sent_twice_is_one(session, case, focal):
    violation = case.violations[0]
    first = decide(session, violation, focal, *STEPS[0], version_seen=1)
    assert decide(session, violation, focal, *STEPS[0], version_seen=1).id == first.id
    assert session.query(VerificationStep).count() == 1


@pytest.mark.parametrize(
    ("day", "why"),
    [(NOW.date() + timedelta(days=1), "in_future"), (date(2026, 11, 13), "before_incident")],
)
def test_a_decision_has_a_possible_date(session, case, focal, day, why):
    with pytest.raises(Invalid, match=why):
        decide(session, case.violations[0], focal, *STEPS[0], decided_on=day)


def test_an_officer_is_told_why_a_move_is_not_theirs(session, case, focal):
    violation = case.violations[0]
    walk(session, violation, [focal])
    choices = {choice.status: choice for choice in verification.choices(focal, violation, case)}
    assert set(choices) == {V.TECHNICAL_AGREED, V.PENDING}
    assert {choice.refused.code for choice in choices.values()} == {"same_person"}
