"""The filled database: every kind and every state, made by the real use cases, so that chain and steps are true."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import InstrumentedAttribute

from gateway.casework.office import Office, office
from gateway.casework.verification import is_late
from gateway.cli.demo import fill as filling
from gateway.cli.demo.fill import Wanted
from gateway.records import db, schema
from gateway.records.alert import Alert
from gateway.records.alert_step import AlertStep
from gateway.records.answer import Answer
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, AnswerKind, Grade, Outcome, VictimKind, ViolationType
from gateway.records.correction import Correction
from gateway.records.feedback import Feedback
from gateway.records.incident import Incident
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.project import Project
from gateway.records.reply import Reply
from gateway.records.response import Response
from gateway.records.source import Source
from gateway.records.states import (
    AlertStatus,
    AnswerStatus,
    FeedbackStatus,
    MessageState,
    ReplyState,
    VerificationStatus,
)
from gateway.records.verification_step import VerificationStep
from gateway.records.victim import Victim
from gateway.records.violation import Violation
from gateway.settings import load
from gateway.trust import audit, passwords
from gateway.vault import current
from gateway.vault.keyring import Keyring, make_keyring
from parsers.codebook import gazetteer

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PASSWORD = "une pirogue sous les etoiles"


def _fill(folder: Path, size: int, seed: int = 2026) -> Keyring:
    ring = make_keyring(folder / "keys" / "lakana.keys")
    current.unlock(ring)
    ours: Office = office(load({"LAKANA_HOME": str(folder)}))
    wanted = Wanted(now=NOW, size=size, seed=seed, password=PASSWORD)
    filling.fill(wanted, keys=ring.inbox(), office=ours, progress=lambda _at: None)
    return ring


def _found(column: InstrumentedAttribute[object]) -> set[object]:
    with db.reading() as session:
        return set(session.scalars(select(column).distinct()))


def test_a_small_one_holds_every_kind_and_its_chain_is_whole(database: Engine, tmp_path: Path) -> None:
    try:
        _fill(tmp_path, size=40)
        kinds = {"incident", "project", "alert", "release", "complaint", "network", "unknown"}
        assert kinds <= _found(Message.kind)
        assert set(AlertKind) - {AlertKind.UNPROCESSED} == _found(Alert.kind)
        assert {AlertStatus.NEW, AlertStatus.HANDLED, AlertStatus.IN_INCIDENT} <= _found(Alert.status)
        assert VerificationStatus.VERIFIED in _found(Violation.status)
        _check_chain()
        assert schema.differences(database) == []
    finally:
        current.lock()


def _check_chain() -> None:
    with db.reading() as session:
        assert audit.verify(session) is None
        moments = list(session.scalars(select(AuditEntry.at).order_by(AuditEntry.number)))
    assert moments == sorted(moments)
    assert moments[-1] <= NOW


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The demonstration in full size, once for the tests below; they only read it."""
    folder = tmp_path_factory.mktemp("demo")
    engine = db.connect(f"sqlite:///{folder / 'lakana.sqlite'}")
    schema.upgrade(engine)
    _fill(folder, size=filling.SIZE)
    yield engine
    current.lock()
    db.disconnect()


def test_there_are_at_least_four_hundred_messages_over_eighteen_months(whole: Engine) -> None:
    with db.reading() as session:
        count, first, last = session.execute(
            select(func.count(), func.min(Message.received_at), func.max(Message.received_at))
        ).one()
    assert count >= 400
    assert last - first > timedelta(days=480)
    assert last <= NOW


def test_every_reporting_region_has_alerts(whole: Engine) -> None:
    assert {place.pcode for place in gazetteer.load().regions()} <= _found(Alert.region)


def test_every_state_is_there(whole: Engine) -> None:
    assert {MessageState.DONE, MessageState.DUPLICATE} == _found(Message.state)
    assert set(Outcome) <= _found(Message.outcome)
    assert set(AlertStatus) == _found(Alert.status)
    assert set(VerificationStatus) == _found(Violation.status)
    assert set(ViolationType) == _found(Violation.type)
    assert set(AnswerStatus) == _found(Answer.status)
    assert set(AnswerKind) == _found(Answer.kind)
    assert set(FeedbackStatus) == _found(Feedback.status)
    assert set(VictimKind) == _found(Victim.kind)
    assert {Grade.HIGH, Grade.MEDIUM} <= _found(Source.reliability)
    assert {ReplyState.DELIVERED, ReplyState.SUPPRESSED} == _found(Reply.state)


def test_some_are_verified_late_and_some_were_taken_up_again(whole: Engine) -> None:
    with db.reading() as session:
        pairs = session.execute(select(Violation, Incident).join(Incident, Incident.id == Violation.incident_id)).all()
        late = [is_late(violation, incident) for violation, incident in pairs]
        verified = [violation.status is VerificationStatus.VERIFIED for violation, _ in pairs]
        reopened = session.scalar(
            select(func.count())
            .select_from(VerificationStep)
            .where(VerificationStep.before == VerificationStatus.VERIFIED)
        )
    assert 5 < sum(late) < sum(verified)
    assert reopened


def test_corrections_have_their_reasons_and_moves_their_steps(whole: Engine) -> None:
    with db.reading() as session:
        corrections = session.scalars(select(Correction)).all()
        assert len(corrections) > 5
        assert all(correction.reason for correction in corrections)
        moved = session.scalar(select(func.count()).select_from(Alert).where(Alert.status != AlertStatus.NEW))
        steps = session.scalar(select(func.count(AlertStep.alert_id.distinct())))
    assert moved == steps


def test_some_reports_are_of_nowhere_known_and_some_of_a_second_relay(whole: Engine) -> None:
    assert None in _found(Alert.region)
    with db.reading() as session:
        sources = select(Source.incident_id).where(Source.alert_id.is_not(None))
        counts = session.scalars(select(func.count()).select_from(sources.subquery()).group_by("incident_id"))
        assert max(counts) > 1


def test_some_of_the_latest_are_on_somebodys_desk(whole: Engine) -> None:
    with db.reading() as session:
        taken = session.scalars(select(Alert.status).where(Alert.claimed_until > NOW)).all()
    assert 0 < len(taken) < 20
    assert set(taken) == {AlertStatus.NEW}


def test_every_project_answered_about_is_in_the_registry(whole: Engine) -> None:
    assert _found(Response.project) - {None} <= _found(Project.code)


def test_everybody_can_sign_in_with_the_one_password(whole: Engine) -> None:
    with db.reading() as session:
        officers = session.scalars(select(Officer)).all()
    assert len({officer.password_hash for officer in officers}) == 1
    assert passwords.is_right(PASSWORD, officers[0].password_hash)
    assert all(officer.is_totp_confirmed and not officer.must_change_password for officer in officers)


def test_its_chain_is_whole_and_its_schema_is_ours(whole: Engine) -> None:
    _check_chain()
    assert schema.differences(whole) == []
