from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from gateway.errors import Invalid, NotFound, Overtaken, Refused
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.officer import Officer
from gateway.records.officer_session import OfficerSession
from gateway.trust import accounts, passwords, sessions
from gateway.trust.accounts import Duties, NewOfficer, Reason
from tests.make.officer import officer

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)
ADMINISTRATOR = (Role.ADMINISTRATOR,)


def new(name: str = "rokia.cisse", **given: object) -> NewOfficer:
    values = {"display_name": "Rokia", "roles": (Role.REGIONAL,), "regions": ("ML07",), **given}
    return NewOfficer(name=name, **values)  # type: ignore[arg-type]


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_a_new_officer_gets_a_one_time_password(session: Session) -> None:
    administrator = officer(session, roles=ADMINISTRATOR)
    added, password = accounts.add(session, new(), by=administrator, now=NOW)
    assert passwords.is_right(password, added.password_hash)
    assert (added.must_change_password, added.password_expires_at) == (True, NOW + timedelta(minutes=30))
    assert not added.is_totp_confirmed
    assert (added.roles, added.regions) == (["regional"], ["ML07"])
    assert actions(session) == ["officer.added"]


@pytest.mark.parametrize("name", ["Rokia.Cissé", "ROKIA-CISSE", "rok1a.cisse", "ｒokia.cisse"])
def test_a_name_that_looks_like_another_is_taken(session: Session, name: str) -> None:
    accounts.add(session, new(), by=None, now=NOW)
    with pytest.raises(Invalid, match="taken"):
        accounts.add(session, new(name), by=None, now=NOW)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "admin"}, "name"),
        ({"regions": ("ML99",)}, "regions"),
        ({"display_name": "a\u202eb"}, "display_name"),
        ({"display_name": "x" * 121}, "display_name"),
    ],
)
def test_what_cannot_be_taken_names_its_field(session: Session, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        accounts.add(session, new(**given), by=None, now=NOW)  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_the_first_administrator_is_made_once(session: Session) -> None:
    made = accounts.add_first_administrator(session, now=NOW)
    assert made is not None
    assert made[0].roles == ["administrator"]
    assert accounts.add_first_administrator(session, now=NOW) is None


def test_a_first_administrator_who_was_too_late_gets_another_password(session: Session) -> None:
    made = accounts.add_first_administrator(session, now=NOW)
    assert made is not None
    late = NOW + accounts.ONE_TIME_LASTS
    again = accounts.add_first_administrator(session, now=late)
    assert again is not None
    assert again[0].id == made[0].id
    assert passwords.is_right(again[1], again[0].password_hash)
    assert not passwords.is_right(made[1], again[0].password_hash)
    assert actions(session)[-1] == "officer.password_reset"


@pytest.mark.parametrize("given", [{"is_enrolled": True}, {"must_change_password": False}])
def test_nobody_who_got_in_is_given_another_password_at_the_start(session: Session, given: dict[str, bool]) -> None:
    one = officer(session, roles=ADMINISTRATOR, **{"is_enrolled": False, "must_change_password": True, **given})
    one.password_expires_at = None
    assert accounts.add_first_administrator(session, now=NOW) is None


def test_nor_is_anybody_when_somebody_else_may_help(session: Session) -> None:
    accounts.add_first_administrator(session, now=NOW)
    officer(session, roles=ADMINISTRATOR)
    assert accounts.add_first_administrator(session, now=NOW + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("is_one_time", "ends_in", "is_active", "expected"),
    [
        (False, None, True, True),
        (False, None, False, False),
        (True, 1, True, True),
        (True, 1, False, False),
        (True, 0, True, False),
        (True, None, True, False),
    ],
)
def test_a_one_time_password_opens_the_door_in_its_time_and_once(
    session: Session, is_one_time: bool, ends_in: int | None, is_active: bool, expected: bool
) -> None:
    one = officer(session, must_change_password=is_one_time, is_active=is_active)
    one.password_expires_at = None if ends_in is None else NOW + timedelta(seconds=ends_in)
    assert accounts.opens_the_door(one, now=NOW) is expected


def test_other_duties_sign_the_officer_out(session: Session) -> None:
    administrator, one = officer(session, roles=ADMINISTRATOR), officer(session)
    sessions.begin(session, one, is_pending=False, now=NOW)
    duties = Duties(roles=(Role.FINAL, Role.TECHNICAL), regions=(), version_seen=1)
    changed = accounts.change_duties(session, one.id, duties, by=administrator, now=NOW)
    assert changed.roles == ["final", "technical"]
    assert not session.scalars(select(OfficerSession)).all()
    assert actions(session) == ["officer.changed"]


def test_duties_seen_too_long_ago_are_not_stored(session: Session) -> None:
    administrator, one = officer(session, roles=ADMINISTRATOR), officer(session)
    duties = Duties(roles=(Role.FINAL,), regions=(), version_seen=1)
    accounts.change_duties(session, one.id, duties, by=administrator, now=NOW)
    with pytest.raises(Overtaken):
        accounts.change_duties(session, one.id, duties, by=administrator, now=NOW)


ACTS = [
    lambda s, o, by: accounts.change_duties(
        s, o.id, Duties(roles=(Role.CONDUCT,), regions=(), version_seen=o.version), by=by, now=NOW
    ),
    lambda s, o, by: accounts.disable(s, o.id, reason=Reason.LEFT, by=by, now=NOW),
    lambda s, o, by: accounts.enable(s, o.id, reason=Reason.RETURNED, by=by, now=NOW),
    lambda s, o, by: accounts.reset_second_factor(s, o.id, reason=Reason.LOST_TELEPHONE, by=by, now=NOW),
    lambda s, o, by: accounts.reset_password(s, o.id, reason=Reason.FORGOTTEN_PASSWORD, by=by, now=NOW),
]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_changes_their_own_account_through_the_administration(session: Session, act) -> None:  # type: ignore[no-untyped-def]
    administrator = officer(session, roles=ADMINISTRATOR)
    officer(session, roles=ADMINISTRATOR)
    with pytest.raises(Refused, match="own_account"):
        act(session, administrator, administrator)


@pytest.mark.parametrize("act", ACTS)
def test_somebody_who_is_no_longer_administrator_changes_nobody(session: Session, act) -> None:  # type: ignore[no-untyped-def]
    former = officer(session, roles=(Role.FINAL,))
    with pytest.raises(Refused, match="not_administrator"):
        act(session, officer(session), former)


@pytest.mark.parametrize("act", ACTS)
def test_an_officer_who_does_not_exist_is_not_found(session: Session, act) -> None:  # type: ignore[no-untyped-def]
    nobody = Officer(id="aaaaaaaaaaaaaaaa", version=1)
    with pytest.raises(NotFound):
        act(session, nobody, officer(session, roles=ADMINISTRATOR))


@pytest.mark.parametrize("act", ACTS[:2])
def test_the_last_active_administrator_keeps_the_keys(session: Session, act) -> None:  # type: ignore[no-untyped-def]
    last = officer(session, roles=ADMINISTRATOR)
    officer(session, roles=ADMINISTRATOR, is_active=False)
    with pytest.raises(Refused, match="last_administrator"):
        act(session, last, None)


def test_two_administrators_cannot_close_each_others_account_at_once(database: Engine) -> None:
    with transaction() as session:
        one, other = officer(session, roles=ADMINISTRATOR), officer(session, roles=ADMINISTRATOR)
    start, refused = Barrier(2), []

    def close(whose: Officer, by: Officer) -> None:
        start.wait()
        try:
            with transaction() as session:
                accounts.disable(session, whose.id, reason=Reason.SUSPICION, by=by, now=NOW)
        except Refused as refusal:
            refused.append(str(refusal))

    threads = [Thread(target=close, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading() as session:
        left = [o for o in session.scalars(select(Officer)) if o.is_active]
    assert len(left) == 1
    assert refused in (["not_administrator"], ["last_administrator"])


def test_a_lost_telephone_takes_the_password_with_it(session: Session) -> None:
    administrator, one = officer(session, roles=ADMINISTRATOR), officer(session)
    sessions.begin(session, one, is_pending=False, now=NOW)
    before = one.password_hash
    password = accounts.reset_second_factor(session, one.id, reason=Reason.LOST_TELEPHONE, by=administrator, now=NOW)
    assert (one.totp_seed, one.is_totp_confirmed, one.recovery_hashes) == (None, False, [])
    assert one.password_hash != before
    assert passwords.is_right(password, one.password_hash)
    assert not session.scalars(select(OfficerSession)).all()


def test_a_forgotten_password_leaves_the_telephone(session: Session) -> None:
    administrator, one = officer(session, roles=ADMINISTRATOR), officer(session)
    seed = one.totp_seed
    accounts.reset_password(session, one.id, reason=Reason.FORGOTTEN_PASSWORD, by=administrator, now=NOW)
    assert (one.totp_seed, one.is_totp_confirmed, one.must_change_password) == (seed, True, True)


def test_the_seed_of_the_telephone_is_not_stored_in_the_clear(session: Session) -> None:
    one = officer(session)
    assert one.totp_seed is not None
    assert one.totp_seed_sealed is not None
    assert one.totp_seed.encode() not in one.totp_seed_sealed


def test_the_audit_keeps_the_reason_as_a_code(session: Session) -> None:
    administrator, one = officer(session, roles=ADMINISTRATOR), officer(session)
    accounts.disable(session, one.id, reason=Reason.LEFT, by=administrator, now=NOW)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.detail, entry.officer_id, entry.subject_id) == ({"reason": "left"}, administrator.id, one.id)
