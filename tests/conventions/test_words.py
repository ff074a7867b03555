"""What no file of the project may hold: things left for later, numbers of people, names of machines."""

import re

from tests.conventions import tree

ITSELF = "tests/conventions/test_words.py"
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
INTERNATIONAL = re.compile(r"\+\d(?:[ .-]?\d){7,14}")
MALIAN = re.compile(r"(?<!\d)(?:00)?223(?:[ .-]?\d\d){4}(?!\d)")
PLACES_OF_A_MACHINE = re.compile(r"(?<![\w.~])/(?:home|root|work|Users|opt|mnt|srv)/\w+")
HOSTS_OF_PACKAGES = re.compile(r"pypi\.org|pythonhosted|index-url|npmjs|deb\.debian\.org|find-links", re.IGNORECASE)

# Numbers nobody has: +223 70 00 xx xx is set aside for this project's samples; no Malian number begins with 00;
# the others are Twilio's own test numbers and the range that America keeps for fiction.
INVENTED = ("+2237000", "+22300", "+1500555", "+1555")
# Words that providers spell in digits (ANONYMOUS, RESTRICTED, UNAVAILABLE); add published help lines with a name here.
NOBODYS = {"+266696687", "+7378742833", "+86282452253"}


def _found(pattern, *, where=lambda name: True):
    return [
        f"{name}: {match.group()}"
        for name, text in tree.texts()
        if name != ITSELF and where(name)
        for match in pattern.finditer(text)
    ]


def test_nothing_is_left_for_later():
    assert _found(LATER) == []


def test_no_number_could_be_somebodys():
    somebodys = []
    for name, text in tree.texts():
        for match in [*INTERNATIONAL.finditer(text), *MALIAN.finditer(text)]:
            number = "+" + re.sub(r"\D", "", match.group()).removeprefix("00")
            if not number.startswith(INVENTED) and number not in NOBODYS:
                somebodys.append(f"{name}: {match.group()}")
    assert [line for line in somebodys if not line.startswith((ITSELF, "requirements/"))] == []


def test_no_file_knows_the_machine_it_was_written_on():
    assert _found(PLACES_OF_A_MACHINE) == []


def test_no_file_names_where_packages_come_from():
    tools = ("scripts/lock",)  # keeps such names out of the lock
    assert _found(HOSTS_OF_PACKAGES, where=lambda name: name not in tools) == []
