"""Noise that loses something, or leaves it open: the right answer is to ask a person, never to guess."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from tests.noise import slips, vocabulary
from tests.noise.harmless import Noised
from tests.noise.report import draw
from tests.noise.writing import Parts, aged, card, counted, line, parts, plain

SEGMENT = 160  # septets of one text message; the words here are all of one septet a letter


def required_field_missing(rng: Random) -> Noised:
    report = draw(rng)
    found = parts(report, rng)
    needed = {
        "incident": ("what", "place", "date"),
        "release": ("children", "place", "date"),
        "alert": ("what", "place"),
    }
    names = [*needed[report.kind], *(["children"] if report.kind == "incident" and report.is_counted else [])]
    gone = rng.choice(names)
    del found[gone]
    if gone == "children":
        found.pop("age", None)
    return Noised(line(report, found), report)


def sent_too_early(rng: Random) -> Noised:
    """The thumb hit the wrong key halfway."""
    report = draw(rng)
    found = list(parts(report, rng).items())
    place = [name for name, _ in found].index("place")
    kept = found[: rng.randint(1, place)] if report.kind == "alert" else found[: rng.randint(1, place + 1)]
    return Noised(line(report, dict(kept)), report)


def cut_off_by_the_network(rng: Random) -> Noised:
    """One segment came, the rest did not: 160 or 153 characters that stop inside a word."""
    report = draw(rng)
    text = f"{card(report, rng)} // {vocabulary.LONG_STORY}"
    for end in rng.sample((SEGMENT, SEGMENT - 7), 2):
        last = text[:end].rsplit(" ", 1)[-1]
        if len(last) >= 4 and text[end] != " " and last not in vocabulary.STILL_WORDS:
            return Noised(text[:end], report)
    return cut_off_by_the_network(rng)


def said_twice_differently(rng: Random) -> Noised:
    report = draw(rng, counted=True)
    report = replace(report, unknown=0, boys=rng.randint(1, 5), girls=0)
    found = parts(report, rng)
    way = rng.randrange(3)
    if way == 0:
        found["again"] = f"{report.boys + 1}G"
    elif way == 1:
        found["again"] = f"{report.day - timedelta(days=rng.randint(1, 5)):%d/%m}"
    else:
        found["again"] = plain(_elsewhere(report.place, rng))
    return Noised(line(report, _shuffled(found, rng)), report)


def total_and_parts_disagree(rng: Random) -> Noised:
    report = replace(draw(rng, counted=True), unknown=0, boys=rng.randint(1, 5), girls=rng.randint(1, 5))
    total = report.boys + report.girls + rng.choice((-1, 1, 2))
    return Noised(card(report, rng, children=f"{total}E ({report.boys}G {report.girls}F)"), report)


def number_lost(rng: Random) -> Noised:
    """3G became G; the count is nowhere else."""
    report = draw(rng, counted=True)
    letters = "".join(letter for letter in counted(report) if letter.isalpha())
    return Noised(card(report, rng, children=rng.choice((letters[0], "des enfants", "plusieurs enfants"))), report)


def half_a_day(rng: Random) -> Noised:
    """14/ or /11: the other half is lost."""
    report = draw(rng, kind="incident")
    day, month = f"{report.day:%d %m}".split()
    return Noised(card(report, rng, date=rng.choice((f"{day}/", f"/{month}", f"{day}/.."))), report)


def impossible_day(rng: Random) -> Noised:
    report = draw(rng, kind="incident")
    ahead = report.today + timedelta(days=rng.randint(2, 300))
    long_ago = report.today - timedelta(days=rng.randint(800, 3000))
    return Noised(
        card(report, rng, date=rng.choice(("31/02", "32/10", f"{ahead:%d/%m/%Y}", f"{long_ago:%d/%m/%Y}"))), report
    )


def no_such_number(rng: Random) -> Noised:
    report = draw(rng, counted=True)
    return Noised(card(report, rng, children=rng.choice(("0G", "0F", "600G", "1500E", "9999F"))), report)


def grown_up(rng: Random) -> Noised:
    report = draw(rng, counted=True)
    years = rng.randint(18, 60)
    return Noised(line(report, parts(report, rng) | {"age": aged(replace(report, age=(years, years)))}), report)


def two_letters_wrong_in_the_place(rng: Random) -> Noised:
    """Two slips: the nearest place may be offered, never taken."""
    while True:
        report = draw(rng)
        slip = rng.choice((slips.dropped, slips.swapped, slips.pressed))
        typed = slip(slip(plain(report.place), rng), rng)
        if not slips.within(typed, 1) and " " not in typed:
            return Noised(card(report, rng, place=typed), report)


def place_between_two(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng, place=rng.choice(vocabulary.BETWEEN_TWO)), report)


def place_autocorrected(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng, place=rng.choice(vocabulary.AUTOCORRECTED)), report)


def near_a_place(rng: Random) -> Noised:
    report = draw(rng)
    words = ("vers", "a 5 km de", "pres de", "route de", "environs de", "entre Gao et", "au nord de")
    return Noised(card(report, rng, place=f"{rng.choice(words)} {plain(report.place)}"), report)


def denied_or_doubted(rng: Random) -> Noised:
    report = draw(rng, kind="incident")
    found = parts(report, rng)
    words = ("pas de mort", "fausse alerte", "aucun blesse", "pas confirme", "peut etre")
    found["place"] += f" {rng.choice(words)}"
    return Noised(line(report, found), report)


def one_or_the_other(rng: Random) -> Noised:
    """3 ou 4G, Gao ou Bourem, CMA ou MSA."""
    report = replace(draw(rng, counted=True), unknown=0, boys=rng.randint(1, 5), girls=0)
    found = parts(report, rng)
    way = rng.choice(("children", "place", "date"))
    other = {
        "children": f"{report.boys} ou {report.boys + 1}G",
        "place": f"{found['place']} ou {plain(_elsewhere(report.place, rng))}",
        "date": f"{found['date']} ou {report.day - timedelta(days=1):%d/%m}",
    }
    return Noised(line(report, found | {way: other[way]}), report)


def unknown_words_in_the_middle(rng: Random) -> Noised:
    """Words nobody can place, before the report is done."""
    report = draw(rng)
    found = parts(report, rng)
    words = ("zkrb", "Malik dit que", "xwyt", "njaro", "avec sept chameaux", "tchibou")
    name = rng.choice([name for name in found if name != list(found)[-1]])
    found[name] += f" {rng.choice(words)}"
    return Noised(line(report, found), report)


def no_keyword(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(" ".join(parts(report, rng).values()), report)


def _elsewhere(place: str, rng: Random) -> str:
    """A place of another region: of two that lie in one another the deeper one is meant."""
    return rng.choice([name for name in vocabulary.PLACES if not slips.regions(name) & slips.regions(place)])


def _shuffled(found: Parts, rng: Random) -> Parts:
    rest = [(name, text) for name, text in found.items() if name != "what"]
    rng.shuffle(rest)
    return {"what": found["what"]} | dict(rest)
