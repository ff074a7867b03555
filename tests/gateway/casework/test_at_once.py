"""Two officers in the same second, each in a transaction of their own: one does it, the other is told so."""

import threading

import pytest

from gateway.casework import alerts, verification
from gateway.casework.verification import Decision
from gateway.errors import LakanaError
from gateway.records.codes import Level, Role
from gateway.records.db import reading, transaction
from gateway.records.states import VerificationStatus as V
from gateway.records.verification_step import VerificationStep
from tests.make import alert as make_alert
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make.alert import NOW


@pytest.fixture
def officers(database, open_vault):
    with transaction() as session:
        return [make_officer.officer(session, roles=(Role.FOCAL_POINT,)) for _ in range(2)]


def together(officers, act):
    """Both act as nearly at once as threads can; what each got, or the code of the refusal."""
    start, outcomes = threading.Barrier(2), []

    def work(officer):
        start.wait(timeout=20)
        try:
            with transaction() as session:
                act(session, officer)
            outcomes.append("done")
        except LakanaError as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=work, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def test_one_of_two_takes_an_alert(officers):
    with transaction() as session:
        alert = make_alert.alert(session)
    outcomes = together(officers, lambda session, officer: alerts.claim(session, alert.id, officer=officer, now=NOW))
    assert outcomes == ["claimed_by_other", "done"]


def test_one_of_two_decides(officers):
    with transaction() as session:
        incident = make_incident.incident(session, officers[0])
        make_incident.source(session, incident, recorded_by=officers[0])
        violation = incident.violations[0]
    decision = Decision(Level.FOCAL_POINT, V.FOCAL_POINT_ASSESSED, NOW.date(), "", "", 1)

    def decide(session, officer):
        verification.decide(session, violation.id, decision, officer=officer, now=NOW)

    assert together(officers, decide) == ["done", "overtaken"]
    with reading() as session:
        assert session.query(VerificationStep).count() == 1
