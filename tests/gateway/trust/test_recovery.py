from sqlalchemy import Engine

from gateway.records.db import transaction
from gateway.trust import recovery
from tests.make.officer import officer


def test_ten_codes_of_80_bits_are_made_and_only_their_hashes_kept(sqlite_database: Engine) -> None:
    with transaction() as session:
        one = officer(session)
        codes = recovery.renew(one)
    assert len(set(codes)) == 10
    assert all(len(code.replace("-", "")) == 16 for code in codes)
    assert not set(one.recovery_hashes) & set(codes)
    assert all(len(known) == 64 for known in one.recovery_hashes)


def test_a_code_works_once_however_it_is_typed(sqlite_database: Engine) -> None:
    with transaction() as session:
        one = officer(session)
        first, second, *_ = recovery.renew(one)
        assert recovery.spend(one, f" {first.upper().replace('-', ' ')} ")
        assert not recovery.spend(one, first)
        assert recovery.spend(one, second.replace("-", ""))
        assert len(one.recovery_hashes) == 8


def test_the_code_of_somebody_else_does_not_work(sqlite_database: Engine) -> None:
    with transaction() as session:
        one, other = officer(session), officer(session)
        codes = recovery.renew(one)
        other.recovery_hashes = list(one.recovery_hashes)
        assert not recovery.spend(other, codes[0])


def test_old_codes_are_worth_nothing_after_new_ones_were_made(sqlite_database: Engine) -> None:
    with transaction() as session:
        one = officer(session)
        old = recovery.renew(one)
        recovery.renew(one)
        assert not any(recovery.spend(one, code) for code in old)


def test_anything_else_is_refused(sqlite_database: Engine) -> None:
    with transaction() as session:
        one = officer(session)
        recovery.renew(one)
        for typed in ("", "0" * 16, "x" * 1_000_000, "\x00" * 16, "é" * 16):
            assert not recovery.spend(one, typed)
