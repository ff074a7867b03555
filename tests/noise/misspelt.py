"""Noise in single words that still can mean only one thing, days written otherwise, and the English form."""

from dataclasses import replace
from random import Random

from tests.noise import slips, vocabulary
from tests.noise.harmless import Noised
from tests.noise.report import Report, draw
from tests.noise.writing import aged, card, counted, in_words, line, parts, plain


def place_letter_lost_or_doubled(rng: Random) -> Noised:
    return _place(rng, rng.choice((slips.dropped, slips.doubled)))


def place_letters_swapped(rng: Random) -> Noised:
    return _place(rng, slips.swapped)


def place_wrong_key(rng: Random) -> Noised:
    return _place(rng, slips.pressed)


def _place(rng: Random, slip: slips.Slip) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng, place=slips.misspelt(plain(report.place), slip, rng)), report)


def keyword_misspelt(rng: Random) -> Noised:
    report = draw(rng)
    slip = rng.choice((slips.dropped, slips.doubled, slips.swapped, slips.pressed))
    keyword = slips.keyword(rng.choice(vocabulary.KEYWORDS[report.kind]), slip, rng)
    return Noised(line(report, parts(report, rng), keyword=keyword), report)


def as_it_sounds(rng: Random) -> Noised:
    """anlevé, rekruté: one letter from the word, as it is heard."""
    while True:
        report = draw(rng)
        words = [word for word in vocabulary.WHAT[report.kind][report.what][1] if word in vocabulary.BY_EAR]
        if words:
            return Noised(card(report, rng, what=rng.choice(vocabulary.BY_EAR[rng.choice(words)])), report)


def accents_dropped_or_odd(rng: Random) -> Noised:
    report = draw(rng)
    word = rng.choice(vocabulary.WHAT[report.kind][report.what][1])
    odd = {"e": "éèêë", "a": "àâ", "o": "ôö", "u": "ùûü", "i": "îï"}
    typed = "".join(rng.choice(odd.get(letter, letter)) if rng.random() < 0.3 else letter for letter in plain(word))
    return Noised(card(report, rng, what=typed, place=report.place), report)


def day_with_a_year(rng: Random) -> Noised:
    report = draw(rng)
    pattern = rng.choice(("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%y"))
    return Noised(card(report, rng, date=report.day.strftime(pattern)), report)


def day_with_a_month(rng: Random) -> Noised:
    report = draw(rng)
    month = rng.choice((vocabulary.MONTHS, vocabulary.SHORT_MONTHS))[report.day.month - 1]
    day = "1er" if report.day.day == 1 and rng.random() < 0.7 else str(report.day.day)
    return Noised(card(report, rng, date=rng.choice((f"{day} {month}", f"le {day} {month}"))), report)


def day_in_words(rng: Random) -> Noised:
    report = replace(draw(rng), days_ago=rng.randint(0, 7))
    weekday = vocabulary.DAYS[report.day.weekday()]
    words = {0: "aujourd'hui", 1: "hier", 2: "avant-hier"}
    ways = [words.get(report.days_ago, f"il y a {report.days_ago} jours")]
    if report.days_ago:
        ways += [weekday, f"{weekday} dernier"]
    return Noised(card(report, rng, date=rng.choice(ways)), report)


def days_without_noughts(rng: Random) -> Noised:
    report = draw(rng)
    sign = rng.choice("/-") if report.day.day > 12 else "/"  # 5-6 may be ages
    return Noised(card(report, rng, date=f"{report.day.day}{sign}{report.day.month}"), report)


def several_at_once(rng: Random) -> Noised:
    """A real text seldom has one fault alone."""
    report = replace(draw(rng), days_ago=1)
    found = parts(report, rng)
    if report.is_counted:
        found["children"] = plain(in_words(report, numbers=rng.choice((None, tuple(vocabulary.NUMBERS)))))
    found["place"] = slips.misspelt(found["place"], rng.choice((slips.dropped, slips.doubled, slips.swapped)), rng)
    found["date"] = rng.choice(("hier", f"{report.day.day}/{report.day.month}", f"{report.day:%d/%m/%y}"))
    text = line(report, found, joined=rng.choice((" ", ", ", " . ", "\n")))
    greeting, closing = rng.choice(vocabulary.GREETINGS), rng.choice(vocabulary.CLOSINGS)
    return Noised(rng.choice((str.lower, str.upper, str))(f"{greeting} {text} {closing}"), report)


def in_english(rng: Random) -> Noised:
    report = draw(rng)
    found = parts(report, rng)
    if rng.random() < 0.7:
        found["what"] = rng.choice(vocabulary.WHAT[report.kind][report.what][2])
    if report.is_counted:
        found["children"] = rng.choice((counted(report, boy="B", girl="G"), _english_count(report)))
    if report.age:
        found["age"] = aged(report, " years")
    found["date"] = rng.choice((found["date"], f"{report.days_ago} days ago" if report.days_ago > 1 else "yesterday"))
    return Noised(line(report, found, keyword=vocabulary.ENGLISH_KEYWORDS[report.kind]), report, language="en")


def _english_count(report: Report) -> str:
    if report.unknown:
        return f"{report.unknown} children"
    said = [(report.boys, "boy"), (report.girls, "girl")]
    return " ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in said if number)
