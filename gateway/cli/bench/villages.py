"""Nineteen thousand invented villages in the communes of the built-in list: always the same ones."""

from collections.abc import Iterator
from random import Random

from parsers.codebook import gazetteer
from parsers.codebook.place import LEVEL, Row, as_place, read_rows

COUNT = 19_000
BEGIN = (
    "Ba Ban Bo Bou Dan De Dia Dio Djan Dou Fa Fou Ga Gan Go Gou Ka Kan Ke Ko Kou Kour La Ma Man Mi Mou N'Go Na Nia "
    "Nion Oua Ouo Sa San Se Si So Sou Sin Ta Tan Ti Tie To Tou Tin Ya Yo Za Zan Hom In Tag Bel Ber Has Tem"
)
MIDDLE = (
    "ba bi bo bou da de di dia do dou fa fou ga go gou ka ke ki ko kou la le li lo ma mi mo na ne ni nia no ra re ri "
    "ro rou sa se si so sou ta te ti to ya ye yo za zou la ra na ma ko"
)
END = "bougou dougou bala bani coro koro kourou la ma na ra go gou ni ya re wal kan ta so dara ga be de mé ré ana i"
SECOND = "Bambara Peulh Bozo Marka Maure Coura Koro Sarakole Dogon Kan Ba Fitini Djerma Wéré Ouro Tessi Gourou"
NUMBERS = ("I", "II", "III", "1", "2")
MIDDLES, TWO_WORDS, NUMBERED, NAMESAKES = (0, 1, 1, 1, 2, 2), 0.24, 0.02, 0.07


def rows(count: int = COUNT) -> list[Row]:
    """The built-in places with so many invented villages."""
    built_in = list(read_rows(gazetteer.BUILT_IN))
    return [*built_in, *_villages(built_in, count)]


def _villages(built_in: list[Row], count: int) -> Iterator[Row]:
    random = Random(19_000)  # noqa: S311  invented names, no secrets
    communes = [as_place(row) for row in built_in if row[LEVEL] == "commune"]
    for number in range(count):
        commune = random.choice(communes)
        name = random.choice(communes).name if random.random() < NAMESAKES else _name(random)
        point = ("", "") if commune.latitude is None else (str(commune.latitude), str(commune.longitude))
        region = commune.region or ""
        yield [f"V{number:06}", name, "village", commune.pcode, "", region, "", *point, "", "", "2015"]


def _name(random: Random) -> str:
    name = _one_of(BEGIN, random) + "".join(_one_of(MIDDLE, random) for _ in range(random.choice(MIDDLES)))
    name += _one_of(END, random)
    chance = random.random()
    if chance < TWO_WORDS:
        return f"{name}{random.choice(' -')}{_one_of(SECOND, random)}"
    return f"{name} {random.choice(NUMBERS)}" if chance < TWO_WORDS + NUMBERED else name


def _one_of(words: str, random: Random) -> str:
    return random.choice(words.split())
