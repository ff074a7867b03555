"""Nineteen thousand villages: named well they are read, and whatever is in doubt is asked for."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gateway.casework.placelist import writing
from gateway.cli.bench import villages
from parsers.codebook import gazetteer, reader
from parsers.codebook.book import Codebook
from parsers.codebook.gazetteer import Gazetteer
from parsers.codebook.place import Row, as_place, read_rows
from parsers.message import read_message
from parsers.result import Parsed, ReporterContext
from tests.make import village_texts

TODAY = date(2026, 11, 20)
MOST_SILENT, LEAST_RIGHT = 0.5, 80.0  # in per cent
EACH, SEED = 60, 20_261_120
WORST_SECONDS = 0.2  # for a text that is all names nearly right; a quiet machine needs a tenth
# Villages beside the built-in places: homonyms, ordinary words, codes, numbers.
OWN = (
    ("T1", "Tassiga", "ML070204"),
    ("T2", "Tassiga", "ML050701"),
    ("B1", "Bouram", "ML070203"),
    ("M1", "Moussa", "ML070203"),
    ("D1", "De La", "ML070203"),
    ("H1", "Fatou Berger", "ML050701"),
    ("K1", "Kidi", "ML070203"),
    ("Z1", "Zamaléla", "ML050701"),
    ("N1", "Daba", "ML050701"),
    ("N2", "Daba 2", "ML050701"),
    ("G1", "Gao", "ML050701"),
    ("X1", "Tin-Aouker Nord", "ML070203"),
    ("P1", "N'Gorodia", "ML050701"),
)


def book_with(rows: list[Row]) -> Codebook:
    """The codebook with other places."""
    book = reader.load()
    return Codebook(
        book.keywords,
        book.forms,
        book.values,
        ordinary_in=book.ordinary_in,
        between=book.between,
        network=book.network,
        polite=book.polite,
        places=Gazetteer(rows),
        languages=book.languages,
    )


@pytest.fixture(scope="module")
def many() -> Codebook:
    return book_with(villages.rows())


@pytest.fixture(scope="module")
def few() -> Codebook:
    rows = [[code, name, "village", commune, "", "ML07", "", "", "", "", "", "2015"] for code, name, commune in OWN]
    return book_with([*read_rows(gazetteer.BUILT_IN), *rows])


def read(book: Codebook, text: str, area: str | None = None) -> Parsed:
    """The text as a reporter of French Mali sends it."""
    return read_message(text, today=TODAY, reporter=ReporterContext(language="fr", area=area), book=book)


def place_of(parsed: Parsed) -> str | None:
    """The code of the place that was read."""
    fields = parsed.as_dict()["fields"]
    place = fields.get("place") if isinstance(fields, dict) else None
    return place["pcode"] if place else None


def outcomes(book: Codebook, seed: int) -> Iterator[tuple[str, str, str]]:
    """Each text with its way of naming a village and what came of it."""
    for made in village_texts.texts(book.places, seed, EACH):
        parsed = read(book, made.text, made.area)
        if parsed.state == "complete":
            yield made.way, "right" if place_of(parsed) == made.right else "silent", made.text
        else:
            yield made.way, "right" if made.right is None else "flagged", made.text


def test_villages_are_read_right_or_asked_for_and_hardly_ever_wrong_in_silence(many: Codebook) -> None:
    scores = list(outcomes(many, SEED))
    total = Counter(outcome for _, outcome, _ in scores)
    ways = {way: dict(Counter(outcome for each, outcome, _ in scores if each == way)) for way in village_texts.WAYS}
    silent = [text for _, outcome, text in scores if outcome == "silent"]
    assert 100 * total["silent"] / total.total() <= MOST_SILENT, (silent, ways)
    assert 100 * total["right"] / total.total() >= LEAST_RIGHT, ways
    for way in ("alone", "labelled", "with its parent", "in the reporter's area", "numbered"):
        assert ways[way].get("right", 0) >= 0.9 * EACH, (way, ways[way])


@pytest.mark.parametrize(
    ("said", "area", "code"),
    [
        ("Tassiga", None, None),
        ("Tassiga", "ML07", "T1"),
        ("Tassiga", "ML05", "T2"),
        ("Tassiga", "ML01", None),
        ("Tassiga, Ansongo", None, "T1"),
        ("Ansongo/Tassiga", None, "T1"),
        ("Tassiga (Koro)", None, "T2"),
        ("village de Tassiga cercle de Koro", None, "T2"),
        ("village de Tassiga", None, None),
        ("Tasiga, Ansongo", None, "T1"),
        ("Tasiga", None, None),
        ("Gao", None, "ML07"),
        ("village de Gao", None, "G1"),
        ("Gao, Koro", None, "G1"),
        ("Bouram", None, None),
        ("village de Bouram", None, "B1"),
        ("Bouram, Ansongo", None, "B1"),
        ("Bouram", "ML0701", "B1"),
        ("Moussa", None, None),
        ("village de Moussa", None, "M1"),
        ("lieu: Moussa", None, "M1"),
        ("Kidi", None, None),
        ("lieu: Kidi", None, "K1"),
        ("Kidi, Ansongo", None, "K1"),
        ("Zamalela", None, "Z1"),
        ("ZAMALÉLA", None, "Z1"),
        ("Zamalelo", None, None),
        ("Zamalelo", "ML05", "Z1"),
        ("Zamalelo, Koro", None, "Z1"),
        ("Zamalelo, Gao", None, None),
        ("Zamalelo, Mopti", None, None),  # a region is too large to make a slip certain
        ("tin aouker-nord", None, "X1"),
        ("Tinaouker Nord", None, "X1"),
        ("n gorodia", None, "P1"),
        ("N’Gorodia", None, "P1"),
        ("NGORODIA", None, "P1"),
        ("lieu: Daba 2", None, "N2"),
        ("lieu: Daba II", None, "N2"),
        ("lieu: Daba", None, "N1"),
        ("village de Daba 3", None, None),
        ("Commune 5, Bamako", None, "ML090105"),
        ("Commune V de Bamako", None, "ML090105"),
        ("Dougouténé 1", None, "ML050707"),
        ("Dougoutene I", None, "ML050707"),
    ],
)
def test_a_village_and_what_is_said_around_it(few: Codebook, said: str, area: str | None, code: str | None) -> None:
    parsed = read(few, f"ENF REC 3G {said} 14/11 CMA VU", area)
    assert (parsed.state, place_of(parsed)) == (("complete", code) if code else ("check", place_of(parsed)))


@pytest.mark.parametrize(
    ("text", "code", "boys", "girls"),
    [
        ("ENF REC Daba 2 garçons 1 fille 14/11 4=Koro CMA VU", "N1", 2, 1),
        ("ENF REC lieu: Daba 2 3G 14/11 CMA VU", "N2", 3, 0),
        ("ENF REC lieu: Daba 14/11 2G CMA VU", "N1", 2, 0),
    ],
)
def test_a_number_behind_a_name_is_a_count_where_it_counts(
    few: Codebook, text: str, code: str, boys: int, girls: int
) -> None:
    parsed = read(few, text)
    fields = parsed.as_dict()["fields"]
    assert isinstance(fields, dict)
    if parsed.state == "complete":
        assert (place_of(parsed), fields["boys"], fields["girls"]) == (code, boys, girls)


@pytest.mark.parametrize(
    "text",
    [
        "ENF REC 3G 14/11 CMA VU Moussa",
        "ENF REC 3G 14/11 CMA VU signé Fatou",
        "ENF REC 3G Gao 14/11 CMA VU Zamalela",
        "ENF REC 3G Mopti 14/11 JNIM VU // appel de Moussa",
    ],
)
def test_a_village_that_is_a_word_of_the_story_is_not_taken(few: Codebook, text: str) -> None:
    parsed = read(few, text)
    assert place_of(parsed) in (None, "ML05")
    assert parsed.state == "check" or place_of(parsed) == "ML05"


def test_what_may_be_meant_is_named_to_the_officer(few: Codebook) -> None:
    for said, codes in (("Tassiga", {"T1", "T2"}), ("Zamalelo", {"Z1"}), ("Kidi", {"K1"})):
        problems = read(few, f"ENF REC 3G {said} 14/11 CMA VU").problems
        assert [set(each.detail.split()) for each in problems if each.code == "ambiguous_place"] == [codes]
    (near,) = [each for each in read(few, "ENF REC 3G Bouram 14/11 CMA VU").problems if each.code == "ambiguous_place"]
    assert {"B1", "ML0702"} <= set(near.detail.split())


def test_a_text_of_names_nearly_right_takes_no_longer_than_it_may(many: Codebook) -> None:
    names = [place.name for place in list(many.places)[-400:]]
    text = "ENF " + " ".join(name[:-1] + "x" for name in names)
    read(many, text[:100])
    begun = time.process_time()
    read(many, text[:1600])
    assert time.process_time() - begun < WORST_SECONDS


def test_the_first_text_comes_soon_and_memory_stays_small(tmp_path: Path) -> None:
    writing.write(tmp_path, map(as_place, villages.rows()))
    program = (
        "import sys, time\n"
        "from datetime import date\nfrom pathlib import Path\n"
        "from parsers import parse\n"
        "begun = time.process_time()\n"
        "parse('ENF REC 3G Ansomgo 14/11', received_on=date(2026, 11, 20), codebook=Path(sys.argv[1]))\n"
        "seconds = time.process_time() - begun\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(seconds, status.split('VmHWM:')[1].split()[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=True, text=True)
    seconds, kilobytes = map(float, done.stdout.split())
    assert seconds < 1.0  # on a quiet machine a fifth of it
    assert kilobytes < 120 * 1024
