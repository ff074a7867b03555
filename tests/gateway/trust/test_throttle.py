from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from gateway.records import db
from gateway.records.db import transaction
from gateway.records.sign_in_attempt import SignInAttempt
from gateway.trust import throttle
from gateway.trust.throttle import RULES, Subject, network_of, subjects

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)


def try_once(counted: tuple[Subject, ...], at: datetime) -> bool:
    with transaction() as session:
        return throttle.admit(session, counted, now=at)


def fail(counted: tuple[Subject, ...], times: int) -> datetime:
    """So many failures, each as soon as it is let through; returns the moment of the last."""
    at = NOW
    for failures in range(times):
        at += RULES[counted[0].kind].wait_after(failures)
        assert try_once(counted, at)
    return at


def of(account: str = "awa", address: str = "192.0.2.7", device: str | None = None) -> tuple[Subject, ...]:
    return subjects(account=account, address=address, device=device)


def test_the_first_failures_cost_no_time(database: Engine) -> None:
    assert [try_once(of(), NOW) for _ in range(6)] == [True] * 5 + [False]


@pytest.mark.parametrize(("failures", "wait"), [(5, 1), (6, 2), (9, 16), (14, 512), (15, 900), (18, 900)])
def test_the_wait_doubles_with_each_failure_and_has_an_end(database: Engine, failures: int, wait: int) -> None:
    last = fail(of(), failures)
    assert not try_once(of(), last + timedelta(seconds=wait - 1))
    assert try_once(of(), last + timedelta(seconds=wait))


def test_it_delays_and_never_locks(database: Engine) -> None:
    last = fail(of(), 20)
    assert try_once(of(), last + RULES["account"].longest)


def test_attempts_that_were_not_let_through_do_not_lengthen_the_wait(database: Engine) -> None:
    last = fail(of(), 8)
    assert not any(try_once(of(), last + timedelta(seconds=1)) for _ in range(10))
    assert try_once(of(), last + timedelta(seconds=8))


def test_a_restart_forgives_nobody(database: Engine) -> None:
    fail(of(), 5)
    db.connect(database.url.render_as_string(hide_password=False))
    assert not try_once(of(), NOW)


def test_another_account_from_elsewhere_is_not_slowed(database: Engine) -> None:
    fail(of(), 12)
    assert try_once(of("issa", "198.51.100.9"), NOW)


def test_many_names_from_one_neighbourhood_are_slowed(database: Engine) -> None:
    admitted = [try_once(of(f"name{n}", f"192.0.2.{n}"), NOW) for n in range(40)]
    assert sum(admitted) == RULES["address"].free


def test_a_flood_from_everywhere_is_slowed_for_a_few_seconds_only(database: Engine) -> None:
    everybody = of()[2]
    with transaction() as session:
        session.add_all(SignInAttempt(subject=everybody.mark, at=NOW) for _ in range(RULES["everybody"].free))
    assert not try_once(of("somebody", "203.0.113.1"), NOW)
    assert try_once(of("somebody", "203.0.113.1"), NOW + RULES["everybody"].longest)


def test_a_known_device_is_not_kept_out_by_a_flood(database: Engine) -> None:
    fail(of(), 12)
    assert try_once(of(device="d1"), NOW)


def test_a_known_device_is_slowed_by_its_own_failures(database: Engine) -> None:
    fail(of(device="d1"), 5)
    assert not try_once(of(device="d1"), NOW)
    assert try_once(of(device="d2"), NOW)


def test_a_success_forgives_the_account_but_not_the_neighbourhood(database: Engine) -> None:
    fail(of(), 5)
    with transaction() as session:
        throttle.forgive(session, of())
    assert try_once(of(), NOW)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 5 * 2 + 3


def test_what_was_no_guess_is_taken_back(database: Engine) -> None:
    for minute in range(8):
        at = NOW + timedelta(minutes=minute)
        assert try_once(of(), at)
        with transaction() as session:
            throttle.uncount(session, of(), now=at)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_failures_are_forgotten_after_a_day(database: Engine) -> None:
    fail(of(), 12)
    later = NOW + throttle.REMEMBERED_FOR + timedelta(minutes=20)
    assert try_once(of(), later)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 3


def test_neither_names_nor_addresses_are_stored(database: Engine) -> None:
    try_once(of("awa", "192.0.2.7"), NOW)
    with transaction() as session:
        for mark in session.scalars(select(SignInAttempt.subject)):
            assert len(mark) == 32
            assert b"awa" not in mark


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("::ffff:192.0.2.9", "192.0.2.0/24"),
        ("2001:db8:1:2::5", "2001:db8:1::/48"),
        ("", "unknown"),
        ("evil\x00", "unknown"),
    ],
)
def test_neighbours_count_together(address: str, network: str) -> None:
    assert network_of(address) == network
