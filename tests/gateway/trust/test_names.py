import pytest

from gateway.errors import Invalid
from gateway.trust import names


@pytest.mark.parametrize("name", ["awa.sangho", "Issa-Koné", "mariam_2", "rokia"])
def test_plain_names_are_kept_as_typed(name: str) -> None:
    assert names.checked(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "ab",
        "1rokia",
        "rokia cisse",
        "rok\u0456a",  # a Cyrillic letter that looks like i
        "rokia\u200b",
        "rokia\x00",
        "ロキア",
        "rokia🙂",
        "r" * 33,
        "",
    ],
)
def test_names_that_could_deceive_are_refused(name: str) -> None:
    with pytest.raises(Invalid, match="letters"):
        names.checked(name)


@pytest.mark.parametrize(
    "name", ["admin", "ADMIN", "Àdmin", "adm1n", "a.d.m.i.n", "root", "r00t", "Lakana", "ａｄｍｉｎ"]
)
def test_reserved_names_are_refused_in_every_disguise(name: str) -> None:
    with pytest.raises(Invalid, match="reserved"):
        names.checked(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rokia", "rokia"),
        ("rokia", "Rokïa"),
        ("rokia", "ｒokia"),
        ("a.toure", "a-toure"),
        ("ali1", "alil"),
        ("moro", "m0r0"),
    ],
)
def test_names_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert names.key_of(one) == names.key_of(other)


def test_different_names_stay_different() -> None:
    assert len({names.key_of(name) for name in ("awa", "awa2", "eva", "ava", "rokia", "rakia")}) == 6


@pytest.mark.parametrize("name", ["rokia\x00", "\u202erokia", "x" * 100_000])
def test_what_nobody_can_be_called_has_a_key_all_the_same(name: str) -> None:
    assert len(names.key_of(name)) <= 64
    assert "\x00" not in names.key_of(name)
