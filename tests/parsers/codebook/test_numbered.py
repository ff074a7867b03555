"""Names that end in a number: another number is another place."""

import pytest

from parsers.codebook import numbered
from parsers.codebook.gazetteer import Gazetteer, fold_key
from parsers.codebook.place import COLUMNS


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Commune 5", ("Commune", "5", "v")),
        ("Dougouténé II", ("Dougouténé", "2", "ii")),
        ("Moudiour-2", ("Moudiour", "2", "ii")),
        ("Daba 02", ("Daba", "2", "ii")),
        ("Darsalam XV", ("Darsalam", "15", "xv")),
        ("Gao", None),
        ("Wagadougou XX", None),
        ("Puits 320", None),
        ("Vi", None),
        ("III", None),
    ],
)
def test_the_number_at_the_end_of_a_name(name: str, number: tuple[str, str, str] | None) -> None:
    assert numbered.number_of(name) == number


def gazetteer(*names: str) -> Gazetteer:
    """Communes of these names."""
    blank = dict.fromkeys(COLUMNS, "")
    rows = [blank | {"pcode": f"C{n}", "name": name, "level": "commune"} for n, name in enumerate(names)]
    return Gazetteer([list(row.values()) for row in rows])


@pytest.mark.parametrize("typed", ["Dougouténé I", "DOUGOUTENE 1", "Dougoutene-1", "dougoutene i"])
def test_digits_and_roman_letters_are_the_same_number(typed: str) -> None:
    places = gazetteer("Dougouténé I", "Dougouténé II")
    assert [place.pcode for place in places.exact(fold_key(typed))] == ["C0"]


@pytest.mark.parametrize("typed", ["Dougouténé 3", "Dougouténé III", "Dougouténé", "Dougouténé IV", "Dougoutene 12"])
def test_a_number_is_never_a_slip_of_another(typed: str) -> None:
    places = gazetteer("Dougouténé I", "Dougouténé II")
    assert places.exact(fold_key(typed)) == ()
    assert places.near(fold_key(typed)) == ()


def test_a_slip_in_the_name_is_still_seen_beside_its_number() -> None:
    places = gazetteer("Dougouténé I", "Dougouténé II")
    assert [(place.pcode, edits) for place, edits in places.near("dougoutenne2")] == [("C1", 1)]
