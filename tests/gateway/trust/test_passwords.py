import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import Invalid
from gateway.trust import passwords

GOOD = "quatre baobabs sous la pluie"


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        " leading and trailing blanks ",
        "é" * 3 + " çàù ñ ɔɛŋ 日本",
        "🐫🌵🏜 dunes à perte de vue",
        "x" * 60 + "vwyzk q" * 9,
    ],
)
def test_a_long_password_of_any_kind_is_accepted_and_recognised(password: str) -> None:
    passwords.check(password)
    assert passwords.is_right(password, passwords.hash_of(password))


@pytest.mark.parametrize("length", [14, 129, 0, 1_000_000])
def test_a_password_must_have_15_to_128_characters(length: int) -> None:
    text = ("kwzjvq mfgxhb" * (length // 13 + 1))[:length]
    with pytest.raises(Invalid, match="length"):
        passwords.check(text)


@pytest.mark.parametrize("length", [15, 128])
def test_both_ends_of_the_length_are_accepted(length: int) -> None:
    passwords.check(("kwzjvq mfgxhb" * 10)[:length])


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "MotDePasse-2026!",
        "123456789012345",
        "azertyuiopqsdfghjklm",
        "Bamako2026Bamako",
        "aaaaaaaaaaaaaaaaaa",
        "P a s s w o r d 1 2 3 4 5",
        "qwertyuiop123456",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(Invalid, match="common"):
        passwords.check(password)


@pytest.mark.parametrize("password", ["awa.sangho et la riviere", "la riviere de SANGHÓ coule"])
def test_the_officers_own_name_may_not_be_in_it(password: str) -> None:
    with pytest.raises(Invalid, match="name"):
        passwords.check(password, names=("awa.sangho", "Sangho"))


def test_a_wrong_password_is_refused() -> None:
    assert not passwords.is_right(GOOD + "!", passwords.hash_of(GOOD))


def test_only_the_hash_is_stored_and_it_is_argon2id_with_64_mebibytes() -> None:
    stored = passwords.hash_of(GOOD)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert GOOD not in stored


def test_without_an_account_the_same_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002  argon2 calls it so
            runs.append(str(hash)[:20])
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert not passwords.is_right(GOOD, None)
    assert not passwords.is_right(GOOD, passwords.hash_of("another one that is long"))
    assert len(runs) == 2


def test_an_oversized_password_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Never(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            raise AssertionError("hashed")

    monkeypatch.setattr(passwords, "_hasher", Never())
    assert not passwords.is_right("x" * 1_000_000, None)


def test_nothing_is_cut_off_before_the_hash() -> None:
    long = "kwzjvq mfgxhb" * 9
    assert not passwords.is_right(long[:-1], passwords.hash_of(long))


def test_the_same_letter_from_two_keyboards_is_the_same_password() -> None:
    assert passwords.is_right("cafe\u0301 noir sans sucre", passwords.hash_of("caf\u00e9 noir sans sucre"))


def test_a_hash_with_weaker_parameters_is_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192).hash(GOOD)
    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords.hash_of(GOOD))


def test_a_damaged_hash_lets_nobody_in() -> None:
    assert not passwords.is_right(GOOD, "not a hash")


def test_one_time_passwords_pass_the_check_and_differ() -> None:
    drawn = {passwords.one_time() for _ in range(50)}
    assert len(drawn) == 50
    for password in drawn:
        passwords.check(password)


@given(st.text(max_size=200))
def test_any_text_is_judged_without_an_exception_of_another_kind(text: str) -> None:
    try:
        passwords.check(text)
    except Invalid as refusal:
        assert refusal.reason in ("length", "name", "common")  # noqa: PT017  both ends are right
