from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from gateway.trust import totp

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 14, 9, 30, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


def code(step: int) -> str:
    return pyotp.TOTP(SEED).generate_otp(step)


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_a_telephone_may_be_one_step_off(offset: int) -> None:
    assert totp.accepted_step(SEED, code(STEP + offset), after=0, now=NOW) == STEP + offset


@pytest.mark.parametrize("offset", [-2, 2, -20])
def test_more_than_one_step_off_is_refused(offset: int) -> None:
    assert totp.accepted_step(SEED, code(STEP + offset), after=0, now=NOW) is None


def test_a_code_works_once() -> None:
    assert totp.accepted_step(SEED, code(STEP), after=STEP, now=NOW) is None


def test_an_older_code_does_not_work_after_a_newer_one() -> None:
    """The replay A, B, A: A is still within its time, and refused all the same."""
    assert totp.accepted_step(SEED, code(STEP - 1), after=STEP, now=NOW) is None


def test_a_later_code_works_again() -> None:
    later = NOW + timedelta(seconds=30)
    assert totp.accepted_step(SEED, code(STEP + 1), after=STEP, now=later) == STEP + 1


@pytest.mark.parametrize("shape", ["{0} ", " {0}", "{1} {2}", "{1}\u202f{2}", "{1}-{2}"])
def test_blanks_are_taken_out(shape: str) -> None:
    right = code(STEP)
    assert totp.accepted_step(SEED, shape.format(right, right[:3], right[3:]), after=0, now=NOW) == STEP


@pytest.mark.parametrize("make", [lambda c: c + "0", lambda c: c[:5], lambda c: "", lambda c: "x" * 1_000_000])
def test_anything_but_six_digits_is_refused(make: object) -> None:
    assert totp.accepted_step(SEED, make(code(STEP)), after=0, now=NOW) is None  # type: ignore[operator]


def test_full_width_and_arabic_digits_are_refused() -> None:
    for zero in (0xFF10, 0x0660):
        typed = "".join(chr(zero + int(digit)) for digit in code(STEP))
        assert totp.accepted_step(SEED, typed, after=0, now=NOW) is None


def test_the_address_names_the_officer_and_the_house() -> None:
    assert totp.address(SEED, "awa.sangho") == f"otpauth://totp/Lakana:awa.sangho?secret={SEED}&issuer=Lakana"
