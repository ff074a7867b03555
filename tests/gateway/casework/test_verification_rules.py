"""The tables of verification: evidence, reasons, jumps and lateness, where the kind of database makes no difference."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.casework import evidence, verification
from gateway.errors import IllegalMove, Invalid
from gateway.records.codes import Grade, Level, SourceCategory
from gateway.records.states import FINAL_STATUSES
from gateway.records.states import VerificationStatus as V
from tests.make import alert as make_alert
from tests.make import incident as make
from tests.make import officer as make_officer
from tests.make.verification import LEVELS, STEPS, decide, decision, walk


@pytest.fixture
def database(sqlite_database):
    return sqlite_database


EVIDENCE = [
    ("nobody", [], False),
    ("one unassessed witness", [(SourceCategory.PRIMARY_WITNESS, Grade.UNASSESSED, Grade.UNASSESSED)], False),
    ("a witness of low reliability", [(SourceCategory.PRIMARY_WITNESS, Grade.LOW, Grade.HIGH)], False),
    ("a witness who is not credible", [(SourceCategory.PRIMARY_WITNESS, Grade.HIGH, Grade.LOW)], False),
    ("a witness half assessed", [(SourceCategory.PRIMARY_WITNESS, Grade.HIGH, Grade.UNASSESSED)], False),
    ("one trusted witness", [(SourceCategory.PRIMARY_WITNESS, Grade.MEDIUM, Grade.MEDIUM)], True),
    ("one trusted perpetrator", [(SourceCategory.PRIMARY_PERPETRATOR, Grade.HIGH, Grade.MEDIUM)], True),
    ("one trusted hearsay", [(SourceCategory.SECONDARY, Grade.HIGH, Grade.HIGH)], False),
    ("two trusted hearsays", [(SourceCategory.SECONDARY, Grade.HIGH, Grade.MEDIUM)] * 2, True),
    ("one hearsay of two is low", [(SourceCategory.SECONDARY, Grade.HIGH, Grade.HIGH),
                                  (SourceCategory.SECONDARY, Grade.HIGH, Grade.LOW)], False),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "is_enough"), [row[1:] for row in EVIDENCE], ids=[row[0] for row in EVIDENCE])
def test_a_step_forward_rests_on_evidence(session, focal, second, sources, is_enough):
    made = make.incident(session, focal)
    for category, reliability, credibility in sources:
        make.source(session, made, recorded_by=second, category=category, reliability=reliability,
                    credibility=credibility)  # fmt: skip
    if is_enough:
        decide(session, made.violations[0], focal, *STEPS[0])
    else:
        with pytest.raises(evidence.EvidenceThin):
            decide(session, made.violations[0], focal, *STEPS[0])


def test_two_reports_of_one_message_are_one_voice(session, focal, second):
    made = make.incident(session, focal)
    told = [make_alert.alert(session) for _ in range(2)]
    trusted = {"category": SourceCategory.SECONDARY, "reliability": Grade.HIGH, "credibility": Grade.HIGH}
    sources = [make.source(session, made, recorded_by=second, **trusted) for _ in told]
    for source, alert in zip(sources, told, strict=True):
        source.alert = alert
    assert evidence.is_enough(sources)
    told[1].message_id, told[1].part = told[0].message_id, 2
    assert not evidence.is_enough(sources)


NEED_REASON = [
    (0, Level.FOCAL_POINT, V.NOT_MRM),
    (1, Level.TECHNICAL, V.PENDING),
    (2, Level.FINAL, V.FOCAL_POINT_ASSESSED),
    (2, Level.FINAL, V.NOT_VERIFIED),
    (2, Level.FINAL, V.DID_NOT_OCCUR),
    (2, Level.FINAL, V.NOT_MRM),
    (3, Level.FINAL, V.PENDING),
]


@pytest.mark.parametrize(("done", "level", "status"), NEED_REASON)
@pytest.mark.parametrize("blank", ["", "  \n ", "\u200b"])
def test_these_steps_say_why(session, case, focal, second, done, level, status, blank):
    violation = case.violations[0]
    walk(session, violation, [focal, second, second][:done])
    officer = focal if level is Level.FOCAL_POINT else second
    with pytest.raises(Invalid, match="reason: missing"):
        decide(session, violation, officer, level, status, reason=blank)
    step = decide(session, violation, officer, level, status, reason="Parce que")
    assert step.reason == "Parce que"
    assert (violation.verified_on is not None) is (status in FINAL_STATUSES)


JUMPS = [
    (0, Level.TECHNICAL, V.TECHNICAL_AGREED),
    (0, Level.FINAL, V.VERIFIED),
    (0, Level.FOCAL_POINT, V.VERIFIED),
    (1, Level.FINAL, V.VERIFIED),
    (1, Level.FINAL, V.NOT_VERIFIED),
    (3, Level.FINAL, V.NOT_VERIFIED),
    (3, Level.TECHNICAL, V.PENDING),
]


@pytest.mark.parametrize(("done", "level", "status"), JUMPS)
def test_no_level_is_jumped_over(session, case, focal, second, done, level, status):
    violation = case.violations[0]
    walk(session, violation, [focal, second, second][:done])
    third = make_officer.officer(session, roles=LEVELS)
    with pytest.raises(IllegalMove):
        decide(session, violation, third, level, status, reason="Vite")


LATE = [
    (date(2026, 9, 30), None, date(2026, 9, 30), False),
    (date(2026, 9, 30), None, date(2026, 10, 1), True),
    (date(2026, 7, 1), None, date(2026, 9, 30), False),
    (date(2026, 6, 30), date(2026, 7, 2), date(2026, 9, 30), False),
    (date(2025, 12, 31), None, date(2026, 1, 1), True),
    (None, None, date(2026, 1, 1), False),
]


@pytest.mark.parametrize(("first", "last", "verified_on", "is_late"), LATE)
def test_late_is_after_the_quarter_in_which_it_ended(session, focal, first, last, verified_on, is_late):
    made = make.incident(session, focal, happened_from=first, happened_to=last)
    violation = made.violations[0]
    violation.status, violation.verified_on = V.VERIFIED, verified_on
    assert verification.is_late(violation, made) is is_late
    violation.status = V.NOT_VERIFIED
    assert not verification.is_late(violation, made)


def test_a_decision_is_frozen():
    with pytest.raises(AttributeError):
        decision().status = V.VERIFIED
    assert replace(decision(), note="x").note == "x"
